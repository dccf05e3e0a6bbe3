//! A call that was begun, and whose reply is waited for later.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, Instant};

use super::connection::BlockingConnection;
use crate::Result;
use crate::client::core::{ReplyWaiter, SentCall};
use crate::client::shared_connection::Share;
use crate::record::Field;

/// A call in flight that yields a value of type `R`, begun by [`Client::begin`](super::Client::begin).
///
/// If it is dropped, the call is given up: a command that has not been sent is not sent any more, and a late reply is
/// dropped.
#[must_use = "the command is sent when a thread waits on the connection"]
pub struct PendingCall<R> {
    connection: Share<BlockingConnection>,
    call: SentCall,
    name: Cow<'static, str>,
    limit: Option<Duration>,
    begun: Instant,
    value: Option<R>,
}

impl<R: Field> PendingCall<R> {
    pub(super) fn new(
        connection: Share<BlockingConnection>,
        call: SentCall,
        name: Cow<'static, str>,
        limit: Option<Duration>,
        value: R,
    ) -> Self {
        Self { connection, call, name, limit, begun: Instant::now(), value: Some(value) }
    }

    /// Sends all commands that were begun, and waits for the reply to this one. The client's time limit counts from
    /// [`begin`](super::Client::begin).
    ///
    /// # Errors
    /// See [`Client`](super::Client#errors).
    pub fn wait(mut self) -> Result<R> {
        // Taken: there is nothing to give up when this is dropped.
        let mut value = self.value.take().expect("it is taken only here and on drop");
        let mut waiter = ReplyWaiter::new(self.call, &self.name, &mut value);
        self.connection.wait_since(&mut waiter, self.limit, self.begun)?;
        Ok(value)
    }
}

impl<R> Drop for PendingCall<R> {
    fn drop(&mut self) {
        if self.value.take().is_some() {
            self.connection.abandon(self.call);
        }
    }
}

impl<R> fmt::Debug for PendingCall<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCall")
            .field("command", &self.name)
            .field("timeout", &self.limit)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

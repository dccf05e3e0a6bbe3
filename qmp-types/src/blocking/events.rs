//! Waiting for events.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::connection::Connection;
use crate::client::{Expectation, ForEvent, Key, Timed};
use crate::{AnyEvent, Event, Result};

/// An event that is expected since `Client::expect` was called.
#[must_use = "an event that is not waited for need not be expected"]
pub struct Expected<E: Event> {
    connection: Arc<Connection>,
    expectation: Expectation<E>,
    limit: Option<Duration>,
}

impl<E: Event> Expected<E> {
    pub(super) fn new(connection: Arc<Connection>, expectation: Expectation<E>, limit: Option<Duration>) -> Self {
        Self { connection, expectation, limit }
    }

    /// Gives up after this time, counted from the call of [`wait`](Self::wait).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits until the event is there, which it may be already.
    ///
    /// # Errors
    /// If the time is over, the connection ends, or an event of this name does not fit the schema.
    pub fn wait(mut self) -> Result<Timed<E>> {
        let start = Instant::now();
        loop {
            let mut event = self.expectation.next();
            let left = self.limit.map(|limit| limit.saturating_sub(start.elapsed()));
            self.connection.wait(&mut event, left)?;
            if let Some(result) = self.expectation.judge(event.notice()) {
                return result;
            }
        }
    }
}

impl<E: Event> Drop for Expected<E> {
    fn drop(&mut self) {
        self.connection.unlisten(self.expectation.key);
    }
}

impl<E: Event> fmt::Debug for Expected<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected").field("event", &E::NAME).field("timeout", &self.limit).finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
///
/// As an iterator it waits for each event, and ends with the connection.
pub struct Events<E> {
    connection: Arc<Connection>,
    key: Key,
    limit: Option<Duration>,
    /// The last item was why there are no more.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> Events<E> {
    pub(super) fn new(connection: Arc<Connection>, key: Key, limit: Option<Duration>) -> Self {
        Self { connection, key, limit, over: false, event: PhantomData }
    }

    /// Gives up waiting for an event after this time; the subscription stays.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the next event.
    ///
    /// # Errors
    /// If the time is over, the connection ends, or the event does not fit the schema; it is passed over then.
    pub fn next_event(&mut self) -> Result<Timed<E>> {
        let mut event = ForEvent::of(self.key, None);
        self.connection.wait(&mut event, self.limit)?;
        Timed::any(event.notice())
    }

    /// How many events were lost because nobody took them in time.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.connection.lost(self.key)
    }
}

impl<E: AnyEvent> Iterator for Events<E> {
    type Item = Result<Timed<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.next_event() {
            Err(error) if error.is_closed() => None,
            Err(error) => {
                self.over = self.connection.is_over();
                Some(Err(error))
            }
            event => Some(event),
        }
    }
}

impl<E> Drop for Events<E> {
    fn drop(&mut self) {
        self.connection.unlisten(self.key);
    }
}

impl<E> fmt::Debug for Events<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("timeout", &self.limit).finish_non_exhaustive()
    }
}

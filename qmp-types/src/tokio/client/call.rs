//! A call as a future.

use std::fmt;
use std::io;
use std::mem;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::connection::{Connection, Patience};
use crate::client::{ForReply, Request, Started};
use crate::record::{Blank, Field};
use crate::{Command, Result};

/// A command on its way: comes to what the command returns.
///
/// It is sent when it is first polled, and costs no task of its own. Dropped after that, it may have been executed all the
/// same.
#[must_use = "a call is not sent before it is awaited"]
pub struct Call<C: Command> {
    exchange: Exchange<'static>,
    arguments: C::Arguments,
    value: C::Return,
}

/// A call without its types.
pub(super) struct Exchange<'n> {
    connection: Arc<Connection>,
    name: &'n str,
    pub(super) oob: bool,
    pub(super) silent: bool,
    pub(super) fd: Option<io::Result<OwnedFd>>,
    patience: Patience,
    progress: Progress,
}

#[derive(Debug)]
enum Progress {
    Unsent,
    Sent(Started),
    Over,
}

impl<C: Command> Call<C> {
    pub(super) fn new(exchange: Exchange<'static>, arguments: C::Arguments) -> Self {
        Self { exchange, arguments, value: C::Return::blank() }
    }
}

// Nothing is pinned: the members are used by reference only.
impl<C: Command> Unpin for Call<C> {}

impl<C: Command> Future for Call<C> {
    type Output = Result<C::Return>;

    /// # Panics
    /// When polled again after it was ready.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.get_mut();
        ready!(call.exchange.poll(cx, &call.arguments, &mut call.value))?;
        Poll::Ready(Ok(mem::replace(&mut call.value, C::Return::blank())))
    }
}

impl<'n> Exchange<'n> {
    pub(super) fn new(connection: Arc<Connection>, name: &'n str, patience: Patience) -> Self {
        Self { connection, name, oob: false, silent: false, fd: None, patience, progress: Progress::Unsent }
    }

    /// Sends the command with these arguments, once, and waits until `value` is what it returns.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn Field,
        value: &mut dyn Field,
    ) -> Poll<Result<()>> {
        let started = match self.progress {
            Progress::Sent(started) => started,
            Progress::Unsent => match self.begin(arguments) {
                Ok(started) => started,
                Err(error) => {
                    self.progress = Progress::Over;
                    return Poll::Ready(Err(error));
                }
            },
            Progress::Over => panic!("`{}` was polled after it was ready", self.name),
        };
        self.progress = Progress::Sent(started);
        let mut reply = ForReply::new(started, self.name, value);
        let result = ready!(self.connection.poll(cx, &mut reply, &mut self.patience));
        self.progress = Progress::Over;
        Poll::Ready(result)
    }

    fn begin(&mut self, arguments: &dyn Field) -> Result<Started> {
        let request = Request { oob: self.oob, name: self.name, arguments, silent: self.silent };
        self.connection.begin(&request, self.fd.take().transpose()?)
    }
}

impl Drop for Exchange<'_> {
    fn drop(&mut self) {
        if let Progress::Sent(started) = self.progress {
            self.connection.abandon(started);
        }
    }
}

impl<C: Command> fmt::Debug for Call<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("command", &self.exchange.name)
            .field("timeout", &self.exchange.patience.limit)
            .field("progress", &self.exchange.progress)
            .finish_non_exhaustive()
    }
}

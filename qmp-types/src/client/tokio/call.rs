//! A call on a connection, as a future.

use std::fmt;
use std::io;
use std::mem;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::connection::TokioConnection;
use super::wait::Wait;
use crate::client::core::{ReplyWaiter, Request, SentCall};
use crate::client::shared_connection::Share;
use crate::record::Field;
use crate::{Command, Result};

/// A call on a connection.
pub(in crate::client) struct SocketCall<C: Command> {
    call: UntypedCall<'static>,
    arguments: C::Arguments,
    value: C::Return,
}

/// A call without the types of its arguments and its return value.
pub(super) struct UntypedCall<'n> {
    connection: Share<TokioConnection>,
    request: Request<'n>,
    pub(super) fd: Option<io::Result<OwnedFd>>,
    wait: Wait,
    state: CallState,
}

#[derive(Debug)]
enum CallState {
    Unsent,
    Sent(SentCall),
    Over,
}

impl<C: Command> SocketCall<C> {
    pub(super) fn new(call: UntypedCall<'static>, arguments: C::Arguments) -> Self {
        Self { call, arguments, value: C::Return::blank() }
    }
}

// No member is pinned.
impl<C: Command> Unpin for SocketCall<C> {}

impl<C: Command> Future for SocketCall<C> {
    type Output = Result<C::Return>;

    /// # Panics
    /// If it is polled again after it was ready.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.get_mut();
        ready!(call.call.poll(cx, &call.arguments, &mut call.value))?;
        Poll::Ready(Ok(mem::replace(&mut call.value, C::Return::blank())))
    }
}

impl<'n> UntypedCall<'n> {
    pub(super) fn new(connection: Share<TokioConnection>, request: Request<'n>, limit: Option<Duration>) -> Self {
        let wait = Wait::new(connection.call_limit(request, limit));
        Self { connection, request, fd: None, wait, state: CallState::Unsent }
    }

    /// Sends the command with these arguments when polled for the first time, and fills `value` with the return value.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        arguments: &dyn Field,
        value: &mut dyn Field,
    ) -> Poll<Result<()>> {
        let sent = match self.state {
            CallState::Sent(sent) => sent,
            CallState::Unsent => match self.begin(arguments) {
                Ok(sent) => sent,
                Err(error) => {
                    self.state = CallState::Over;
                    return Poll::Ready(Err(error));
                }
            },
            CallState::Over => panic!("`{}` was polled after it was ready", self.request.name),
        };
        self.state = CallState::Sent(sent);
        let mut waiter = ReplyWaiter::new(sent, self.request.name, value);
        let result = ready!(self.connection.poll(cx, &mut waiter, &mut self.wait));
        self.state = CallState::Over;
        Poll::Ready(result)
    }

    fn begin(&mut self, arguments: &dyn Field) -> Result<SentCall> {
        self.connection.begin(self.request, arguments, self.fd.take().transpose()?, &mut self.wait)
    }
}

impl Drop for UntypedCall<'_> {
    fn drop(&mut self) {
        if let CallState::Sent(sent) = self.state {
            self.connection.abandon(sent);
        }
    }
}

impl<C: Command> fmt::Debug for SocketCall<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("command", &self.call.request.name)
            .field("timeout", &self.call.wait.limit())
            .field("state", &self.call.state)
            .finish_non_exhaustive()
    }
}

//! The future that every asynchronous call is.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::tokio::SocketCall;
use crate::{Command, Result};

/// A call of a command: a future that yields the command's return value.
///
/// Nothing happens before the call is polled for the first time. If it is dropped after that, the command may have been
/// executed nevertheless. No task is spawned for it.
///
/// All asynchronous calls are of this type, so that code over `&impl qmp::AsyncCommands` can store them, join them and
/// send them to other tasks.
#[must_use = "a command is not sent before its call is awaited"]
pub struct Call<C: Command>(Kind<C>);

enum Kind<C: Command> {
    /// A call on a client's connection, which needs no allocation.
    Socket(SocketCall<C>),
    Future(Pin<Box<dyn Future<Output = Result<C::Return>> + Send>>),
}

impl<C: Command> Call<C> {
    /// Creates a call from a future, for an [`Execute`](super::Execute) of your own.
    pub fn new(future: impl Future<Output = Result<C::Return>> + Send + 'static) -> Self {
        Self(Kind::Future(Box::pin(future)))
    }
}

impl<C: Command> From<SocketCall<C>> for Call<C> {
    fn from(call: SocketCall<C>) -> Self {
        Self(Kind::Socket(call))
    }
}

impl<C: Command> Future for Call<C> {
    type Output = Result<C::Return>;

    /// # Panics
    /// If it is polled again after it was ready.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.get_mut().0 {
            Kind::Socket(call) => Pin::new(call).poll(cx),
            Kind::Future(future) => future.as_mut().poll(cx),
        }
    }
}

impl<C: Command> fmt::Debug for Call<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Socket(call) => call.fmt(f),
            Kind::Future(_) => f.debug_struct("Call").field("command", &C::SPEC.name).finish_non_exhaustive(),
        }
    }
}

//! A server's handlers without the type of their state.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};

use super::Context;
use super::handler::{Entry, StartedCommand};
use super::session::Execution;
use crate::record::{Mode, Reader, Writer};
use crate::{CommandSpec, Error};

/// The handlers of all commands, by their index in the command table.
pub(super) trait Service: Send + Sync {
    /// Reads the arguments and calls the handler.
    fn start<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a>;
}

/// A state and the command table of its handlers.
pub(super) struct Handlers<S: 'static> {
    pub(super) state: Arc<S>,
    pub(super) entries: &'static [Entry<S>],
}

impl<S: Send + Sync> Service for Handlers<S> {
    fn start<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a> {
        self.entries[index].start(&self.state, arguments, context, out)
    }
}

impl dyn Service {
    /// Starts a command. If its handler panics, now or later, that command fails and no other is affected.
    pub(super) fn execute<'a>(
        &'a self,
        execution: &Execution<'_>,
        depth: usize,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a> {
        let spec = execution.spec;
        let mut reader = Reader::new(&execution.arguments, Mode::Strict).depth_limit(depth);
        match catch_unwind(AssertUnwindSafe(|| self.start(execution.index, &mut reader, context, out))) {
            Err(panic) => StartedCommand::Done(Err(panicked(spec, &*panic))),
            Ok(StartedCommand::Future(future)) => StartedCommand::Future(Box::pin(CatchUnwind { future, spec })),
            Ok(StartedCommand::Blocking(run)) => StartedCommand::Blocking(Box::new(move || {
                catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(panicked(spec, &*panic)))
            })),
            Ok(done) => done,
        }
    }
}

/// A handler's future that turns a panic into an error.
struct CatchUnwind<'a> {
    future: Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send + 'a>>,
    spec: &'static CommandSpec,
}

impl Future for CatchUnwind<'_> {
    type Output = Result<Vec<u8>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked(self.spec, &*panic))))
    }
}

/// Logs a handler's panic and returns the error for the client, which does not contain the panic's message.
fn panicked(spec: &CommandSpec, panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(command = spec.name, message, "a handler panicked");
    Error::generic(format!("The command {} failed: its handler panicked", spec.name))
}

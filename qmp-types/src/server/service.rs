//! The handlers of a server without the type of their state, so that connections are compiled once.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};

use crate::record::{Mode, Reader, Writer};
use crate::server::handler::{Entry, Running};
use crate::server::session::Execution;
use crate::{CommandSpec, Context, Error};

/// The handlers of all commands, by the row of the command table.
pub(crate) trait Service: Send + Sync {
    /// Reads the arguments and starts the handler.
    fn run<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> Running<'a>;
}

/// A state and the table of its handlers.
pub(super) struct Handlers<S: 'static> {
    pub(super) state: Arc<S>,
    pub(super) entries: &'static [Entry<S>],
}

impl<S: Send + Sync> Service for Handlers<S> {
    fn run<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> Running<'a> {
        self.entries[index].run(&self.state, arguments, context, out)
    }
}

impl dyn Service {
    /// Starts a command. A panic costs this command only, here and in what is still to be done.
    pub(crate) fn start<'a>(
        &'a self,
        request: &Execution<'_>,
        depth: usize,
        context: &'a Context,
        out: &mut Writer,
    ) -> Running<'a> {
        let spec = request.spec;
        let mut reader = Reader::new(&request.arguments, Mode::Strict).depth_limit(depth);
        match catch_unwind(AssertUnwindSafe(|| self.run(request.index, &mut reader, context, out))) {
            Err(panic) => Running::Done(Err(panicked(spec, &*panic))),
            Ok(Running::Pending(future)) => Running::Pending(Box::pin(Guarded { future, spec })),
            Ok(Running::Blocking(run)) => Running::Blocking(Box::new(move || {
                catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(panicked(spec, &*panic)))
            })),
            Ok(done) => done,
        }
    }
}

/// A handler's future, whose panic is an error.
struct Guarded<'a> {
    future: Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send + 'a>>,
    spec: &'static CommandSpec,
}

impl Future for Guarded<'_> {
    type Output = Result<Vec<u8>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked(self.spec, &*panic))))
    }
}

/// The error for a handler that panicked. The client is told no more than that.
fn panicked(spec: &CommandSpec, panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(command = spec.name, message, "a handler panicked");
    Error::generic(format!("The command {} failed: its handler panicked", spec.name))
}

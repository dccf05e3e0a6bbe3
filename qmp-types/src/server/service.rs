//! A server's handlers without the type of their state, and their execution.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{self, Poll};

use super::Context;
use super::block_on::block_on;
use super::handler::{Entry, FutureValue, HandlerKind, ReturnValue, StartedCommand};
use super::observe::CommandOutcome;
use super::session::Reading;
use crate::record::{Mode, Reader, Writer};
use crate::{CommandSpec, Error};

/// Executes the commands of a [`Session`](super::Session) on the calling thread: `&Server<S>`.
pub trait Executor {
    /// Executes a command to its end, and appends its return value.
    #[doc(hidden)]
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended;
}

impl<E: Executor + ?Sized> Executor for &mut E {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        (**self).execute(call, out)
    }
}

/// An [`Executor`] that can be shared, so that commands may run on other threads: `Server<S>`.
pub trait SharedExecutor {
    /// Returns the handlers.
    #[doc(hidden)]
    fn service(&self) -> &Arc<dyn Service>;
}

/// A command to be executed.
#[derive(Debug)]
pub struct Call<'a> {
    /// The command's index in the command table.
    pub(super) index: usize,
    /// The arguments as JSON text.
    pub(super) arguments: &'a str,
    pub(super) reading: Reading,
    pub(super) context: &'a Context,
}

/// How a command has ended.
#[derive(Debug)]
pub enum Ended {
    /// The return value was appended.
    Returned,
    /// The handler has failed.
    Failed(Error),
    /// The arguments were refused, and the handler was not called.
    Refused(Error),
}

impl Ended {
    /// Returns the outcome for the command's observers.
    pub(super) fn outcome(&self) -> CommandOutcome<'_> {
        match self {
            Self::Returned => CommandOutcome::Returned,
            Self::Failed(error) | Self::Refused(error) => CommandOutcome::Failed(error),
        }
    }
}

/// The handlers of all commands, by their index in the command table.
pub trait Service: Send + Sync {
    /// Reads the arguments and calls the handler.
    fn start<'a>(
        &'a self,
        index: usize,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a>;

    /// Returns how a handler runs.
    fn kind(&self, index: usize) -> HandlerKind;
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

    fn kind(&self, index: usize) -> HandlerKind {
        self.entries[index].kind
    }
}

impl Executor for &(dyn Service + 'static) {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        let started = self.begin(call, out);
        finish(started, call, out)
    }
}

impl SharedExecutor for Arc<dyn Service> {
    fn service(&self) -> &Arc<dyn Service> {
        self
    }
}

impl dyn Service {
    /// Executes a command to its end, and appends its return value.
    pub(super) async fn execute_async(&self, call: &Call<'_>, out: &mut Writer) -> Ended {
        let value = match self.begin(call, out) {
            StartedCommand::Refused(error) => return Ended::Refused(error),
            StartedCommand::Done(result) => return ended(call, result, out),
            StartedCommand::Future(future) => future.await,
            StartedCommand::Blocking(run) => run(),
        };
        append(call, value, out)
    }

    fn begin<'a>(&'a self, call: &Call<'a>, out: &mut Writer) -> StartedCommand<'a> {
        begin(call, out, |reader, out| self.start(call.index, reader, call.context, out))
    }
}

/// Starts a command. If its handler panics, now or later, that command fails and no other is affected.
pub(super) fn begin<'a>(
    call: &Call<'_>,
    out: &mut Writer,
    start: impl FnOnce(&mut Reader<'_>, &mut Writer) -> StartedCommand<'a>,
) -> StartedCommand<'a> {
    let (spec, name) = (call.context.command(), call.context.command_name());
    let now = call.context.permissions();
    let Reading { depth, skip_unknown } = call.reading;
    let reader = Reader::new(call.arguments, Mode::Strict).depth_limit(depth).skip_unknown(skip_unknown);
    let mut reader = reader.reject(now.rejected());
    out.begin_value(now.hidden());
    match catch_unwind(AssertUnwindSafe(|| start(&mut reader, out))) {
        Err(panic) => StartedCommand::Done(Err(panicked(name, &*panic))),
        Ok(StartedCommand::Future(future)) => StartedCommand::Future(Box::pin(CatchUnwind { future, spec })),
        Ok(StartedCommand::Blocking(run)) => StartedCommand::Blocking(Box::new(move || {
            catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(panicked(spec.name, &*panic)))
        })),
        Ok(done) => done,
    }
}

/// Executes a started command to its end on the current thread, and appends its return value.
pub(super) fn finish(started: StartedCommand<'_>, call: &Call<'_>, out: &mut Writer) -> Ended {
    if let StartedCommand::Future(_) | StartedCommand::Blocking(_) = started {
        call.context.send_earlier_replies();
    }
    let value = match started {
        StartedCommand::Refused(error) => return Ended::Refused(error),
        StartedCommand::Done(result) => return ended(call, result, out),
        StartedCommand::Future(future) => block_on(future),
        StartedCommand::Blocking(run) => run(),
    };
    append(call, value, out)
}

/// Appends the return value of a command that is done.
fn append(call: &Call<'_>, value: Result<ReturnValue, Error>, out: &mut Writer) -> Ended {
    ended(call, value.map(|value| value.write(out)), out)
}

/// Ends a command whose return value was appended. A value that does not fit the schema is an error.
fn ended(call: &Call<'_>, result: Result<(), Error>, out: &mut Writer) -> Ended {
    match (result, out.take_invalid()) {
        (Ok(()), None) => Ended::Returned,
        (Ok(()), Some(invalid)) => Ended::Failed(invalid_value(call.context.command_name(), &invalid)),
        (Err(error), _) => Ended::Failed(error),
    }
}

/// Logs an invalid return value and returns the error for the client, which does not contain the value's path.
#[cold]
fn invalid_value(command: &str, invalid: &str) -> Error {
    tracing::error!(command, invalid, "a handler's return value does not fit the schema");
    Error::generic(format!("The command {command} failed: its return value does not fit the schema"))
}

/// A handler's future that turns a panic into an error.
struct CatchUnwind<'a> {
    future: FutureValue<'a>,
    spec: &'static CommandSpec,
}

impl Future for CatchUnwind<'_> {
    type Output = Result<ReturnValue, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        catch_unwind(AssertUnwindSafe(|| self.future.as_mut().poll(cx)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panicked(self.spec.name, &*panic))))
    }
}

/// Logs a handler's panic and returns the error for the client, which does not contain the panic's message.
fn panicked(command: &str, panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(command, message, "a handler panicked");
    if message.is_some_and(|message| message.contains("Tokio 1.x runtime") || message.contains("no reactor running")) {
        return Error::generic(format!(
            "The command {command} failed: its handler needs a tokio runtime, and there is none; help: serve with \
             `.tokio()`, or enter a runtime before serving"
        ));
    }
    Error::generic(format!("The command {command} failed: its handler panicked"))
}

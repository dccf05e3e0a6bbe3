//! Handlers: what a server author writes, erased into a table of function pointers.

use std::fmt;
use std::pin::Pin;

use crate::command::{Command, CommandSpec};
use crate::record::{Blank, Field, Reader, Writer};
use crate::{Context, Error};

/// Handles one command. `#[qmp_command]` writes the implementation; writing it by hand is fine too.
pub trait Handle<C: Command> {
    /// Executes the command.
    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C>;
}

/// What a handler comes to: a result, or work still to be done.
pub struct Outcome<'a, C: Command>(Inner<'a, C>);

enum Inner<'a, C: Command> {
    Ready(Result<C::Return, Error>),
    Running(Running<'a>),
}

/// A command on its way: what [`Entry::run`] gives.
pub enum Running<'a> {
    /// Done: the return value was appended to the writer, or there is an error.
    Done(Result<(), Error>),
    /// Asynchronous: comes to the text of the return value.
    Pending(Pin<Box<dyn Future<Output = Result<Vec<u8>, Error>> + Send + 'a>>),
    /// Synchronous, and announced to take long: call it where blocking does no harm.
    Blocking(Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + 'a>),
}

impl<'a, C: Command> Outcome<'a, C> {
    /// The command is done.
    #[must_use]
    pub fn ready(result: Result<C::Return, Error>) -> Self {
        Self(Inner::Ready(result))
    }

    /// The command is done when the future is.
    #[must_use]
    pub fn future(future: impl Future<Output = Result<C::Return, Error>> + Send + 'a) -> Self {
        Self(Inner::Running(Running::Pending(Box::pin(async move { future.await.map(|value| text(&value)) }))))
    }

    /// The command is done when the closure returns, which may take long.
    #[must_use]
    pub fn blocking(run: impl FnOnce() -> Result<C::Return, Error> + Send + 'a) -> Self {
        Self(Inner::Running(Running::Blocking(Box::new(move || run().map(|value| text(&value))))))
    }
}

fn text(value: &dyn Field) -> Vec<u8> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.into_bytes()
}

/// One row of a command table: the rules of a command and the function that reads its arguments, calls the handler and
/// writes what it returns.
pub struct Entry<S> {
    /// Name and rules.
    pub spec: &'static CommandSpec,
    run: for<'a> fn(&'a S, &mut Reader<'_>, &'a Context, &mut Writer) -> Running<'a>,
}

impl<S> Entry<S> {
    /// The row of command `C`.
    #[must_use]
    pub const fn of<C: Command>() -> Self
    where
        S: Handle<C>,
    {
        Self { spec: C::SPEC, run: run::<S, C> }
    }

    /// Reads the arguments and starts the handler, which does not run if an argument is refused.
    pub fn run<'a>(
        &self,
        state: &'a S,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> Running<'a> {
        (self.run)(state, arguments, context, out)
    }
}

impl<S> fmt::Debug for Entry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("spec", self.spec).finish_non_exhaustive()
    }
}

fn run<'a, S: Handle<C>, C: Command>(
    state: &'a S,
    reader: &mut Reader<'_>,
    context: &'a Context,
    out: &mut Writer,
) -> Running<'a> {
    let mut arguments = C::Arguments::blank();
    if let Err(error) = reader.value(&mut arguments) {
        return Running::Done(Err(error.into()));
    }
    match state.handle(arguments, context).0 {
        Inner::Ready(Ok(value)) => {
            value.write(out);
            Running::Done(Ok(()))
        }
        Inner::Ready(Err(error)) => Running::Done(Err(error)),
        Inner::Running(running) => running,
    }
}

impl<C: Command> fmt::Debug for Outcome<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Inner::Ready(_) => "Outcome::Ready",
            Inner::Running(_) => "Outcome::Running",
        })
    }
}

impl fmt::Debug for Running<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done(_) => "Running::Done",
            Self::Pending(_) => "Running::Pending",
            Self::Blocking(_) => "Running::Blocking",
        })
    }
}

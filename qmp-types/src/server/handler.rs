//! Handlers: the trait that a server's state implements per command, and the table of function pointers made from it.

mod containers;
mod handle_mut;
mod local_entry;

use std::fmt;
use std::pin::Pin;

pub use handle_mut::{HandleMut, InBand};
pub use local_entry::LocalEntry;

use super::Context;
use crate::command::{Command, CommandSpec};
use crate::error::Error;
use crate::record::{Field, Reader, Writer};

/// Handles the command `C`.
///
/// `#[qmp_command]` writes the implementation. [`HandleMut`] is its counterpart for handlers that take `&mut self`.
///
/// # Wrappers
///
/// An implementation by hand may be generic. A wrapper of a state that has a handler for every command that the state
/// handles can do something before and after each of them, or instead:
///
/// ```
/// use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
///
/// use qmp_types::server::HandlerKind;
/// use qmp_types::{Command, Context, Error, Handle, Outcome};
///
/// /// A machine whose administrator may switch off all commands but queries.
/// struct Guarded<S> {
///     machine: S,
///     read_only: AtomicBool,
/// }
///
/// impl<C: Command, S: Handle<C>> Handle<C> for Guarded<S> {
///     const KIND: HandlerKind = S::KIND;
///
///     fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C> {
///         if self.read_only.load(Relaxed) && !C::SPEC.name.starts_with("query-") {
///             return Outcome::ready(Err(Error::new("ReadOnly", "The machine is read-only")));
///         }
///         self.machine.handle(arguments, context)
///     }
/// }
/// ```
///
/// The server is then `qmp::server(Guarded { .. })`. An implementation may also be for some commands only:
///
/// ```
/// use qmp_types::{Command, Context, Error, Handle, Outcome};
///
/// struct Unplugged;
///
/// // Refuses every command that takes no arguments.
/// impl<C: Command<Arguments = ()>> Handle<C> for Unplugged {
///     fn handle<'a>(&'a self, (): (), context: &'a Context) -> Outcome<'a, C> {
///         Outcome::ready(Err(Error::generic(format!("{}: the machine is unplugged", context.command().name))))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no handler for the command `{C}` that takes `&self`",
    label = "expected a handler that takes `&self`",
    note = "handlers that take `&mut self` need a lock: `Mutex<{Self}>`, or a lock around the state that has this part, which is then `part_of = &mut ..`, as in a `local` state"
)]
pub trait Handle<C: Command> {
    /// How the handler runs, which decides where a server runs it. Default: [`HandlerKind::Plain`].
    const KIND: HandlerKind = HandlerKind::Plain;

    /// Executes the command.
    fn handle<'a>(&'a self, arguments: C::Arguments, context: &'a Context) -> Outcome<'a, C>;
}

/// How a handler runs.
///
/// The asynchronous server runs a short handler on the task of its connection, and every other synchronous one on the
/// runtime's blocking pool, where it may take its time. The blocking server runs all of them on the connection's thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandlerKind {
    /// A function that may take long, which is assumed of every function that does not say otherwise.
    Plain,
    /// A function that returns within microseconds: it neither waits nor computes for long.
    Short,
    /// A function that may take long. The replies to earlier commands are sent before it is called.
    Blocking,
    /// An asynchronous function.
    Async,
}

/// What [`Handle::handle`] returns: the command's result, or the work that leads to it.
pub struct Outcome<'a, C: Command>(Inner<'a, C>);

enum Inner<'a, C: Command> {
    Ready(Result<C::Return, Error>),
    Future(FutureValue<'a>),
    Blocking(BlockingValue<'a>),
}

/// A return value, to be written when its reply is.
pub(super) type ReturnValue = Box<dyn Field + Send>;

/// A future that yields the return value.
pub(super) type FutureValue<'a> = Pin<Box<dyn Future<Output = Result<ReturnValue, Error>> + Send + 'a>>;

/// A closure that returns the return value.
type BlockingValue<'a> = Box<dyn FnOnce() -> Result<ReturnValue, Error> + Send + 'a>;

/// A command that was started.
pub enum StartedCommand<'a> {
    /// An argument was refused, and the handler was not called.
    Refused(Error),
    /// The return value was appended to the writer, or the command failed.
    Done(Result<(), Error>),
    /// The command is done when the future is.
    Future(FutureValue<'a>),
    /// The command is done when the closure returns, which may take long.
    Blocking(BlockingValue<'a>),
}

impl<'a, C: Command> Outcome<'a, C> {
    /// Creates the outcome of a command that is done.
    #[must_use]
    pub fn ready(result: Result<C::Return, Error>) -> Self {
        Self(Inner::Ready(result))
    }

    /// Creates the outcome of a command that is done when the future is.
    #[must_use]
    pub fn future(future: impl Future<Output = Result<C::Return, Error>> + Send + 'a) -> Self {
        let future = async move { future.await.map(boxed) };
        Self(Inner::Future(Box::pin(future)))
    }

    /// Creates the outcome of a command that is done when the closure returns, which may take long.
    #[must_use]
    pub fn blocking(run: impl FnOnce() -> Result<C::Return, Error> + Send + 'a) -> Self {
        let run = move || run().map(boxed);
        Self(Inner::Blocking(Box::new(run)))
    }
}

/// Erases the type of a return value. The empty value of commands that return nothing takes no allocation.
fn boxed<T: Field + Send + 'static>(value: T) -> ReturnValue {
    Box::new(value)
}

/// A row of a server's command table: a command's properties, and the function that reads its arguments, calls its
/// handler and writes its return value.
pub struct Entry<S> {
    /// The command's name and properties.
    pub spec: &'static CommandSpec,
    /// How the handler runs.
    pub kind: HandlerKind,
    start: for<'a> fn(&'a S, &mut Reader<'_>, &'a Context, &mut Writer) -> StartedCommand<'a>,
}

impl<S> Entry<S> {
    /// Creates the row of the command `C`.
    #[must_use]
    pub const fn of<C: Command>() -> Self
    where
        S: Handle<C>,
    {
        Self {
            spec: C::SPEC,
            kind: <S as Handle<C>>::KIND,
            start: |state, reader, context, out| {
                start(reader, out, |arguments| Handle::<C>::handle(state, arguments, context))
            },
        }
    }

    /// Reads the arguments and calls the handler, or fails if an argument is wrong.
    pub fn start<'a>(
        &self,
        state: &'a S,
        arguments: &mut Reader<'_>,
        context: &'a Context,
        out: &mut Writer,
    ) -> StartedCommand<'a> {
        (self.start)(state, arguments, context, out)
    }
}

/// Reads the arguments, calls the handler, and writes the return value if there is one already.
fn start<'a, C: Command>(
    reader: &mut Reader<'_>,
    out: &mut Writer,
    handle: impl FnOnce(C::Arguments) -> Outcome<'a, C>,
) -> StartedCommand<'a> {
    let mut arguments = C::Arguments::blank();
    if let Err(error) = reader.value(&mut arguments) {
        return StartedCommand::Refused(error.into());
    }
    match handle(arguments).0 {
        Inner::Ready(Ok(value)) => {
            value.write(out);
            StartedCommand::Done(Ok(()))
        }
        Inner::Ready(Err(error)) => StartedCommand::Done(Err(error)),
        Inner::Future(future) => StartedCommand::Future(future),
        Inner::Blocking(run) => StartedCommand::Blocking(run),
    }
}

impl<S> fmt::Debug for Entry<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("spec", self.spec).finish_non_exhaustive()
    }
}

impl<C: Command> fmt::Debug for Outcome<'_, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Inner::Ready(_) => "Outcome::Ready",
            Inner::Future(_) => "Outcome::Future",
            Inner::Blocking(_) => "Outcome::Blocking",
        })
    }
}

impl fmt::Debug for StartedCommand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused(_) => "StartedCommand::Refused",
            Self::Done(_) => "StartedCommand::Done",
            Self::Future(_) => "StartedCommand::Future",
            Self::Blocking(_) => "StartedCommand::Blocking",
        })
    }
}

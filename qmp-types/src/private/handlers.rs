//! The items that the expansion of `#[qmp_command]` names. With them rustc checks a handler against its schema, and
//! reports mistakes in the terms of the schema.

mod check;

pub use check::{check_argument, check_arguments, check_command};

use crate::{Command, Error};

/// The proof that a handler matches its command. If the check that computes `FITS` fails, types that depend on it are
/// unknown, so that rustc reports no further errors for the handler.
#[derive(Debug)]
pub struct Checked<const FITS: bool>;

/// The types of the arguments of a handler that matches its command.
pub trait Proof<C: Command> {
    /// See [`Command::Arguments`].
    type Arguments;
    /// See [`Command::Sole`].
    type Sole;
}

impl<C: Command, const FITS: bool> Proof<C> for Checked<FITS> {
    type Arguments = C::Arguments;
    type Sole = C::Sole;
}

/// The argument of a handler with a single parameter by value: the only inline argument, or the type that the schema
/// names.
#[derive(Debug)]
pub struct Is<T>(pub T);

/// In place of [`Is`] for a command with no or several inline arguments: a handler with a single parameter by value
/// does not match it.
#[derive(Debug)]
pub struct NotOne;

/// An argument for a parameter of type `T`.
#[diagnostic::on_unimplemented(
    message = "the schema says this argument is `{Self}`, not `{T}`",
    label = "this argument is `{Self}`"
)]
pub trait Argument<T> {
    /// Returns the argument.
    fn give(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Argument<T> for T {
    fn give(self) -> T {
        self
    }
}

/// The return type of a handler: the `T` of the schema, or a `Result` of it.
#[diagnostic::on_unimplemented(
    message = "the schema says this command returns `{T}`, not `{Self}`",
    label = "this command returns `{T}`, or a `Result` of it"
)]
pub trait Returned<T> {
    /// Converts the return value to a result.
    fn into_result(self) -> Result<T, Error>;
}

#[diagnostic::do_not_recommend]
impl<T> Returned<T> for T {
    fn into_result(self) -> Result<T, Error> {
        Ok(self)
    }
}

impl<T, E: Into<Error>> Returned<T> for Result<T, E> {
    fn into_result(self) -> Result<T, Error> {
        self.map_err(Into::into)
    }
}

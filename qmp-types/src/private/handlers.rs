//! What the expansion of `#[qmp_command]` names: with these, rustc compares a handler with its schema, in our words.

mod check;

pub use check::{check_argument, check_arguments, check_command};

use crate::{Command, Error};

/// The proof that a handler fits its command. Where the check of the constant fails, whatever is behind it has no type,
/// so that rustc says nothing more about this handler.
#[derive(Debug)]
pub struct Checked<const FITS: bool>;

/// What a handler that fits is given.
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

/// What a handler with exactly one by-value parameter is given: the one inline argument, or the named type.
#[derive(Debug)]
pub struct Is<T>(pub T);

/// What a handler with exactly one by-value parameter is given where the command has no or several inline arguments:
/// nothing, such a handler does not fit.
#[derive(Debug)]
pub struct NotOne;

/// An argument of the type `T` that its parameter has.
#[diagnostic::on_unimplemented(
    message = "the schema says this argument is `{Self}`, not `{T}`",
    label = "this argument is `{Self}`"
)]
pub trait Argument<T> {
    /// The argument, for the parameter.
    fn give(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Argument<T> for T {
    fn give(self) -> T {
        self
    }
}

/// What a handler returns: the `T` of the schema, or a result of it.
#[diagnostic::on_unimplemented(
    message = "the schema says this command returns `{T}`, not `{Self}`",
    label = "this command returns `{T}`, or a `Result` of it"
)]
pub trait Returned<T> {
    /// What the handler comes to.
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

//! The items that the expansion of `#[qmp_command]` refers to. With them rustc compares a handler with its command, and
//! reports mistakes in terms of the schema.
//!
//! Each check is a `const fn` that panics with the text of the error. The expansion calls it in a const argument of
//! [`Checked`], at the user's own token, so that rustc shows the error there.

mod check;
mod closest;
mod declared;
mod part;
mod text;

pub use check::{
    check_command, check_in_band, check_parameter, check_parameters, check_return, check_type, check_whole, position_of,
};
pub use part::{PartOf, part_of};

pub use declared::{Differs, Is, NotOne, Nth, Parameter, Same, SameReturn, Signature, Unchecked};

use crate::{Command, Error};

/// A command that handlers can be written for. Bindings for servers implement it.
#[diagnostic::on_unimplemented(
    message = "the command `{Self}` cannot be handled: its bindings were generated for clients only",
    label = "this command cannot be handled",
    note = "generate the bindings with `side = server` or `side = both`"
)]
pub trait Handled: Command {
    /// The handler's signature.
    const SIGNATURE: Signature;
    /// The types of the parameters by value, as a list `(A, (B, (C, ())))`.
    type Types;
    /// The argument of a handler with exactly one parameter by value: [`Is`], or [`NotOne`] if the command has none or several.
    type Sole;
    /// Converts the arguments into the only argument of a handler.
    fn sole(arguments: Self::Arguments) -> Self::Sole;
}

/// The proof that a handler fits its command: one check, and the other checks.
///
/// If a check fails, types that depend on the proof are unknown, so that rustc reports no further errors for the handler.
#[derive(Debug)]
pub struct Checked<const FITS: bool, Others = ()>(Others);

/// The types of a handler with this proof.
pub trait Proof<C: Handled> {
    /// See [`Command::Arguments`].
    type Arguments;
    /// See [`Handled::Sole`].
    type Sole;
    /// See [`Command::Return`].
    type Return;
}

impl<C: Handled> Proof<C> for () {
    type Arguments = C::Arguments;
    type Sole = C::Sole;
    type Return = C::Return;
}

impl<C: Handled, Others: Proof<C>, const FITS: bool> Proof<C> for Checked<FITS, Others> {
    type Arguments = Others::Arguments;
    type Sole = Others::Sole;
    type Return = Others::Return;
}

/// An argument for a parameter of type `T`.
///
/// It carries the error message for a type that mentions parameters of a generic impl block, because [`check_type`] cannot
/// examine those.
#[diagnostic::on_unimplemented(
    message = "expected `{Self}`, found `{T}`: the schema has `{Self}` for this argument",
    label = "expected `{Self}`"
)]
pub trait Argument<T> {
    /// Passes the argument to the parameter.
    fn give(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Argument<T> for T {
    fn give(self) -> T {
        self
    }
}

/// The return value of a handler: the schema's type `T`, or a `Result` of it. It carries the error message as [`Argument`]
/// does.
#[diagnostic::on_unimplemented(
    message = "expected `{T}` or a `Result` of it, found `{Self}`: the schema has `{T}` for the return value",
    label = "expected `{T}` or a `Result` of it"
)]
pub trait Returned<T> {
    /// Converts the return value into the result of the command.
    fn into_result(self) -> Result<T, Error>;
}

#[diagnostic::do_not_recommend]
impl<T> Returned<T> for T {
    fn into_result(self) -> Result<T, Error> {
        Ok(self)
    }
}

impl<T, E: IntoError> Returned<T> for Result<T, E> {
    fn into_result(self) -> Result<T, Error> {
        self.map_err(IntoError::into_error)
    }
}

/// The return type of a handler without a body, which refuses its command.
#[diagnostic::on_unimplemented(
    message = "expected a `Result`, found `{Self}`: a handler without a body refuses its command with an error",
    label = "expected a `Result`"
)]
pub trait Refusal {
    /// Returns the error.
    fn refuse(error: Error) -> Self;
}

impl<T, E: From<Error>> Refusal for Result<T, E> {
    fn refuse(error: Error) -> Self {
        Err(error.into())
    }
}

/// An error that a handler may return.
#[diagnostic::on_unimplemented(
    message = "expected an error that converts into `qmp_types::Error`, found `{Self}`",
    label = "`{Self}` does not convert into `qmp_types::Error`",
    note = "for a text, return `Result<T, qmp_types::Error>` and convert with `.map_err(Error::generic)`",
    note = "for an error type of yours, implement `From<{Self}> for qmp_types::Error`"
)]
pub trait IntoError {
    /// Converts the error.
    fn into_error(self) -> Error;
}

#[diagnostic::do_not_recommend]
impl<E: Into<Error>> IntoError for E {
    fn into_error(self) -> Error {
        self.into()
    }
}

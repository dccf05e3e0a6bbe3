//! Commands and events as the type system sees them.

use crate::record::{Blank, Field};

/// A command of a schema: a marker type that generated code provides.
pub trait Command: Sized + 'static {
    /// Name and rules of the command.
    const SPEC: &'static CommandSpec;
    /// The arguments: a generated `..Args` struct where the schema has them inline, the named type where it names one.
    type Arguments: Field + Blank + Send + 'static;
    /// The type of the `return`; `()` for the empty object.
    type Return: Field + Blank + Send + 'static;
    /// What a handler with one by-value parameter is given; see [`private::Is`](crate::private::Is).
    #[doc(hidden)]
    type Sole;
    /// Turns the arguments into what a handler with one by-value parameter is given.
    #[doc(hidden)]
    fn sole(arguments: Self::Arguments) -> Self::Sole;
}

/// Name and rules of a command, as its schema has them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CommandSpec {
    /// The name on the wire.
    pub name: &'static str,
    /// Where the schema defines it: `FILE:LINE`.
    pub position: &'static str,
    /// The Rust names of the inline arguments; none where the schema names a type.
    pub parameters: Option<&'static [&'static str]>,
    /// `allow-oob`: may be executed out of band.
    pub allow_oob: bool,
    /// `allow-preconfig`: may be executed before the machine is initialised.
    pub allow_preconfig: bool,
    /// `success-response`: if false, there is no reply on success.
    pub success_response: bool,
    /// Has the feature `deprecated`.
    pub deprecated: bool,
    /// Has the feature `unstable`.
    pub unstable: bool,
    /// Answered by this crate: a handler of it would never run.
    pub built_in: bool,
}

impl CommandSpec {
    /// A command with QAPI's defaults.
    #[must_use]
    pub const fn new(name: &'static str, position: &'static str) -> Self {
        Self {
            name,
            position,
            parameters: None,
            allow_oob: false,
            allow_preconfig: false,
            success_response: true,
            deprecated: false,
            unstable: false,
            built_in: false,
        }
    }

    /// With inline arguments of these Rust names (possibly none).
    #[must_use]
    pub const fn parameters(self, names: &'static [&'static str]) -> Self {
        Self { parameters: Some(names), ..self }
    }

    /// With `allow-oob`.
    #[must_use]
    pub const fn allow_oob(self) -> Self {
        Self { allow_oob: true, ..self }
    }

    /// With `allow-preconfig`.
    #[must_use]
    pub const fn allow_preconfig(self) -> Self {
        Self { allow_preconfig: true, ..self }
    }

    /// With `success-response: false`.
    #[must_use]
    pub const fn no_success_response(self) -> Self {
        Self { success_response: false, ..self }
    }

    /// With the feature `deprecated`.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// With the feature `unstable`.
    #[must_use]
    pub const fn unstable(self) -> Self {
        Self { unstable: true, ..self }
    }

    /// Answered by this crate.
    #[must_use]
    pub const fn built_in(self) -> Self {
        Self { built_in: true, ..self }
    }
}

/// An event of a schema. An event's type is its data: a struct of the inline members, a unit struct for none, a newtype
/// around the type the schema names.
pub trait Event: Field + Blank + Clone + Send + Sync + std::fmt::Debug + 'static {
    /// The name on the wire.
    const NAME: &'static str;
}

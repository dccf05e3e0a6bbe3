//! The traits of commands and events, and the properties of a command.

use crate::record::Field;

/// A command of a schema. Generated code implements it for a marker type per command, such as `commands::BlockResize`.
pub trait Command: Sized + 'static {
    /// The command's name and properties.
    const SPEC: &'static CommandSpec;
    /// The type of the arguments: a generated struct such as `BlockResizeArgs` if the schema defines them inline, or
    /// the type that the schema names.
    type Arguments: Field + Clone + Send + 'static;
    /// The type of the return value; `()` if the command returns nothing.
    type Return: Field + Send + 'static;
}

/// A command that may be executed out of band: the schema has `'allow-oob': true`. Generated code implements it.
#[diagnostic::on_unimplemented(
    message = "the schema does not allow `{Self}` to be executed out of band",
    label = "not an out-of-band command",
    note = "a command needs `'allow-oob': true` in the schema for that"
)]
pub trait OobCommand: Command {}

/// A command or an event of a schema, for questions such as `vm.supports::<commands::BlockResize>()`. Generated code
/// implements it for the types of both.
pub trait Definition {
    /// Whether it is a command or an event.
    const META_TYPE: MetaType;
    /// The name in the schema.
    const NAME: &'static str;
}

/// The kind of a [`Definition`]. Introspection calls it `meta-type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetaType {
    /// A command.
    Command,
    /// An event.
    Event,
}

/// The name and properties of a command, as the schema defines them.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CommandSpec {
    /// The name in the schema.
    pub name: &'static str,
    /// The position of the definition in the schema: `FILE:LINE`.
    pub position: &'static str,
    /// `allow-oob`: the command may be executed out of band.
    pub allow_oob: bool,
    /// `allow-preconfig`: the command may be executed before the machine is initialised.
    pub allow_preconfig: bool,
    /// `success-response`: if `false`, the server sends no reply on success.
    pub success_response: bool,
    /// The command has the feature `deprecated`.
    pub deprecated: bool,
    /// The command has the feature `unstable`.
    pub unstable: bool,
    /// The server answers the command itself: a handler of it would never run.
    pub built_in: bool,
    /// The command takes a file descriptor that is sent with it, such as `getfd`: the generator's option `fd_commands`.
    pub takes_fd: bool,
}

impl CommandSpec {
    /// Creates the properties of a command, with QAPI's defaults.
    #[must_use]
    pub const fn new(name: &'static str, position: &'static str) -> Self {
        Self {
            name,
            position,
            allow_oob: false,
            allow_preconfig: false,
            success_response: true,
            deprecated: false,
            unstable: false,
            built_in: false,
            takes_fd: false,
        }
    }

    /// Sets `allow-oob`.
    #[must_use]
    pub const fn allow_oob(self) -> Self {
        Self { allow_oob: true, ..self }
    }

    /// Sets `allow-preconfig`.
    #[must_use]
    pub const fn allow_preconfig(self) -> Self {
        Self { allow_preconfig: true, ..self }
    }

    /// Sets `success-response` to `false`.
    #[must_use]
    pub const fn no_success_response(self) -> Self {
        Self { success_response: false, ..self }
    }

    /// Adds the feature `deprecated`.
    #[must_use]
    pub const fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }

    /// Adds the feature `unstable`.
    #[must_use]
    pub const fn unstable(self) -> Self {
        Self { unstable: true, ..self }
    }

    /// Marks the command as one that takes a file descriptor.
    #[must_use]
    pub const fn takes_fd(self) -> Self {
        Self { takes_fd: true, ..self }
    }

    /// Marks the command as one that the server answers itself.
    #[must_use]
    pub const fn built_in(self) -> Self {
        Self { built_in: true, ..self }
    }
}

/// An event of a schema. Generated code implements it for a type per event, such as `events::DeviceDeleted`.
///
/// The type of an event is its data: a struct of the members that the schema defines inline, or a newtype around the
/// type that the schema names.
pub trait Event: Field + Clone + Send + Sync + std::fmt::Debug + 'static {
    /// The name in the schema.
    const NAME: &'static str;
    /// The event has the feature `deprecated`.
    const DEPRECATED: bool = false;
    /// The event has the feature `unstable`.
    const UNSTABLE: bool = false;
}

//! The trait of everything that executes commands.

use super::invocation::Invocation;
use super::mode::{Mode, Reply};
use crate::command::Command;

/// Executes commands: a client, an adapter around one, a server in the same process, or a mock of your own.
///
/// The generated trait `Commands` has a method per command, for everything that implements this trait. So a function with
/// a parameter `&impl qmp::Commands` takes them all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not execute commands",
    label = "not a client",
    note = "clients and adapters around them execute commands; an executor of your own implements `qmp_types::Execute`"
)]
pub trait Execute {
    /// How the caller waits for replies.
    type Mode: Mode;

    /// Executes a command.
    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<Self::Mode, C>;

    /// Executes a command with these arguments. The generated methods call this.
    #[inline]
    fn call<C: Command>(&self, arguments: C::Arguments) -> Reply<Self::Mode, C> {
        self.execute(Invocation::new(arguments))
    }
}

impl<E: Execute + ?Sized> Execute for &E {
    type Mode = E::Mode;

    #[inline]
    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Reply<E::Mode, C> {
        (**self).execute(invocation)
    }
}

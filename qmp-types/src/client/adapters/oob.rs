//! Executes commands out of band.

use crate::client::{Execute, Invocation, Mode, Reply};
use crate::command::OobCommand;

/// Executes commands out of band: only those for which the schema allows that.
///
/// The generated trait `OobCommands` has a method per such command, for everything that implements this trait, such as
/// [`Oob`].
pub trait ExecuteOob {
    /// How the caller waits for replies.
    type Mode: Mode;

    /// Executes a command with these arguments out of band. The generated methods call this.
    fn call<C: OobCommand>(&self, arguments: C::Arguments) -> Reply<Self::Mode, C>;
}

/// Executes commands out of band: before the commands that the server has queued.
///
/// It has a method only for commands for which the schema allows that. The connection must have been made with
/// [`ClientOptions::enable_oob`](crate::ClientOptions::enable_oob).
#[derive(Debug, Clone, Copy)]
pub struct Oob<E>(E);

impl<E: Execute> Oob<E> {
    /// Creates the adapter around what executes the commands.
    pub fn new(executor: E) -> Self {
        Self(executor)
    }
}

impl<E: Execute> ExecuteOob for Oob<E> {
    type Mode = E::Mode;

    fn call<C: OobCommand>(&self, arguments: C::Arguments) -> Reply<E::Mode, C> {
        self.0.execute(Invocation::<C>::new(arguments).out_of_band())
    }
}

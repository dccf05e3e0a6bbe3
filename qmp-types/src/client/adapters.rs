//! Adapters: what changes how commands are executed, around anything that executes them.

mod oob;

pub use oob::{ExecuteOob, Oob};

use super::Execute;

/// Puts adapters around everything that executes commands. The generated trait `Commands` includes it.
pub trait Adapt: Execute {
    /// Returns an adapter that executes commands out of band: before the commands that the server has queued. It has only
    /// the methods of commands for which the schema allows that.
    #[must_use]
    fn oob(&self) -> Oob<Self>
    where
        Self: Clone,
    {
        Oob::new(self.clone())
    }
}

impl<E: Execute + ?Sized> Adapt for E {}

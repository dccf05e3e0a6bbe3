//! What an operator sees of a server: counters, a hook and spans for each command, and the bytes of a connection.

mod completed_command;
mod counters;
mod session_observer;

pub(super) use self::completed_command::Observers;
pub use self::completed_command::{CommandOutcome, CompletedCommand};
pub(super) use self::counters::CounterCells;
pub use self::counters::Counters;
pub(super) use self::session_observer::{Invoked, ObservedCommand, SessionObserver};

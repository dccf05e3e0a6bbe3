//! A wait without IO: events and replies in, commands out.

use std::time::Duration;

use crate::client::OtherEvent;
use crate::{Result, Value};

/// The outcome for which a [wait](super::super::blocking::Wait) waits: one of the types of this module.
pub trait Procedure: Send + 'static {
    /// The result of the wait.
    type Output;

    /// The names of the events that matter.
    #[doc(hidden)]
    fn names(&self) -> &'static [&'static str];

    /// Returns a predicate for the events of these names that matter.
    #[doc(hidden)]
    fn filter(&self) -> Filter;

    /// Returns the next action.
    ///
    /// # Errors
    /// If QEMU has failed to do it, or the wait is not possible.
    #[doc(hidden)]
    fn next(&mut self, input: Input) -> Result<Action<Self::Output>>;

    /// Describes the outcome in error messages, such as "the end of the job `job0`".
    #[doc(hidden)]
    fn description(&self) -> String;

    /// Completes the error message of a timeout. Default: adds nothing.
    #[doc(hidden)]
    fn hint(&self) -> String {
        String::new()
    }
}

/// A predicate on events.
pub(super) type Filter = Box<dyn FnMut(&OtherEvent) -> bool + Send>;

/// The result of the last action.
#[derive(Debug)]
pub enum Input {
    /// The wait begins.
    Start,
    /// An event has arrived.
    Event(OtherEvent),
    /// The command was answered.
    Reply(Result<Value>),
    /// The pause is over.
    Resume,
}

/// The next action of a wait.
#[derive(Debug)]
pub enum Action<T> {
    /// Wait for an event.
    AwaitEvent,
    /// Execute a command.
    Call(&'static str, Value),
    /// Wait for a while.
    Pause(Duration),
    /// The wait is over.
    Done(T),
}

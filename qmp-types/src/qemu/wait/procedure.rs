//! The steps of a wait, without IO: events and replies in, commands out.

use std::time::Duration;

use crate::client::OtherEvent;
use crate::{Result, Value};

/// What a [wait](super::super::blocking::Wait) is for: one of the types of this module.
pub trait Procedure: Send + 'static {
    /// The result of the wait.
    type Output;

    /// The names of the events that matter.
    #[doc(hidden)]
    fn names(&self) -> &'static [&'static str];

    /// Returns a predicate for the events of these names that matter.
    #[doc(hidden)]
    fn filter(&self) -> Filter;

    /// Returns what to do next.
    ///
    /// # Errors
    /// If what is waited for has failed, or cannot be waited for.
    #[doc(hidden)]
    fn step(&mut self, input: Input) -> Result<Step<Self::Output>>;

    /// Describes what is waited for in error messages, such as "the end of the job `job0`".
    #[doc(hidden)]
    fn description(&self) -> String;

    /// Adds to the error message of a timeout what is known. Default: nothing.
    #[doc(hidden)]
    fn hint(&self) -> String {
        String::new()
    }
}

/// A predicate on events.
pub(super) type Filter = Box<dyn FnMut(&OtherEvent) -> bool + Send>;

/// The input of a step.
#[derive(Debug)]
pub enum Input {
    /// The wait begins.
    Start,
    /// An event has arrived.
    Event(OtherEvent),
    /// The command of the last step was answered.
    Reply(Result<Value>),
    /// The pause of the last step is over.
    Resume,
}

/// What to do next.
#[derive(Debug)]
pub enum Step<T> {
    /// Wait for an event.
    AwaitEvent,
    /// Execute a command.
    Call(&'static str, Value),
    /// Wait for a while.
    Pause(Duration),
    /// The wait is over.
    Done(T),
}

//! One event that somebody expects.

use std::fmt;

use super::Timestamped;
use super::core::{EventWaiter, RawEvent, SubscriptionId};
use crate::{Event, Result};

/// An event that was announced to come: which one, and what it has to say.
pub(crate) struct Expectation<E> {
    pub(crate) key: SubscriptionId,
    matches: Box<dyn FnMut(&E) -> bool + Send>,
}

impl<E: Event> Expectation<E> {
    pub(crate) fn new(key: SubscriptionId, matches: impl FnMut(&E) -> bool + Send + 'static) -> Self {
        Self { key, matches: Box::new(matches) }
    }

    /// What to wait for.
    pub(crate) fn next(&self) -> EventWaiter {
        EventWaiter::of(self.key, Some(E::NAME))
    }

    /// The event, if it is the one.
    pub(crate) fn judge(&mut self, event: &RawEvent) -> Option<Result<Timestamped<E>>> {
        match Timestamped::one(event) {
            Ok(event) => (self.matches)(&event).then_some(Ok(event)),
            Err(error) => Some(Err(error)),
        }
    }
}

impl<E: Event> fmt::Debug for Expectation<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expectation({})", E::NAME)
    }
}

//! The event that a caller expects.

use std::fmt;

use super::Timestamped;
use super::core::{EventWaiter, RawEvent, SubscriptionId};
use crate::{Event, Result};

/// A subscription to events of one type, and a predicate for the one that the caller expects.
pub(super) struct Expectation<E> {
    pub(super) subscription: SubscriptionId,
    matches: Box<dyn FnMut(&E) -> bool + Send>,
}

impl<E: Event> Expectation<E> {
    pub(super) fn new(subscription: SubscriptionId, matches: impl FnMut(&E) -> bool + Send + 'static) -> Self {
        Self { subscription, matches: Box::new(matches) }
    }

    /// Creates the wait for the next event of the type.
    pub(super) fn waiter(&self) -> EventWaiter {
        EventWaiter::of(self.subscription, Some(E::NAME))
    }

    /// Returns the event if it is the expected one, or the error if it cannot be decoded.
    pub(super) fn check(&mut self, event: &RawEvent) -> Option<Result<Timestamped<E>>> {
        match Timestamped::decode(event) {
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

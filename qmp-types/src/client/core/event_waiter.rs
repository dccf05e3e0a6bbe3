//! A pending wait for an event.

use std::panic::resume_unwind;
use std::sync::Arc;

use super::Core;
use super::raw_event::{RawEvent, SubscriptionId};
use super::subscription::EventItem;
use super::waiter::{Awaited, Waiter};
use crate::{Error, Result};

/// Waits for the next item of a subscription.
#[derive(Debug)]
pub(crate) struct EventWaiter {
    subscription: SubscriptionId,
    /// The event's name for error messages, or `None` for any event.
    name: Option<&'static str>,
    item: Option<EventItem>,
}

impl EventWaiter {
    pub(crate) fn of(subscription: SubscriptionId, name: Option<&'static str>) -> Self {
        Self { subscription, name, item: None }
    }

    /// Returns the event, after the wait has ended without an error.
    ///
    /// # Errors
    /// If events were lost, or the subscription was stopped.
    ///
    /// # Panics
    /// If the subscriber's predicate has panicked: with the same payload.
    pub(crate) fn into_event(self) -> Result<Arc<RawEvent>> {
        match self.item {
            Some(EventItem::Event(event)) => Ok(event),
            Some(EventItem::Lagged(lost)) => Err(Error::lagged(lost)),
            Some(EventItem::Panicked(panic)) => resume_unwind(panic),
            Some(EventItem::Stopped) | None => Err(Error::stopped_before(self.description())),
        }
    }
}

impl Waiter for EventWaiter {
    fn awaited(&self) -> Awaited {
        Awaited::Event(self.subscription)
    }

    fn poll(&mut self, core: &mut Core) -> Option<Result<()>> {
        self.item = core.subscriptions().take(self.subscription);
        if self.item.is_some() {
            return Some(Ok(()));
        }
        // Even if the connection has ended, the event may be among those on which the predicate has not run.
        if core.subscriptions().is_filtering(self.subscription) { None } else { core.failure(self) }
    }

    fn description(&self) -> String {
        self.name.map_or_else(|| "an event".into(), |name| format!("the event {name}"))
    }
}

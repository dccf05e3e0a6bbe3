//! The subscriptions of a connection to events.

use std::sync::Arc;

use super::event_names::EventNames;
use super::predicate::{Predicate, PredicateRun};
use super::raw_event::{RawEvent, SubscriptionId};
use super::subscription::{EventItem, Keep, Subscription};

/// The subscriptions of a connection.
///
/// An event is queued for its subscribers when it arrives. Predicates of subscribers are user code: they run on arrival,
/// too, but outside of the connection's lock, by the caller that has received the events.
#[derive(Debug)]
pub(crate) struct Subscriptions {
    /// The capacity of a queue, unless a subscriber sets another one.
    capacity: usize,
    last: SubscriptionId,
    all: Vec<Subscription>,
    /// Predicates may have to run.
    unfiltered: bool,
}

impl Subscriptions {
    /// The connection's own subscription, to all events from the first byte on.
    pub(crate) const OWN: SubscriptionId = SubscriptionId(0);

    /// Creates the subscriptions of a new connection, which has only its own.
    pub(super) fn new(capacity: usize) -> Self {
        let own = Subscription::new(Self::OWN, EventNames::default(), Keep::UntilFull, capacity);
        Self { capacity, last: Self::OWN, all: vec![own], unfiltered: false }
    }

    /// Subscribes to the events of these names.
    pub(crate) fn add(&mut self, names: EventNames) -> SubscriptionId {
        self.insert(names, Keep::Newest, self.capacity)
    }

    /// Subscribes to the first event of these names that the predicate accepts.
    pub(crate) fn add_first(&mut self, names: EventNames, predicate: Predicate) -> SubscriptionId {
        let id = self.insert(names, Keep::First, 1);
        self.set_predicate(id, predicate);
        id
    }

    fn insert(&mut self, names: EventNames, keep: Keep, capacity: usize) -> SubscriptionId {
        self.last.0 += 1;
        self.all.push(Subscription::new(self.last, names, keep, capacity));
        self.last
    }

    pub(crate) fn set_capacity(&mut self, id: SubscriptionId, capacity: usize) {
        if let Some(subscription) = self.find(id) {
            subscription.set_capacity(capacity);
        }
    }

    pub(crate) fn set_patterns(&mut self, id: SubscriptionId, patterns: Vec<String>) {
        if let Some(subscription) = self.find(id) {
            subscription.set_patterns(patterns);
        }
    }

    /// Sets the predicate of a subscription. Returns a predicate to be dropped outside of the lock.
    ///
    /// The caller runs the predicates afterwards, because events may be queued.
    pub(crate) fn set_predicate(&mut self, id: SubscriptionId, predicate: Predicate) -> Option<Predicate> {
        self.unfiltered = true;
        match self.find(id) {
            Some(subscription) => subscription.set_predicate(predicate),
            None => Some(predicate),
        }
    }

    /// Ends a subscription. Returns its predicate, to be dropped outside of the lock.
    pub(crate) fn stop(&mut self, id: SubscriptionId) -> Option<Predicate> {
        self.find(id)?.stop()
    }

    /// Removes a subscription. Returns its predicate, to be dropped outside of the lock.
    pub(crate) fn remove(&mut self, id: SubscriptionId) -> Option<Predicate> {
        let at = self.all.iter().position(|subscription| subscription.id == id)?;
        self.all.remove(at).stop()
    }

    /// Adds an event to the queues of all its subscribers.
    pub(super) fn publish(&mut self, event: RawEvent) {
        let event = Arc::new(event);
        for subscription in &mut self.all {
            self.unfiltered |= subscription.publish(&event);
        }
    }

    /// Returns whether there are events on which predicates have to run.
    pub(crate) fn has_unfiltered(&self) -> bool {
        self.unfiltered
    }

    /// Takes back the predicate of a finished run. Returns a predicate to be dropped outside of the lock, and the next
    /// run.
    pub(crate) fn exchange_run(&mut self, finished: Option<PredicateRun>) -> (Option<Predicate>, Option<PredicateRun>) {
        let unneeded = finished.and_then(|run| match self.find(run.subscription) {
            Some(subscription) => subscription.finish_run(run),
            None => Some(run.into_predicate()),
        });
        let next = self.all.iter_mut().find_map(Subscription::begin_run);
        self.unfiltered = next.is_some();
        (unneeded, next)
    }

    /// Returns whether events have arrived on which the subscriber's predicate has not run.
    pub(super) fn is_filtering(&self, id: SubscriptionId) -> bool {
        self.all.iter().any(|subscription| subscription.id == id && subscription.is_filtering())
    }

    /// Returns whether there is an item to take.
    pub(super) fn has_item(&self, id: SubscriptionId) -> bool {
        self.all.iter().any(|subscription| subscription.id == id && subscription.has_item())
    }

    /// Takes the next item.
    pub(super) fn take(&mut self, id: SubscriptionId) -> Option<EventItem> {
        self.find(id)?.take()
    }

    fn find(&mut self, id: SubscriptionId) -> Option<&mut Subscription> {
        self.all.iter_mut().find(|subscription| subscription.id == id)
    }
}

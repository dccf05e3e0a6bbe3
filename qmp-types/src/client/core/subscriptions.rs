//! The subscriptions to events. Each has a queue of events that its subscriber has not taken yet.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::Timestamp;
use crate::record::MissingMembers;

/// An event as it was received. Its data is decoded by the subscriber, outside of all locks.
#[derive(Debug)]
pub(crate) struct RawEvent {
    pub(crate) name: String,
    pub(crate) timestamp: Timestamp,
    /// The text of `data`, if the event has any.
    pub(crate) data: Option<String>,
    /// How the data is decoded.
    pub(crate) missing_members: MissingMembers,
}

/// The subscriptions of a connection.
#[derive(Debug)]
pub(crate) struct Subscriptions {
    last: SubscriptionId,
    all: Vec<Subscription>,
}

/// Identifies a subscription of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SubscriptionId(u64);

#[derive(Debug)]
struct Subscription {
    id: SubscriptionId,
    /// The name of the events to queue, or `None` for all events.
    name: Option<&'static str>,
    queue: VecDeque<Arc<RawEvent>>,
    lost: u64,
}

impl Subscriptions {
    /// The capacity of a queue. When it is full, the oldest event is lost.
    const QUEUE: usize = 1024;

    /// The connection's own subscription, to all events from the first byte on.
    pub(crate) const OWN: SubscriptionId = SubscriptionId(0);

    /// Creates the subscriptions of a new connection, which has only its own.
    pub(super) fn new() -> Self {
        let mut subscriptions = Self { last: Self::OWN, all: Vec::new() };
        subscriptions.insert(Self::OWN, None);
        subscriptions
    }

    /// Subscribes to the events of this name, or to all events.
    pub(crate) fn add(&mut self, name: Option<&'static str>) -> SubscriptionId {
        self.last.0 += 1;
        self.insert(self.last, name);
        self.last
    }

    fn insert(&mut self, id: SubscriptionId, name: Option<&'static str>) {
        self.all.push(Subscription { id, name, queue: VecDeque::new(), lost: 0 });
    }

    pub(crate) fn remove(&mut self, id: SubscriptionId) {
        self.all.retain(|subscription| subscription.id != id);
    }

    /// Adds an event to the queues of all its subscribers.
    pub(super) fn publish(&mut self, event: RawEvent) {
        let event = Arc::new(event);
        for subscription in &mut self.all {
            if subscription.name.is_none_or(|name| name == event.name) {
                subscription.push(Arc::clone(&event));
            }
        }
    }

    /// Returns whether there is an event to take.
    pub(super) fn has_event(&self, id: SubscriptionId) -> bool {
        self.all.iter().any(|subscription| subscription.id == id && !subscription.queue.is_empty())
    }

    /// Takes the oldest event.
    pub(super) fn take(&mut self, id: SubscriptionId) -> Option<Arc<RawEvent>> {
        self.all.iter_mut().find(|subscription| subscription.id == id)?.queue.pop_front()
    }

    /// Returns the number of events that the subscription has lost.
    pub(crate) fn lost(&self, id: SubscriptionId) -> u64 {
        self.all.iter().find(|subscription| subscription.id == id).map_or(0, |subscription| subscription.lost)
    }
}

impl Subscription {
    fn push(&mut self, event: Arc<RawEvent>) {
        if self.queue.len() == Subscriptions::QUEUE {
            self.queue.pop_front();
            self.lost += 1;
        }
        self.queue.push_back(event);
    }
}

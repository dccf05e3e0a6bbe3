//! Who listens to events, and what they have not heard yet.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::Timestamp;

/// An event as it came; its data is read by who takes it, outside of all locks.
#[derive(Debug)]
pub(crate) struct RawEvent {
    pub(crate) name: String,
    pub(crate) timestamp: Timestamp,
    /// The text of `data`, if there was any.
    pub(crate) data: Option<String>,
}

/// The subscriptions of a connection, each with a queue of its own.
#[derive(Debug)]
pub(crate) struct Subscriptions {
    last: SubscriptionId,
    all: Vec<Subscription>,
}

/// Names a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SubscriptionId(u64);

#[derive(Debug)]
struct Subscription {
    key: SubscriptionId,
    /// The one event that is of interest, or all.
    name: Option<&'static str>,
    queue: VecDeque<Arc<RawEvent>>,
    lost: u64,
}

impl Subscriptions {
    /// How many events wait for a subscription at most; after that the oldest is lost.
    pub(crate) const QUEUE: usize = 1024;

    /// The connection's own subscription: it hears all events, from the first byte on.
    pub(crate) const OWN: SubscriptionId = SubscriptionId(0);

    /// Only the connection's own subscription.
    pub(crate) fn new() -> Self {
        let own = Subscription { key: Self::OWN, name: None, queue: VecDeque::new(), lost: 0 };
        Self { last: Self::OWN, all: vec![own] }
    }

    /// Listens from now on, to the events of this name or to all.
    pub(crate) fn add(&mut self, name: Option<&'static str>) -> SubscriptionId {
        self.last.0 += 1;
        self.all.push(Subscription { key: self.last, name, queue: VecDeque::new(), lost: 0 });
        self.last
    }

    /// Listens no more.
    pub(crate) fn remove(&mut self, key: SubscriptionId) {
        self.all.retain(|subscription| subscription.key != key);
    }

    /// Gives the event to all who want it.
    pub(crate) fn tell(&mut self, event: RawEvent) {
        let event = Arc::new(event);
        for subscription in &mut self.all {
            if subscription.name.is_none_or(|name| name == event.name) {
                subscription.push(Arc::clone(&event));
            }
        }
    }

    /// Whether there is an event to take.
    pub(crate) fn has_event(&self, key: SubscriptionId) -> bool {
        self.all.iter().any(|subscription| subscription.key == key && !subscription.queue.is_empty())
    }

    /// Takes the oldest event.
    pub(crate) fn take(&mut self, key: SubscriptionId) -> Option<Arc<RawEvent>> {
        self.all.iter_mut().find(|subscription| subscription.key == key)?.queue.pop_front()
    }

    /// How many events the subscription has lost.
    pub(crate) fn lost(&self, key: SubscriptionId) -> u64 {
        self.all.iter().find(|subscription| subscription.key == key).map_or(0, |subscription| subscription.lost)
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

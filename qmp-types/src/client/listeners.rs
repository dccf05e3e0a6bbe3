//! Who listens to events, and what they have not heard yet.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::Timestamp;

/// An event as it came; its data is read by who takes it, outside of all locks.
#[derive(Debug)]
pub(crate) struct Notice {
    pub(crate) name: String,
    pub(crate) timestamp: Timestamp,
    /// The text of `data`, if there was any.
    pub(crate) data: Option<String>,
}

/// The listeners of a connection, each with a queue of its own.
#[derive(Debug)]
pub(crate) struct Listeners {
    last: Key,
    all: Vec<Listener>,
}

/// Names a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key(u64);

#[derive(Debug)]
struct Listener {
    key: Key,
    /// The one event that is of interest, or all.
    name: Option<&'static str>,
    queue: VecDeque<Arc<Notice>>,
    lost: u64,
}

impl Listeners {
    /// How many events wait for a listener at most; after that the oldest is lost.
    pub(crate) const QUEUE: usize = 1024;

    /// The connection's own listener: it hears all events, from the first byte on.
    pub(crate) const OWN: Key = Key(0);

    /// Only the connection's own listener.
    pub(crate) fn new() -> Self {
        let own = Listener { key: Self::OWN, name: None, queue: VecDeque::new(), lost: 0 };
        Self { last: Self::OWN, all: vec![own] }
    }

    /// Listens from now on, to the events of this name or to all.
    pub(crate) fn add(&mut self, name: Option<&'static str>) -> Key {
        self.last.0 += 1;
        self.all.push(Listener { key: self.last, name, queue: VecDeque::new(), lost: 0 });
        self.last
    }

    /// Listens no more.
    pub(crate) fn remove(&mut self, key: Key) {
        self.all.retain(|listener| listener.key != key);
    }

    /// Gives the event to all who want it.
    pub(crate) fn tell(&mut self, notice: Notice) {
        let notice = Arc::new(notice);
        for listener in &mut self.all {
            if listener.name.is_none_or(|name| name == notice.name) {
                listener.push(Arc::clone(&notice));
            }
        }
    }

    /// Whether there is an event to take.
    pub(crate) fn has_event(&self, key: Key) -> bool {
        self.all.iter().any(|listener| listener.key == key && !listener.queue.is_empty())
    }

    /// Takes the oldest event.
    pub(crate) fn take(&mut self, key: Key) -> Option<Arc<Notice>> {
        self.all.iter_mut().find(|listener| listener.key == key)?.queue.pop_front()
    }

    /// How many events the listener has lost.
    pub(crate) fn lost(&self, key: Key) -> u64 {
        self.all.iter().find(|listener| listener.key == key).map_or(0, |listener| listener.lost)
    }
}

impl Listener {
    fn push(&mut self, notice: Arc<Notice>) {
        if self.queue.len() == Listeners::QUEUE {
            self.queue.pop_front();
            self.lost += 1;
        }
        self.queue.push_back(notice);
    }
}

//! A subscription to events: its queue of events that the subscriber has not taken yet.

use std::collections::VecDeque;
use std::sync::Arc;

use super::event_names::EventNames;
use super::predicate::{Panic, Predicate, PredicateRun, PredicateSlot, Verdict};
use super::raw_event::{RawEvent, SubscriptionId};

/// The maximum number of events that wait for a predicate. There are that many only while a predicate is busy.
const MAX_UNFILTERED: usize = 16 << 10;

/// The events that a queue keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The newest events.
    Newest,
    /// The first event only, for which the subscriber waits.
    First,
    /// Those until the queue is full. Then none, until the subscriber takes the next item: a forgotten queue holds no
    /// memory.
    UntilFull,
}

/// An item for a subscriber.
#[derive(Debug)]
pub(crate) enum EventItem {
    Event(Arc<RawEvent>),
    /// This number of events was lost, because the queue was full.
    Lagged(u64),
    /// The subscriber's predicate has panicked.
    Panicked(Panic),
    /// The subscription has been stopped.
    Stopped,
}

#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) id: SubscriptionId,
    names: EventNames,
    predicate: PredicateSlot,
    keep: Keep,
    capacity: usize,
    queue: VecDeque<Arc<RawEvent>>,
    /// Events on which the predicate has not run yet.
    unfiltered: VecDeque<Arc<RawEvent>>,
    /// The number of lost events that the subscriber has not learned of.
    lost: u64,
    state: State,
}

#[derive(Debug)]
enum State {
    Active,
    /// Queues nothing until the subscriber takes an item.
    Paused,
    /// Has queued the one event that it was for.
    Satisfied,
    Panicked(Panic),
    Stopped,
}

impl Subscription {
    pub(super) fn new(id: SubscriptionId, names: EventNames, keep: Keep, capacity: usize) -> Self {
        Self {
            id,
            names,
            predicate: PredicateSlot::default(),
            keep,
            capacity: capacity.max(1),
            queue: VecDeque::new(),
            unfiltered: VecDeque::new(),
            lost: 0,
            state: State::Active,
        }
    }

    /// Changes the bound of the queue. The oldest events beyond it are lost.
    pub(super) fn set_capacity(&mut self, capacity: usize) {
        self.capacity = capacity.max(1);
        let excess = self.queue.len().saturating_sub(self.capacity);
        self.queue.drain(..excess);
        self.lost += excess as u64;
    }

    /// Sets the patterns of names, also for the events that are queued.
    pub(super) fn set_patterns(&mut self, patterns: Vec<String>) {
        self.names.patterns = patterns;
        self.queue.retain(|event| self.names.include(&event.name));
        self.unfiltered.retain(|event| self.names.include(&event.name));
    }

    /// Sets the predicate, also for the events that are queued. Returns the earlier predicate.
    pub(super) fn set_predicate(&mut self, predicate: Predicate) -> Option<Predicate> {
        self.queue.append(&mut self.unfiltered);
        self.unfiltered = std::mem::take(&mut self.queue);
        self.predicate.set(predicate)
    }

    /// Adds an event that has arrived. Returns whether the predicate has to run.
    pub(super) fn publish(&mut self, event: &Arc<RawEvent>) -> bool {
        if !self.names.include(&event.name) {
            return false;
        }
        match self.state {
            State::Active if self.predicate.is_empty() => self.enqueue(Arc::clone(event)),
            State::Active => {
                if self.unfiltered.len() == MAX_UNFILTERED {
                    self.unfiltered.pop_front();
                    self.lost += 1;
                }
                self.unfiltered.push_back(Arc::clone(event));
                return true;
            }
            State::Paused => self.lost += 1,
            State::Satisfied | State::Panicked(_) | State::Stopped => {}
        }
        false
    }

    fn enqueue(&mut self, event: Arc<RawEvent>) {
        if self.queue.len() == self.capacity {
            match self.keep {
                Keep::Newest | Keep::First => {
                    self.queue.pop_front();
                    self.lost += 1;
                }
                Keep::UntilFull => {
                    self.lost += self.queue.len() as u64 + 1;
                    self.queue = VecDeque::new();
                    self.state = State::Paused;
                    return;
                }
            }
        }
        self.queue.push_back(event);
        if self.keep == Keep::First {
            self.state = State::Satisfied;
            self.unfiltered = VecDeque::new();
        }
    }

    /// Takes the predicate out to run it on the oldest event that it has not seen.
    pub(super) fn begin_run(&mut self) -> Option<PredicateRun> {
        self.predicate.begin(self.id, &mut self.unfiltered)
    }

    /// Takes the predicate back, and queues the event if it is wanted. Returns the predicate if it is no longer needed.
    pub(super) fn finish_run(&mut self, run: PredicateRun) -> Option<Predicate> {
        let event = Arc::clone(&run.event);
        let (verdict, unneeded) = self.predicate.finish(run);
        match verdict {
            _ if !matches!(self.state, State::Active | State::Paused) => {}
            Verdict::Wanted => self.enqueue(event),
            Verdict::Unwanted => {}
            Verdict::Outdated => self.unfiltered.push_front(event),
            Verdict::Panicked(panic) => {
                self.unfiltered = VecDeque::new();
                self.state = State::Panicked(panic);
            }
        }
        if matches!(self.state, State::Satisfied) { unneeded.or(self.predicate.take()) } else { unneeded }
    }

    /// Returns whether events have arrived on which the predicate has not run.
    pub(super) fn is_filtering(&self) -> bool {
        self.predicate.is_running() || !self.unfiltered.is_empty()
    }

    /// Returns whether there is an item to take.
    pub(super) fn has_item(&self) -> bool {
        !self.queue.is_empty() || self.lost > 0 || matches!(self.state, State::Panicked(_) | State::Stopped)
    }

    /// Takes the next item.
    pub(super) fn take(&mut self) -> Option<EventItem> {
        if matches!(self.state, State::Stopped) {
            return Some(EventItem::Stopped);
        }
        if self.lost > 0 && !matches!(self.state, State::Satisfied) {
            if matches!(self.state, State::Paused) {
                self.state = State::Active;
            }
            return Some(EventItem::Lagged(std::mem::take(&mut self.lost)));
        }
        if let Some(event) = self.queue.pop_front() {
            return Some(EventItem::Event(event));
        }
        match std::mem::replace(&mut self.state, State::Stopped) {
            State::Panicked(panic) => Some(EventItem::Panicked(panic)),
            state => {
                self.state = state;
                None
            }
        }
    }

    /// Ends the subscription, and drops the queued events. Returns the predicate.
    pub(super) fn stop(&mut self) -> Option<Predicate> {
        (self.queue, self.unfiltered) = (VecDeque::new(), VecDeque::new());
        self.state = State::Stopped;
        self.predicate.take()
    }
}

//! The events that wait for one client.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::event_message::{EventKey, EventMessage};
use super::event_queue_limits::{EventOverflow, EventQueueLimits};

/// The events that wait for one client, in their order.
///
/// Replies wait elsewhere. Each event knows its position among their bytes, at which it is to be sent.
#[derive(Debug, Default)]
pub(in crate::server) struct EventQueue {
    /// The oldest event first. The place of a superseded event is empty.
    places: VecDeque<Place>,
    /// The number of the first place; places are numbered in their order.
    first: u64,
    /// The place of the event that waits of each key, where events are coalesced.
    by_key: HashMap<EventKey, u64>,
    events: usize,
    bytes: usize,
}

#[derive(Debug)]
struct Place {
    event: Option<Arc<EventMessage>>,
    /// The number of bytes of replies that are to be sent before the event.
    position: u64,
}

/// How an event was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Pushed {
    /// The event waits; this many events were dropped for it, and this many were superseded by it.
    Queued { dropped: u64, coalesced: u64 },
    /// There is no room, so the client is to be disconnected.
    Full,
}

impl EventQueue {
    /// Adds an event, which is to be sent after `position` bytes of replies.
    pub(in crate::server) fn push(
        &mut self,
        event: &Arc<EventMessage>,
        position: u64,
        limits: &EventQueueLimits,
    ) -> Pushed {
        let coalesced = match (&event.key, limits.overflow) {
            (Some(key), EventOverflow::Coalesce) => u64::from(self.supersede(key)),
            _ => 0,
        };
        let mut dropped = 0;
        while !self.has_room(event.text().len(), limits) {
            if limits.overflow == EventOverflow::Disconnect {
                return Pushed::Full;
            }
            self.pop();
            dropped += 1;
        }
        self.events += 1;
        self.bytes += event.text().len();
        self.places.push_back(Place { event: Some(Arc::clone(event)), position });
        Pushed::Queued { dropped, coalesced }
    }

    /// Removes the event of this key that waits, and reserves the next place for the key.
    fn supersede(&mut self, key: &EventKey) -> bool {
        // A flood of superseded events would otherwise fill the queue with empty places.
        if self.places.len() > 2 * self.events + 16 {
            self.remove_empty_places();
        }
        let next = self.first + self.places.len() as u64;
        let Some(older) = self.by_key.insert(key.clone(), next) else { return false };
        let place = usize::try_from(older - self.first).ok().and_then(|index| self.places.get_mut(index));
        let Some(event) = place.and_then(|place| place.event.take()) else { return false };
        self.events -= 1;
        self.bytes -= event.text().len();
        true
    }

    fn remove_empty_places(&mut self) {
        self.places.retain(|place| place.event.is_some());
        for (index, place) in self.places.iter().enumerate() {
            let key = place.event.as_ref().and_then(|event| event.key.as_ref());
            if let Some(number) = key.and_then(|key| self.by_key.get_mut(key)) {
                *number = self.first + index as u64;
            }
        }
    }

    fn has_room(&self, bytes: usize, limits: &EventQueueLimits) -> bool {
        self.events == 0 || (self.events < limits.events && self.bytes + bytes <= limits.bytes)
    }

    /// Removes the oldest event.
    pub(in crate::server) fn pop(&mut self) -> Option<Arc<EventMessage>> {
        loop {
            let place = self.places.pop_front()?;
            let number = self.first;
            self.first += 1;
            let Some(event) = place.event else { continue };
            self.events -= 1;
            self.bytes -= event.text().len();
            if let Some(key) = event.key.as_ref().filter(|key| self.by_key.get(key) == Some(&number)) {
                self.by_key.remove(key);
            }
            return Some(event);
        }
    }

    /// Returns how many bytes of replies are to be sent before the oldest event.
    pub(in crate::server) fn next_position(&mut self) -> Option<u64> {
        while self.places.front()?.event.is_none() {
            self.places.pop_front();
            self.first += 1;
        }
        self.places.front().map(|place| place.position)
    }

    /// Returns the number of events that wait.
    pub(in crate::server) fn len(&self) -> usize {
        self.events
    }

    /// Returns the number of bytes that wait.
    pub(in crate::server) fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn event(text: &str, key: Option<&'static str>) -> Arc<EventMessage> {
        EventMessage::of_text(text, key.map(|name| EventKey { name, members: "".into() }))
    }

    fn push(queue: &mut EventQueue, text: &str, limits: &EventQueueLimits) -> Pushed {
        // Events whose text begins with a capital letter have the letter as their key.
        let keys = ["A", "B", "C"];
        let key = keys.into_iter().find(|key| text.starts_with(key));
        queue.push(&event(text, key), 0, limits)
    }

    fn texts(queue: &mut EventQueue) -> Vec<String> {
        std::iter::from_fn(|| queue.pop()).map(|event| String::from_utf8_lossy(event.text()).into_owned()).collect()
    }

    fn queued(dropped: u64, coalesced: u64) -> Pushed {
        Pushed::Queued { dropped, coalesced }
    }

    #[test]
    fn the_oldest_is_dropped_by_count_and_by_bytes() {
        let mut queue = EventQueue::default();
        let three = EventQueueLimits::default().events(3);
        for text in ["1", "2", "3"] {
            assert_eq!(push(&mut queue, text, &three), queued(0, 0));
        }
        assert_eq!(push(&mut queue, "4", &three), queued(1, 0));
        let six_bytes = EventQueueLimits::default().bytes(6);
        assert_eq!(push(&mut queue, "55555", &six_bytes), queued(2, 0));
        assert_eq!((queue.len(), queue.bytes()), (2, 6));
        assert_eq!(push(&mut queue, "larger than the bound", &six_bytes), queued(2, 0));
        assert_eq!(texts(&mut queue), ["larger than the bound"]);
        assert_eq!((queue.len(), queue.bytes()), (0, 0));
    }

    #[test]
    fn a_full_queue_may_end_the_connection() {
        let mut queue = EventQueue::default();
        let limits = EventQueueLimits::default().events(2).overflow(EventOverflow::Disconnect);
        assert_eq!(push(&mut queue, "1", &limits), queued(0, 0));
        assert_eq!(push(&mut queue, "2", &limits), queued(0, 0));
        assert_eq!(push(&mut queue, "3", &limits), Pushed::Full);
        assert_eq!(texts(&mut queue), ["1", "2"]);
    }

    #[test]
    fn the_newest_of_a_key_takes_its_own_place() {
        let mut queue = EventQueue::default();
        let limits = EventQueueLimits::default().overflow(EventOverflow::Coalesce);
        let pushed = ["A1", "x", "B1", "A2", "x", "A3"].map(|text| push(&mut queue, text, &limits));
        assert_eq!(pushed.map(|pushed| pushed == queued(0, 1)), [false, false, false, true, false, true]);
        assert_eq!(texts(&mut queue), ["x", "B1", "x", "A3"]);
        assert_eq!(push(&mut queue, "A4", &limits), queued(0, 0), "A3 has been sent");
    }

    #[test]
    fn superseded_events_leave_nothing_behind() {
        let mut queue = EventQueue::default();
        let limits = EventQueueLimits::default().overflow(EventOverflow::Coalesce);
        push(&mut queue, "x", &limits);
        for _ in 0..100_000 {
            push(&mut queue, "A", &limits);
            push(&mut queue, "B", &limits);
        }
        assert!(queue.places.len() < 64, "{} places", queue.places.len());
        assert_eq!(queue.next_position(), Some(0));
        assert_eq!(texts(&mut queue), ["x", "A", "B"]);
        assert!(queue.by_key.is_empty());
    }

    /// The events that wait, by a list that is searched each time.
    fn model_push(list: &mut Vec<String>, text: &str, limits: &EventQueueLimits) {
        let keyed = text.starts_with(['A', 'B', 'C']) && limits.overflow == EventOverflow::Coalesce;
        list.retain(|older| !keyed || older[..1] != text[..1]);
        let bytes = |list: &[String]| list.iter().map(String::len).sum::<usize>();
        while !list.is_empty() && (list.len() >= limits.events || bytes(list) + text.len() > limits.bytes) {
            list.remove(0);
        }
        list.push(text.to_owned());
    }

    proptest! {
        #[test]
        fn agrees_with_a_list(
            steps in vec(prop_oneof![4 => "[ABCxyz][0-9]{0,8}".prop_map(Some), 1 => Just(None)], 0..300),
            (events, bytes) in (1_usize..10, 1_usize..60),
            coalesce: bool,
        ) {
            let overflow = if coalesce { EventOverflow::Coalesce } else { EventOverflow::DropOldest };
            let limits = EventQueueLimits::default().events(events).bytes(bytes).overflow(overflow);
            let (mut queue, mut list) = (EventQueue::default(), Vec::<String>::new());
            for step in steps {
                match step {
                    Some(text) => {
                        push(&mut queue, &text, &limits);
                        model_push(&mut list, &text, &limits);
                    }
                    None => {
                        let popped = queue.pop().map(|event| String::from_utf8_lossy(event.text()).into_owned());
                        prop_assert_eq!(popped, (!list.is_empty()).then(|| list.remove(0)));
                    }
                }
                prop_assert_eq!(queue.len(), list.len());
                prop_assert_eq!(queue.bytes(), list.concat().len());
            }
            prop_assert_eq!(texts(&mut queue), list);
        }
    }
}

//! The messages on their way to one client.

use std::io;
use std::sync::Arc;

use super::byte_queue::ByteQueue;
use super::events::{EventMessage, EventQueue, EventQueueLimits, Pushed};
use super::output_style::OutputStyle;

/// As many bytes of events and replies are collected for one call of the system, if they wait.
const PIECE: usize = 16 << 10;

/// Whole messages that wait to be sent: replies as bytes, events as texts that all clients share.
///
/// The bytes that are sent next are staged. An event among them is no longer dropped.
#[derive(Debug, Default)]
pub(super) struct OutputBuffer {
    staged: ByteQueue,
    /// Replies that wait behind an event. All others are staged at once.
    replies: ByteQueue,
    /// How many bytes of replies were appended, and how many of them were staged, since the connection began.
    replies_appended: u64,
    replies_staged: u64,
    events: EventQueue,
    style: OutputStyle,
    /// Events were dropped since the client has last received all that waited.
    drops_events: bool,
    /// The client has negotiated, so it receives events.
    pub(super) wants_events: bool,
    /// The driver was notified that bytes wait, and has not sent all of them.
    pub(super) driver_sends: bool,
    /// The connection's flusher has been started and has not finished.
    pub(super) flusher_active: bool,
    /// How many of the waiting bytes were added to the number of those of the whole server.
    pub(super) counted: usize,
    /// Sending has failed or was given up: all further messages are dropped.
    closed: bool,
}

impl OutputBuffer {
    pub(super) fn new(style: OutputStyle) -> Self {
        Self { style, ..Self::default() }
    }

    /// Returns the number of bytes that wait to be sent, all events counted as one byte. They have bounds of their own, so
    /// that a flood of events neither keeps requests from being read nor a buffer from being drained.
    pub(super) fn len(&self) -> usize {
        self.staged.len() + self.replies.len() + usize::from(self.events.len() > 0)
    }

    /// Returns the number of bytes that wait to be sent, with all events.
    pub(super) fn total(&self) -> usize {
        self.staged.len() + self.replies.len() + self.events.bytes()
    }

    /// Returns the number of events that wait and are not staged.
    pub(super) fn event_count(&self) -> usize {
        self.events.len()
    }

    /// Appends replies and empties `bytes`, if it is large by taking it over.
    pub(super) fn push_reply(&mut self, bytes: &mut Vec<u8>) {
        if self.closed {
            return bytes.clear();
        }
        self.style.apply(bytes);
        let count = bytes.len() as u64;
        self.replies_appended += count;
        if self.has_unstaged() {
            self.replies.append_all(bytes);
        } else {
            self.staged.append_all(bytes);
            self.replies_staged += count;
        }
    }

    /// Appends an event, if there is room for it.
    pub(super) fn push_event(&mut self, event: &Arc<EventMessage>, limits: &EventQueueLimits) -> Pushed {
        if self.closed {
            return Pushed::Queued { dropped: 0, coalesced: 0 };
        }
        let pushed = self.events.push(event, self.replies_appended, limits);
        let drops = matches!(pushed, Pushed::Queued { dropped: 1.., .. });
        if drops && !std::mem::replace(&mut self.drops_events, true) {
            tracing::warn!(waiting = self.events.len(), "a client does not read its events fast enough, dropping some");
        }
        pushed
    }

    /// Sets whether messages are pretty. The messages that wait become so, too, if nothing of them was sent.
    pub(super) fn set_pretty(&mut self, pretty: bool) {
        if pretty && !self.style.pretty && self.replies.len() == 0 {
            self.staged.edit_untouched(|bytes| OutputStyle { pretty, ..self.style }.apply(bytes));
        }
        self.style.pretty = pretty;
    }

    /// Passes the waiting bytes to `send` until it fails with `WouldBlock`, and returns how many still wait.
    ///
    /// # Errors
    /// If sending has failed or the buffer was closed.
    pub(super) fn flush(&mut self, mut send: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<usize> {
        while self.staged.len() > 0 || self.has_unstaged() && self.stage() {
            match send(self.staged.as_slice()) {
                Ok(sent) => self.staged.take(sent),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    self.close();
                    return Err(error);
                }
            }
        }
        let waiting = self.len();
        self.driver_sends &= waiting > 0;
        if self.closed { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(waiting) }
    }

    /// Takes all waiting bytes.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        while self.staged.len() > 0 || self.stage() {
            all.append(&mut self.staged.take_all());
        }
        all
    }

    /// Returns whether messages wait that are not staged.
    #[inline]
    fn has_unstaged(&self) -> bool {
        self.events.len() > 0 || self.replies.len() > 0
    }

    /// Stages messages: nothing else is. Returns whether there were any.
    fn stage(&mut self) -> bool {
        while self.staged.len() < PIECE {
            let position = self.events.next_position();
            let before_event = position.map_or(u64::MAX, |position| position - self.replies_staged);
            let count = self.replies.len().min(usize::try_from(before_event).unwrap_or(usize::MAX));
            if count == 0 {
                let Some(event) = self.events.pop() else { break };
                self.staged.append(&self.style.applied(event.text()));
            } else if count == self.replies.len() && self.staged.len() == 0 {
                std::mem::swap(&mut self.staged, &mut self.replies);
                self.replies_staged += count as u64;
            } else if count >= PIECE && self.staged.len() > 0 {
                break; // to be staged without a copy
            } else {
                let count = count.min(PIECE);
                self.staged.append(&self.replies.as_slice()[..count]);
                self.replies.take(count);
                self.replies_staged += count as u64;
            }
        }
        self.drops_events &= self.events.len() > 0;
        self.staged.len() > 0
    }

    /// Frees the memory that is not used, if it has more than `kept` bytes.
    pub(super) fn shrink(&mut self, kept: usize) {
        self.staged.shrink(kept);
        self.replies.shrink(0);
    }

    /// Drops all messages, those that wait and all further ones.
    pub(super) fn close(&mut self) {
        let (flusher_active, counted) = (self.flusher_active, self.counted);
        *self = Self { closed: true, flusher_active, counted, ..Self::default() };
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone)]
    enum Step {
        Reply(usize),
        Event(usize),
        /// The socket accepts so many bytes.
        Accept(usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        let size = || prop_oneof![9 => 1..100_usize, 1 => 10_000..40_000_usize];
        prop_oneof![
            size().prop_map(Step::Reply),
            size().prop_map(Step::Event),
            prop_oneof![4 => 0..200_usize, 1 => 10_000..60_000_usize].prop_map(Step::Accept),
        ]
    }

    /// Returns a line that begins with the kind and number of the message, padded to `size`.
    fn line(kind: char, number: usize, size: usize) -> String {
        format!("{kind}{number}{}\n", ".".repeat(size))
    }

    fn accept(output: &mut OutputBuffer, mut room: usize, sent: &mut Vec<u8>) -> usize {
        let remaining = output.flush(|bytes| {
            let count = bytes.len().min(room);
            room -= count;
            sent.extend_from_slice(&bytes[..count]);
            if count == 0 { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(count) }
        });
        remaining.expect("it is not closed")
    }

    fn deliver(steps: &[Step], limits: &EventQueueLimits) -> (Vec<String>, String, u64) {
        let (mut output, mut sent) = (OutputBuffer::default(), Vec::new());
        let (mut pushed, mut dropped_events) = (Vec::new(), 0);
        for (number, step) in steps.iter().enumerate() {
            match *step {
                Step::Reply(size) => {
                    pushed.push(line('R', number, size));
                    output.push_reply(&mut pushed[pushed.len() - 1].clone().into_bytes());
                }
                Step::Event(size) => {
                    pushed.push(line('E', number, size));
                    let event = EventMessage::of_text(pushed[pushed.len() - 1].as_str(), None);
                    match output.push_event(&event, limits) {
                        Pushed::Queued { dropped, .. } => dropped_events += dropped,
                        Pushed::Full => panic!("the oldest is dropped instead"),
                    }
                }
                Step::Accept(room) => {
                    let remaining = accept(&mut output, room, &mut sent);
                    assert_eq!(remaining, output.len());
                }
            }
        }
        assert_eq!(accept(&mut output, usize::MAX, &mut sent), 0);
        (pushed, String::from_utf8(sent).expect("ASCII"), dropped_events)
    }

    proptest! {
        #[test]
        fn all_messages_are_sent_in_their_order(steps in vec(step(), 0..200)) {
            let (pushed, sent, dropped) = deliver(&steps, &EventQueueLimits::default());
            prop_assert_eq!(dropped, 0);
            prop_assert_eq!(sent, pushed.concat());
        }

        #[test]
        fn only_whole_events_are_dropped_and_counted(steps in vec(step(), 0..200)) {
            let (pushed, sent, dropped) = deliver(&steps, &EventQueueLimits::default().events(5));
            let mut missing = 0;
            let mut lines = sent.split_inclusive('\n').peekable();
            for message in &pushed {
                if lines.next_if(|line| line == message).is_none() {
                    prop_assert!(message.starts_with('E'), "a reply is missing: {}", &message[..8.min(message.len())]);
                    missing += 1;
                }
            }
            prop_assert_eq!((missing, lines.next()), (dropped, None));
        }
    }

    #[test]
    fn a_large_reply_is_in_memory_once() {
        let (mut output, mut sent) = (OutputBuffer::default(), Vec::new());
        let mut reply = vec![b'x'; 3 << 20];
        let address = reply.as_ptr();
        output.push_event(&EventMessage::of_text("E\n", None), &EventQueueLimits::default());
        output.push_reply(&mut reply);
        assert_eq!(accept(&mut output, 2, &mut sent), 3 << 20);
        assert_eq!(output.staged.as_slice().as_ptr(), address, "it was not copied");
        assert_eq!(accept(&mut output, usize::MAX, &mut sent), 0);
        assert_eq!(sent.len(), (3 << 20) + 2);
    }
}

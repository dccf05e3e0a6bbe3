//! Looks at the messages of a session in their order, and finds the next request to be executed.

use std::os::fd::OwnedFd;
use std::time::Instant;

use super::request_decoder::StoredMessage;
use super::{Input, Session, message_of};
use crate::server::connections::RegisteredSession;

/// How many in-band requests may wait while one runs, if the client has enabled out-of-band execution. QEMU's limit.
const QUEUE: usize = 8;

/// A message that waits, with the descriptors that arrived with it.
pub(super) struct QueuedMessage {
    message: Result<StoredMessage, String>,
    position: u64,
    fds: Option<Vec<OwnedFd>>,
}

impl Session {
    /// Returns whether the next message may be looked at.
    pub(super) fn may_proceed(&self) -> bool {
        let RegisteredSession { shared, server, .. } = &*self.registered;
        let has_room = || self.dialogue.is_oob() && self.queue.len() < QUEUE && !self.queue_is_large();
        !server.is_stopped() && !self.is_output_full() && (!shared.in_band_runs() || has_room())
    }

    /// Returns when the next message may be looked at, if the session's rate of commands makes it wait.
    pub(in crate::server) fn delayed_until(&self) -> Option<Instant> {
        self.budget.as_ref()?.ready_at(Instant::now)
    }

    /// Returns whether the requests that wait are together as long as a single one may be.
    fn queue_is_large(&self) -> bool {
        let lengths = self.queue.iter().map(|queued| queued.message.as_ref().map_or(0, StoredMessage::len));
        lengths.sum::<usize>() >= self.protocol.limits.messages.bytes
    }

    /// Looks at messages until one is a request to be executed. The others are answered.
    pub(super) fn find(&mut self) {
        let mut has_seen_all = false;
        while self.found.is_none() && self.may_proceed() && self.delayed_until().is_none() {
            let in_band_runs = self.registered.shared.in_band_runs();
            if !in_band_runs && let Some(queued) = self.queue.pop_front() {
                self.execute_queued(queued);
                continue;
            }
            let Some((found, position)) = self.next_message() else {
                self.deadlines.looked(self.decoder.is_partial(), self.dialogue.has_hidden_errors());
                has_seen_all = true;
                break;
            };
            self.deadlines.message_ended();
            let fds = self.fds_before(position);
            if in_band_runs && !(found.is_ok() && self.dialogue.is_oob_request(self.decoder.message())) {
                let message = found.map(|()| self.decoder.store());
                self.queue.push_back(QueuedMessage { message, position, fds });
                continue;
            }
            self.from_queue = None;
            self.execute(found, position, fds);
        }
        self.is_behind = self.found.is_none() && !has_seen_all;
    }

    /// Goes to the next message of the stream, or to an error in it.
    fn next_message(&mut self) -> Option<(Result<(), String>, u64)> {
        let frame = self.decoder.next().or_else(|| {
            // Of the descriptors that precede the end of the next message, the last ones count.
            if self.arrived_fds.len() > 1 {
                self.arrived_fds.drain(..self.arrived_fds.len() - 1);
            }
            if self.input != Input::Ended {
                return None;
            }
            self.input = Input::Exhausted;
            let last = self.decoder.finish();
            if last.is_none() {
                self.report_hidden_errors();
            }
            last
        })?;
        Some((frame.found, frame.position))
    }

    /// Returns the last descriptors that arrived before a position of the stream.
    fn fds_before(&mut self, position: u64) -> Option<Vec<OwnedFd>> {
        let mut last = None;
        while self.arrived_fds.front().is_some_and(|(arrived, _)| *arrived < position) {
            last = self.arrived_fds.pop_front().map(|(_, fds)| fds);
        }
        last
    }

    fn execute_queued(&mut self, queued: QueuedMessage) {
        let QueuedMessage { message, position, fds } = queued;
        let found = message.map(|message| self.from_queue = Some(message));
        self.execute(found, position, fds);
    }

    /// Executes a message as far as that takes no handler.
    fn execute(&mut self, found: Result<(), String>, position: u64, fds: Option<Vec<OwnedFd>>) {
        if let Some(fds) = fds {
            self.registered.shared.replace_fds(fds);
        }
        let was_negotiated = self.dialogue.is_negotiated();
        let Self { protocol, registered, dialogue, decoder, from_queue, reply, budget, .. } = self;
        registered.server.counters.messages.add(1);
        if let Some(budget) = budget
            && budget.take(Instant::now())
        {
            registered.server.counters.delayed.add(1);
        }
        match found {
            Err(description) => dialogue.malformed(position, description, reply),
            Ok(()) => {
                let message = message_of(from_queue.as_ref(), decoder);
                let observer = registered.shared.observer();
                self.found =
                    dialogue.message(protocol, &registered.server.permissions, observer, message, position, reply);
                if self.found.is_some() {
                    return;
                }
            }
        }
        self.waiting = match self.dialogue.is_negotiated() == was_negotiated {
            true => self.registered.shared.push_reply(self.reply.bytes_mut()),
            false => {
                self.decoder.set_limits(self.protocol.limits.messages);
                self.registered.shared.push_reply_before_events(self.reply.bytes_mut())
            }
        };
    }
}

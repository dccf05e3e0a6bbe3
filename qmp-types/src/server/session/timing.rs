//! What a session has to do at a certain time, and its end.

use std::time::{Duration, Instant};

use super::deadlines::{Due, IDLE, Status};
use super::{Input, Session};

impl Session {
    /// Returns when to call [`on_deadline`](Self::on_deadline), if something has to be done at a certain time. The time may
    /// change with every other call.
    #[must_use]
    pub fn deadline(&mut self) -> Option<Instant> {
        let stop = self.registered.server.shutdown.deadline();
        if self.is_finished() {
            return stop;
        }
        let own = if self.deadlines.is_empty() { None } else { self.deadlines.next(self.status()) };
        let events = self.registered.server.event_deadline();
        earliest(earliest(own, stop), earliest(self.delayed_until(), events))
    }

    /// Does what is due: disconnects a client that has exceeded one of the server's [`Timeouts`], or all clients at the end
    /// of the [grace period](crate::Server::grace) of a server that was stopped; tells a client of the mistakes that were not
    /// reported one by one; sends events to all clients that were kept because of their [rate](crate::Server::rate_limit).
    /// Nothing happens before the [`deadline`](Self::deadline).
    ///
    /// [`Timeouts`]: crate::server::Timeouts
    pub fn on_deadline(&mut self, now: Instant) {
        self.registered.server.send_kept_events(now);
        if self.registered.server.shutdown.deadline().is_some_and(|deadline| deadline <= now) {
            return self.close();
        }
        match self.deadlines.due(self.status(), now) {
            None => {}
            Some(Due::Errors) => self.report_hidden_errors(),
            Some(Due::Disconnection(why)) => self.disconnect(why),
        }
    }

    /// Returns how long to wait for input, if the client may be idle for a limited time and nothing else is due before. It is
    /// for drivers that are woken when the server is being stopped.
    pub(in crate::server) fn idle_limit(&self) -> Option<Duration> {
        let limit = self.deadlines.idle_limit(self.dialogue.is_negotiated())?;
        let may_wait = self.budget.is_none() && !self.is_finished();
        may_wait.then_some(limit)
    }

    /// Disconnects the client, which was idle for too long.
    pub(in crate::server) fn end_idleness(&mut self) {
        self.disconnect(IDLE);
    }

    fn disconnect(&mut self, why: &str) {
        tracing::info!(why, "disconnecting a client");
        self.close();
    }

    /// Ends the session: no further request is executed.
    pub(super) fn close(&mut self) {
        self.input = Input::Exhausted;
        self.queue.clear();
        self.found = None;
        self.decoder.clear();
        self.registered.shared.close();
    }

    pub(super) fn status(&self) -> Status {
        let is_busy = self.found.is_some() || !self.queue.is_empty() || self.registered.shared.any_runs();
        Status { is_negotiated: self.dialogue.is_negotiated(), is_busy }
    }

    /// Tells the client how many errors were not reported.
    pub(super) fn report_hidden_errors(&mut self) {
        self.dialogue.report_hidden_errors(&mut self.reply);
        self.waiting = self.registered.shared.push_reply(self.reply.bytes_mut());
    }
}

/// Returns the earlier of two times.
fn earliest(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

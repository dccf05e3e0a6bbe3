//! What a session reports, and to whom.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::Span;
use tracing::field::{Empty, display};

use super::completed_command::{CommandOutcome, CompletedCommand, Observers};
use super::counters::CounterCells;
use crate::transport::Peer;
use crate::wire_log::{Direction, WireLog};

/// The number of a session, and those that it reports to: the server's counters, the author's hooks, `tracing`.
#[derive(Debug)]
pub(in crate::server) struct SessionObserver {
    number: u64,
    peer: Option<Peer>,
    pub(in crate::server) counters: Arc<CounterCells>,
    observers: Observers,
    wire_log: Option<WireLog>,
    span: Span,
}

/// A command that runs, if anybody observes it.
#[derive(Debug)]
pub(in crate::server) struct ObservedCommand(Option<Box<Observed>>);

#[derive(Debug)]
struct Observed {
    command: String,
    id: Option<String>,
    oob: bool,
    span: Span,
    started: Instant,
}

/// A command of a session, for its observers.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Invoked<'a> {
    pub(in crate::server) command: &'a str,
    /// The request's id, as the client wrote it.
    pub(in crate::server) id: Option<&'a [u8]>,
    pub(in crate::server) oob: bool,
}

impl SessionObserver {
    /// Numbers a session and counts it as open.
    pub(in crate::server) fn new(counters: &Arc<CounterCells>, observers: &Observers, peer: Option<Peer>) -> Self {
        let number = counters.sessions.add(1) + 1;
        counters.sessions_open.add(1);
        let span = tracing::debug_span!(target: "qmp", "qmp_session", session = number, pid = Empty, uid = Empty);
        if let Some(peer) = peer.filter(|_| !span.is_disabled()) {
            span.record("pid", peer.pid).record("uid", peer.uid);
        }
        let wire_log = observers.wire_log.as_ref().and_then(|open| open(number, peer));
        Self { number, peer, counters: Arc::clone(counters), observers: observers.clone(), wire_log, span }
    }

    pub(in crate::server) fn number(&self) -> u64 {
        self.number
    }

    pub(in crate::server) fn peer(&self) -> Option<Peer> {
        self.peer
    }

    /// Takes note of received bytes.
    #[inline]
    pub(in crate::server) fn received(&self, bytes: &[u8], fds: usize) {
        self.counters.bytes_received.add(bytes.len() as u64);
        if let Some(log) = &self.wire_log {
            log.record(self.number, Direction::FromClient, bytes, fds);
        }
    }

    /// Takes note of sent bytes.
    #[inline]
    pub(in crate::server) fn sent(&self, bytes: &[u8]) {
        self.counters.bytes_sent.add(bytes.len() as u64);
        if let Some(log) = &self.wire_log {
            log.record(self.number, Direction::FromServer, bytes, 0);
        }
    }

    /// Returns whether anybody observes commands.
    #[inline]
    pub(in crate::server) fn observes_commands(&self) -> bool {
        tracing::enabled!(target: "qmp", tracing::Level::DEBUG) || self.observers.on_command.is_some()
    }

    /// Begins to observe a command whose handler is called now, if anybody does: a span opens.
    #[inline]
    pub(in crate::server) fn begin<'a>(
        &self,
        invoked: impl FnOnce() -> Invoked<'a>,
        arguments: &str,
    ) -> ObservedCommand {
        ObservedCommand(self.observes_commands().then(|| Box::new(self.observe(invoked(), arguments))))
    }

    #[cold]
    fn observe(&self, invoked: Invoked<'_>, arguments: &str) -> Observed {
        let Invoked { command, id, oob } = invoked;
        let id = id.map(|id| String::from_utf8_lossy(id).into_owned());
        let span = tracing::debug_span!(
            target: "qmp", parent: &self.span, "qmp_command",
            command, id, oob, arguments = Empty, outcome = Empty, duration_us = Empty,
        );
        if !span.is_disabled()
            && let Some(arguments) = self.observers.redacted(command, arguments)
        {
            span.record("arguments", arguments);
        }
        Observed { command: command.to_owned(), id, oob, span, started: Instant::now() }
    }

    /// Reports the end of a command.
    #[inline]
    pub(in crate::server) fn end(&self, command: ObservedCommand, outcome: CommandOutcome<'_>) {
        if let Some(observed) = command.0 {
            self.report(&observed, observed.started.elapsed(), outcome);
        }
    }

    /// Reports a command that no handler has executed: it is built in, or was refused.
    pub(in crate::server) fn answered(&self, invoked: Invoked<'_>, outcome: CommandOutcome<'_>) {
        self.report(&self.observe(invoked, "{}"), Duration::ZERO, outcome);
    }

    #[cold]
    fn report(&self, observed: &Observed, duration: Duration, outcome: CommandOutcome<'_>) {
        let Observed { command, id, oob, span, .. } = observed;
        match outcome {
            CommandOutcome::Returned => span.record("outcome", "returned"),
            CommandOutcome::Failed(error) => span.record("outcome", display(error)),
        };
        span.record("duration_us", duration.as_micros() as u64);
        let session = self.number;
        self.observers.completed(&CompletedCommand {
            command,
            id: id.as_deref(),
            session,
            oob: *oob,
            duration,
            outcome,
        });
    }
}

impl ObservedCommand {
    /// Calls a handler within the command's span.
    #[inline]
    pub(in crate::server) fn in_span<T>(&self, call: impl FnOnce() -> T) -> T {
        match &self.0 {
            None => call(),
            Some(observed) => observed.span.in_scope(call),
        }
    }

    /// Returns the span, for a handler that is a future.
    pub(in crate::server) fn span(&self) -> Span {
        self.0.as_ref().map_or_else(Span::none, |observed| observed.span.clone())
    }
}

impl Drop for SessionObserver {
    fn drop(&mut self) {
        self.counters.sessions_open.subtract(1);
    }
}

//! What a session does at a certain time.

use std::time::{Duration, Instant};

use crate::server::timeouts::Timeouts;

/// The input has paused once a client has sent nothing for this long.
const PAUSE: Duration = Duration::from_millis(250);

/// Why a client is disconnected that has exceeded the limit of idleness.
pub(super) const IDLE: &str = "it was idle for too long";

/// When a session does what.
#[derive(Debug)]
pub(super) struct Deadlines {
    /// When a client is told of the errors that were not reported, if there are any.
    pause: Option<Instant>,
    /// The times at which a client is disconnected, if the server sets any.
    timers: Option<Box<Timers>>,
}

#[derive(Debug)]
struct Timers {
    timeouts: Timeouts,
    connected: Instant,
    /// When the session has begun to wait: the client had sent something, or a command had ended.
    active: Instant,
    /// The client has sent something or a command has ended since.
    was_active: bool,
    /// When the message began that is incomplete.
    message: Option<Instant>,
    /// Whether a command ran when it was last looked.
    ran: bool,
}

/// What a session knows of itself when it asks for its deadline.
#[derive(Debug, Clone, Copy)]
pub(super) struct Status {
    pub(super) is_negotiated: bool,
    /// A command runs, or a request waits.
    pub(super) is_busy: bool,
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// The errors that were not reported.
    Errors,
    /// The end of the connection, for this reason.
    Disconnection(&'static str),
}

impl Deadlines {
    pub(super) fn new(timeouts: Timeouts) -> Self {
        let timers = (timeouts != Timeouts::default()).then(|| {
            let now = Instant::now();
            Box::new(Timers { timeouts, connected: now, active: now, was_active: false, message: None, ran: false })
        });
        Self { pause: None, timers }
    }

    /// Notes that bytes were received.
    pub(super) fn received(&mut self) {
        if self.pause.is_some() {
            self.pause = Some(Instant::now() + PAUSE);
        }
        self.command_ended();
    }

    /// Notes that a command has ended. What time it is only matters once the session waits.
    pub(super) fn command_ended(&mut self) {
        if let Some(timers) = &mut self.timers {
            timers.was_active = true;
        }
    }

    /// Notes whether the bytes that are left are a part of a message, and whether there are errors that were not reported.
    pub(super) fn looked(&mut self, is_partial: bool, has_hidden_errors: bool) {
        match (has_hidden_errors, self.pause) {
            (true, None) => self.pause = Some(Instant::now() + PAUSE),
            (false, Some(_)) => self.pause = None,
            _ => {}
        }
        if let Some(timers) = &mut self.timers {
            timers.message = is_partial.then(|| timers.message.unwrap_or_else(Instant::now));
        }
    }

    /// Notes that a message has ended.
    pub(super) fn message_ended(&mut self) {
        if let Some(timers) = &mut self.timers {
            timers.message = None;
        }
    }

    /// Returns whether nothing is ever due, unless more is received.
    pub(super) fn is_empty(&self) -> bool {
        self.pause.is_none() && self.timers.is_none()
    }

    /// Returns the limit of idleness, if it begins now and nothing else is due before. That takes no look at the clock.
    pub(super) fn idle_limit(&self, is_negotiated: bool) -> Option<Duration> {
        let Timers { timeouts, message, was_active, .. } = &**self.timers.as_ref()?;
        let is_all = self.pause.is_none()
            && message.is_none()
            && timeouts.connection.is_none()
            && (is_negotiated || timeouts.negotiation.is_none());
        if is_all && *was_active { timeouts.idle } else { None }
    }

    /// Returns the earliest time at which something is due.
    pub(super) fn next(&mut self, status: Status) -> Option<Instant> {
        let mut next = self.pause;
        self.each(status, |at, _| next = Some(next.map_or(at, |next| next.min(at))));
        next
    }

    /// Returns what is due at this time.
    pub(super) fn due(&mut self, status: Status, now: Instant) -> Option<Due> {
        let mut due = None;
        self.each(status, |at, why| due = due.or((at <= now).then_some(Due::Disconnection(why))));
        due.or_else(|| self.pause.take_if(|at| *at <= now).map(|_| Due::Errors))
    }

    /// Visits the times at which the client is to be disconnected, and why.
    #[inline]
    fn each(&mut self, status: Status, mut visit: impl FnMut(Instant, &'static str)) {
        let Some(timers) = &mut self.timers else { return };
        if (timers.ran || timers.was_active) && !status.is_busy {
            timers.active = Instant::now();
            timers.was_active = false;
        }
        timers.ran = status.is_busy;
        let Timers { timeouts, connected, active, message, .. } = **timers;
        let mut limit = |from: Option<Instant>, limit: Option<Duration>, why| {
            if let (Some(from), Some(limit)) = (from, limit)
                && let Some(at) = from.checked_add(limit)
            {
                visit(at, why);
            }
        };
        limit(Some(connected), timeouts.connection, "it was connected for as long as it may be");
        limit((!status.is_negotiated).then_some(connected), timeouts.negotiation, "it did not negotiate in time");
        limit((!status.is_busy).then_some(active), timeouts.idle, IDLE);
        limit(message, timeouts.message, "its message did not end in time");
    }
}

//! What a session does at a certain time.

use std::time::{Duration, Instant};

use crate::server::timeouts::Timeouts;

/// The input has paused once a client has sent nothing for this long.
const PAUSE: Duration = Duration::from_millis(250);

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
    /// When the client has sent something, or a command has ended.
    active: Instant,
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
            Box::new(Timers { timeouts, connected: now, active: now, message: None, ran: false })
        });
        Self { pause: None, timers }
    }

    /// Notes that bytes were received.
    pub(super) fn received(&mut self) {
        if self.pause.is_some() {
            self.pause = Some(Instant::now() + PAUSE);
        }
        if let Some(timers) = &mut self.timers {
            timers.active = Instant::now();
        }
    }

    /// Notes that a command has ended.
    pub(super) fn command_ended(&mut self) {
        if let Some(timers) = &mut self.timers {
            timers.active = Instant::now();
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
            timers.message = is_partial.then(|| timers.message.unwrap_or(timers.active));
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

    /// Returns the earliest time at which something is due.
    pub(super) fn next(&mut self, status: Status) -> Option<Instant> {
        let pause = self.pause.map(|at| (at, Due::Errors));
        self.all(status).into_iter().flatten().chain(pause).map(|(at, _)| at).min()
    }

    /// Returns what is due at this time.
    pub(super) fn due(&mut self, status: Status, now: Instant) -> Option<Due> {
        if let Some(&(_, due)) = self.all(status).iter().flatten().find(|(at, _)| *at <= now) {
            return Some(due);
        }
        self.pause.take_if(|at| *at <= now).map(|_| Due::Errors)
    }

    fn all(&mut self, status: Status) -> [Option<(Instant, Due)>; 4] {
        let Some(timers) = &mut self.timers else { return [None; 4] };
        if timers.ran && !status.is_busy {
            timers.active = Instant::now();
        }
        timers.ran = status.is_busy;
        let Timers { timeouts, connected, active, message, .. } = **timers;
        let at = |from: Option<Instant>, limit: Option<Duration>, why| {
            Some((from?.checked_add(limit?)?, Due::Disconnection(why)))
        };
        [
            at(Some(connected), timeouts.connection, "it was connected for as long as it may be"),
            at((!status.is_negotiated).then_some(connected), timeouts.negotiation, "it did not negotiate in time"),
            at((!status.is_busy).then_some(active), timeouts.idle, "it was idle for too long"),
            at(message, timeouts.message, "its message did not end in time"),
        ]
    }
}

//! The end of the time for connecting.

use std::time::{Duration, Instant};

use crate::Error;

/// How long a server may be silent before it is probed. QEMU greets at once, unless another client is connected.
const PATIENCE: Duration = Duration::from_secs(2);

/// The one time limit for all steps of connecting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    limit: Duration,
    /// `None` if the limit is too long for the clock.
    end: Option<Instant>,
}

impl Deadline {
    /// Starts the time.
    pub(super) fn after(limit: Duration) -> Self {
        Self { limit, end: Instant::now().checked_add(limit) }
    }

    /// Returns the whole time, for error messages.
    pub(super) fn limit(self) -> Duration {
        self.limit
    }

    pub(super) fn remaining(self) -> Duration {
        self.end.map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()))
    }

    pub(super) fn is_over(self) -> bool {
        self.remaining().is_zero()
    }

    /// Returns how long to wait for the greeting before the peer is probed. Some time remains for its answer.
    pub(super) fn before_probe(self) -> Duration {
        PATIENCE.min(self.remaining() / 4 * 3)
    }

    /// Returns the error of a wait for the greeting, with the likely causes if it timed out.
    pub(super) fn explain_greeting(self, error: Error) -> Error {
        match error.is_timeout() {
            true => Error::timed_out(format!(
                "the greeting: none within {:?}; another client may be connected to the server, or the peer may be a \
                 guest agent; help: connect to an agent with `connect_guest_agent`",
                self.limit
            )),
            false => error,
        }
    }

    /// Returns the error of the handshake's command, with the whole time instead of the last step's if it timed out.
    pub(super) fn explain(self, error: Error, command: &str) -> Error {
        match error.is_timeout() {
            true => Error::timed_out(format!("the reply to `{command}`: none within {:?}", self.limit))
                .in_call(command, error.id()),
            false => error,
        }
    }
}

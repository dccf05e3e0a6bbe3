//! When and how to connect again.

use std::time::{Duration, Instant};

use crate::client::ClientOptions;
use crate::client::deadline::Deadline;
use crate::transport::{Address, Backoff};
use crate::{Error, Result};

/// How a client connects again when the connection is lost.
///
/// ```
/// use std::time::Duration;
/// use qmp_types::ClientOptions;
/// use qmp_types::client::ReconnectPolicy;
///
/// let policy = ReconnectPolicy::new()
///     .options(ClientOptions::new().enable_oob())
///     .pauses(Duration::from_millis(10), Duration::from_secs(1))
///     .give_up_after(Duration::from_secs(10));
/// ```
#[derive(Debug, Clone)]
pub struct ReconnectPolicy {
    pub(super) options: ClientOptions,
    first: Duration,
    longest: Duration,
    give_up_after: Duration,
}

impl ReconnectPolicy {
    /// Creates the default policy.
    #[must_use]
    pub fn new() -> Self {
        Self {
            options: ClientOptions::new(),
            first: Duration::from_millis(50),
            longest: Duration::from_secs(5),
            give_up_after: Duration::from_secs(30),
        }
    }

    /// Sets the options of every connection. Default: those of [`ClientOptions::new`].
    #[must_use]
    pub fn options(self, options: ClientOptions) -> Self {
        Self { options, ..self }
    }

    /// Sets the pauses between attempts to connect: the first one, and the longest one. Each is twice as long as the one
    /// before. Default: 50 ms and 5 s.
    #[must_use]
    pub fn pauses(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// Sets how long to try to connect again before the calls that wait for it fail. The next call tries again. Default:
    /// 30 s.
    #[must_use]
    pub fn give_up_after(self, limit: Duration) -> Self {
        Self { give_up_after: limit, ..self }
    }

    /// Starts the time for connecting again, which a caller may limit further.
    pub(super) fn deadline(&self, limit: Option<Duration>) -> Deadline {
        Deadline::after(limit.map_or(self.give_up_after, |limit| limit.min(self.give_up_after)))
    }

    /// Begins to connect again.
    pub(super) fn begin(&self, deadline: Deadline) -> Attempts {
        let backoff = Backoff::new(self.first, self.longest);
        Attempts { options: self.options.clone().connect_once(), backoff, start: Instant::now(), deadline }
    }
}

impl Default for ReconnectPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// The attempts to connect after a loss.
#[derive(Debug)]
pub(super) struct Attempts {
    options: ClientOptions,
    backoff: Backoff,
    start: Instant,
    deadline: Deadline,
}

impl Attempts {
    /// Returns the options of the next attempt.
    pub(super) fn options(&self) -> ClientOptions {
        self.options.clone().connect_timeout_at_most(self.deadline.remaining())
    }

    /// Returns how long to pause after a failed attempt.
    ///
    /// # Errors
    /// If it was the last one: the time is over, or the peer is not a server of QMP.
    pub(super) fn pause_after(&mut self, error: Error) -> Result<Duration> {
        let remaining = self.deadline.remaining();
        if error.is_protocol() {
            return Err(error);
        }
        if remaining.is_zero() {
            let limit = self.deadline.limit();
            return Err(Error::timed_out(format!(
                "a new connection: none within {limit:?}; the last attempt: {error}"
            )));
        }
        tracing::debug!(%error, "cannot connect again yet");
        Ok(self.backoff.pause().min(remaining))
    }

    /// Returns the time since the loss was noticed.
    pub(super) fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// Returns the error for a caller for which another one has tried to connect in vain.
pub(super) fn not_connected(address: &Address, deadline: Deadline) -> Error {
    Error::timed_out(format!("a new connection to {address}: none within {:?}", deadline.limit()))
}

/// A connection, and its number among those of a client.
#[derive(Debug, Clone)]
pub(super) struct Numbered<C> {
    pub(super) client: C,
    pub(super) number: u64,
    /// The time between the loss of the connection before it and this one.
    pub(super) outage: Duration,
}

impl<C> Numbered<C> {
    pub(super) fn first(client: C) -> Self {
        Self { client, number: 1, outage: Duration::ZERO }
    }

    /// Creates the next connection, after the attempts.
    pub(super) fn next(&self, client: C, attempts: &Attempts) -> Self {
        let outage = attempts.elapsed();
        tracing::info!(?outage, "connected again");
        Self { client, number: self.number + 1, outage }
    }
}

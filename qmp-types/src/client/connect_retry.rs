//! Connecting to a server that may be starting.

use std::io;
use std::time::{Duration, Instant};

use crate::transport::Address;
use crate::{Error, Result};

/// Decides whether to try again after a failed attempt to connect.
#[derive(Debug)]
pub(super) struct ConnectRetry<'a> {
    address: &'a Address,
    limit: Duration,
    start: Instant,
}

impl<'a> ConnectRetry<'a> {
    pub(super) fn new(address: &'a Address, limit: Duration) -> Self {
        Self { address, limit, start: Instant::now() }
    }

    /// Returns how long to pause before the next attempt.
    ///
    /// # Errors
    /// If another attempt cannot help, or the time limit has passed.
    pub(super) fn pause_after(&self, error: io::Error) -> Result<Duration> {
        let may_be_starting = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused | io::ErrorKind::WouldBlock
        );
        let (address, limit) = (self.address, self.limit);
        if !may_be_starting || limit.is_zero() {
            return Err(io::Error::new(error.kind(), format!("{address}: {error}")).into());
        }
        if self.start.elapsed() >= limit {
            return Err(Error::timed_out(format!(
                "a server that listens on {address}: none within {limit:?} ({error})"
            )));
        }
        Ok(Duration::from_millis(5))
    }
}

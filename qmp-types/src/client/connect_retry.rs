//! Connecting to a server that may be starting.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Error, Result};

/// Decides whether to try again after a failed attempt to connect.
#[derive(Debug)]
pub(super) struct ConnectRetry<'a> {
    path: &'a Path,
    limit: Duration,
    start: Instant,
}

impl<'a> ConnectRetry<'a> {
    pub(super) fn new(path: &'a Path, limit: Duration) -> Self {
        Self { path, limit, start: Instant::now() }
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
        let (path, limit) = (self.path.display(), self.limit);
        if !may_be_starting || limit.is_zero() {
            return Err(io::Error::new(error.kind(), format!("{path}: {error}")).into());
        }
        if self.start.elapsed() >= limit {
            return Err(Error::timed_out(format!("a server that listens on {path}: none within {limit:?} ({error})")));
        }
        Ok(Duration::from_millis(5))
    }
}

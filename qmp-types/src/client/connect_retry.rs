//! Connecting to a server that may be on its way up.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::Error;

/// ConnectRetry to connect, until the time is over.
#[derive(Debug)]
pub(crate) struct ConnectRetry<'a> {
    path: &'a Path,
    limit: Duration,
    start: Instant,
}

impl<'a> ConnectRetry<'a> {
    pub(crate) fn new(path: &'a Path, limit: Duration) -> Self {
        Self { path, limit, start: Instant::now() }
    }

    /// How long to pause before the next attempt, after one that failed like this.
    ///
    /// # Errors
    /// If another one is of no use, or the time is over.
    pub(crate) fn pause_after(&self, error: io::Error) -> Result<Duration, Error> {
        let not_yet = matches!(
            error.kind(),
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused | io::ErrorKind::WouldBlock
        );
        let (path, limit) = (self.path.display(), self.limit);
        if !not_yet || limit.is_zero() {
            return Err(io::Error::new(error.kind(), format!("{path}: {error}")).into());
        }
        if self.start.elapsed() >= limit {
            return Err(Error::timed_out(format!("a server that listens at {path}: none within {limit:?} ({error})")));
        }
        Ok(Duration::from_millis(5))
    }
}

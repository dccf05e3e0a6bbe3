//! The timestamp of an event.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time of an event, by the server's wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01 00:00 UTC; -1 if the server does not know the time.
    pub seconds: i64,
    /// Microseconds of the second; -1 if the server does not know the time.
    pub microseconds: i64,
}

impl Timestamp {
    /// The timestamp of a server that does not know the time.
    pub const UNKNOWN: Self = Self { seconds: -1, microseconds: -1 };

    /// Returns the current time; [`UNKNOWN`](Self::UNKNOWN) if the system's clock is before 1970.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(Self::UNKNOWN, |since| Self {
            seconds: since.as_secs().try_into().unwrap_or(i64::MAX),
            microseconds: since.subsec_micros().into(),
        })
    }

    /// Converts to the standard library's type. Returns `None` if the time is not known.
    #[must_use]
    pub fn system_time(self) -> Option<SystemTime> {
        let seconds = Duration::from_secs(self.seconds.try_into().ok()?);
        let microseconds = Duration::from_micros(self.microseconds.try_into().ok()?);
        UNIX_EPOCH.checked_add(seconds)?.checked_add(microseconds)
    }
}

/// Formats the timestamp as `SECONDS.MICROSECONDS`, as QEMU's log does, or `unknown`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.system_time() {
            Some(_) => write!(f, "{}.{:06}", self.seconds, self.microseconds),
            None => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_and_unknown() {
        let stamp = Timestamp { seconds: 12, microseconds: 34 };
        assert_eq!(stamp.to_string(), "12.000034");
        assert_eq!(stamp.system_time(), Some(UNIX_EPOCH + Duration::from_micros(12_000_034)));
        assert_eq!(Timestamp::UNKNOWN.to_string(), "unknown");
        assert!(Timestamp::now().seconds > 1_600_000_000);
    }
}

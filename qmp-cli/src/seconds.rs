//! Time limits on the command line.

use std::time::Duration;

/// Parses a time limit in seconds.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);
    let limit = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let limit = limit.filter(|limit| !limit.is_zero() && *limit <= DAY);
    limit.ok_or_else(|| "expected a number of seconds, greater than 0 and at most a day".to_owned())
}

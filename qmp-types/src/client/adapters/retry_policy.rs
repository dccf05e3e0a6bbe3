//! Which commands are executed again, how often and when.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::transport::Backoff;
use crate::{Error, ErrorClass};

/// Which commands a [`Retry`](super::Retry) executes again, how often and when.
///
/// ```
/// use std::time::Duration;
/// use qmp_types::client::RetryPolicy;
///
/// // At most 5 executions, with pauses of 0.1, 0.2, 0.4 and 0.8 s, while the device is not active.
/// let policy = RetryPolicy::new(5).pause(Duration::from_millis(100)).when(|error| error.is_device_not_active());
/// ```
#[derive(Clone)]
pub struct RetryPolicy {
    executions: u32,
    pause: Duration,
    longest: Duration,
    when: Arc<dyn Fn(&Error) -> bool + Send + Sync>,
}

impl RetryPolicy {
    /// Creates a policy with a maximum number of executions, the first one included.
    #[must_use]
    pub fn new(executions: u32) -> Self {
        Self {
            executions,
            pause: Duration::from_millis(100),
            longest: Duration::from_secs(5),
            when: Arc::new(is_refused),
        }
    }

    /// Sets how long to wait before the second execution. Each further pause is twice as long. Default: 0.1 s.
    #[must_use]
    pub fn pause(self, first: Duration) -> Self {
        Self { pause: first, ..self }
    }

    /// Sets the longest pause. Default: 5 s.
    #[must_use]
    pub fn longest_pause(self, longest: Duration) -> Self {
        Self { longest, ..self }
    }

    /// Sets the errors after which the command is executed again. Default: errors that the server has answered with,
    /// except `CommandNotFound`. After a timeout or a closed connection, the command may have been executed:
    /// [`Error::may_have_been_executed`] knows.
    #[must_use]
    pub fn when(self, matches: impl Fn(&Error) -> bool + Send + Sync + 'static) -> Self {
        Self { when: Arc::new(matches), ..self }
    }

    /// Begins the executions of a command.
    pub(super) fn begin(&self) -> Executions<'_> {
        Executions { policy: self, left: self.executions, backoff: Backoff::new(self.pause, self.longest) }
    }
}

/// The executions of one command.
pub(super) struct Executions<'p> {
    policy: &'p RetryPolicy,
    left: u32,
    backoff: Backoff,
}

impl Executions<'_> {
    /// Returns how long to wait before the command is executed again, or `None` if it is not.
    pub(super) fn pause_after<T>(&mut self, command: &str, result: &Result<T, Error>) -> Option<Duration> {
        let error = result.as_ref().err()?;
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || !(self.policy.when)(error) {
            return None;
        }
        let pause = self.backoff.pause();
        tracing::debug!(command, %error, ?pause, "the command has failed and is executed again");
        Some(pause)
    }
}

fn is_refused(error: &Error) -> bool {
    error.class().is_some_and(|class| *class != ErrorClass::CommandNotFound)
}

impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("executions", &self.executions)
            .field("pause", &self.pause)
            .field("longest", &self.longest)
            .finish_non_exhaustive()
    }
}

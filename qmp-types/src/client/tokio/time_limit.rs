//! A time limit for a wait.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ::tokio::time::{Sleep, sleep};

/// A time limit that is counted from the first poll.
#[derive(Debug)]
pub(super) struct TimeLimit {
    limit: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl TimeLimit {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self { limit, sleep: None }
    }

    pub(super) fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Counts the limit from the next poll.
    pub(super) fn restart(&mut self) {
        self.sleep = None;
    }

    /// Returns the limit when it has passed.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Duration> {
        let Some(limit) = self.limit else { return Poll::Pending };
        self.sleep.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(cx).map(|()| limit)
    }
}

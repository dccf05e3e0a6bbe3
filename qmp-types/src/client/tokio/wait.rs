//! The state of a wait between polls: its time limit, and its place among the waiting tasks.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use ::tokio::time::{Sleep, sleep};

use super::tasks::Place;

/// A wait with a time limit that is counted from the first poll.
#[derive(Debug)]
pub(super) struct Wait {
    limit: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
    /// The place among the tasks that wait on the connection, once it has been polled.
    pub(super) place: Option<Place>,
    /// The request is sent after other tasks have been polled.
    pub(super) is_postponed: bool,
}

impl Wait {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self { limit, sleep: None, place: None, is_postponed: false }
    }

    pub(super) fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Ends the wait. The limit of the next one counts from its first poll.
    pub(super) fn restart(&mut self) {
        self.sleep = None;
        self.place = None;
    }

    /// Returns the limit when it has passed.
    pub(super) fn poll_limit(&mut self, cx: &mut Context<'_>) -> Poll<Duration> {
        let Some(limit) = self.limit else { return Poll::Pending };
        self.sleep.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(cx).map(|()| limit)
    }
}

//! Whether the results of a session's commands are still needed.

use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use crate::sync::lock;

/// A flag that is set once, for threads and tasks to check and to wait for.
#[derive(Debug, Default)]
pub(super) struct Cancellation {
    cancelled: AtomicBool,
    waiting: Mutex<Vec<Waker>>,
    changed: Condvar,
}

impl Cancellation {
    pub(super) fn cancel(&self) {
        let waiting = {
            let mut waiting = lock(&self.waiting);
            self.cancelled.store(true, Ordering::Release);
            std::mem::take(&mut *waiting)
        };
        self.changed.notify_all();
        waiting.into_iter().for_each(Waker::wake);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    /// Waits until the flag is set.
    pub(super) async fn cancelled(&self) {
        poll_fn(|cx| {
            let mut waiting = lock(&self.waiting);
            if self.is_cancelled() {
                return Poll::Ready(());
            }
            if !waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
                waiting.push(cx.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// Waits until the flag is set, at most for `timeout`, and returns whether it is.
    pub(super) fn wait(&self, timeout: Duration) -> bool {
        let waiting = lock(&self.waiting);
        let waited = self.changed.wait_timeout_while(waiting, timeout, |_| !self.is_cancelled());
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        self.is_cancelled()
    }
}

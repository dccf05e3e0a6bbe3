//! The way from a session without a socket to the code that drives it.

use std::sync::{Arc, Mutex};
use std::task::Waker;

use super::shared_session::{Change, Link, SharedSession};
use crate::sync::lock;

/// A link that wakes a waker.
#[derive(Debug, Default)]
pub(super) struct WakerLink {
    waker: Mutex<Option<Waker>>,
}

impl Link for WakerLink {
    fn notify(&self, _: &Arc<SharedSession>, _: Change) {
        let waker = lock(&self.waker).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn watch(&self, _: &Arc<SharedSession>) {}

    fn set_waker(&self, waker: &Waker) {
        *lock(&self.waker) = Some(waker.clone());
    }
}

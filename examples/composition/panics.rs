//! Locks of one's own, and handlers that panic.
//!
//! A handler that panics fails its command only. But it poisons the `Mutex` that it has locked, so that each `lock().unwrap()`
//! of a later command panics, too. The lock that a server takes for `&mut self` handlers ([`one_lock`](super::one_lock)) is not
//! poisoned. Of your own locks, ignore the poison as [`Shared::lock`] does; or take those of the crate `parking_lot`, which
//! know no poison. Either way, the state is as the handler has left it at that moment.
//!
//! If the program is compiled with `panic = "abort"`, a panic ends it: the server cannot catch it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use qmp_types::{Error, Result};

use crate::qmp::{RunState, StatusInfo};

pub(crate) struct Machine {
    status: Shared<RunState>,
    media: Shared<Vec<String>>,
}

/// A mutex without poison.
struct Shared<T>(Mutex<T>);

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.status.lock().clone())
    }

    #[qmp_command]
    fn stop(&self) {
        *self.status.lock() = RunState::Paused;
    }

    /// Panics with the lock in its hands if the drive is empty. The next command takes the lock as usual.
    #[qmp_command]
    fn eject(&self, device: String) {
        let mut media = self.media.lock();
        assert!(media.pop().is_some(), "{device} is empty");
    }

    #[qmp_command]
    fn balloon(&self, _value: i64) -> Result<()> {
        Err(Error::generic(format!("{} media are left", self.media.lock().len())))
    }

    #[qmp_command]
    fn migrate_pause(&self) {}
}

impl Default for Machine {
    fn default() -> Self {
        let media = vec!["install.iso".to_owned()];
        Self { status: Shared(Mutex::new(RunState::Running)), media: Shared(Mutex::new(media)) }
    }
}

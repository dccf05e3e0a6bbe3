//! A machine of several parts. Each part has its handlers, and is shared in its own way: by an atomic, by a lock, by an
//! `Arc` that a device thread has, too.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use qmp_types::{Error, Result};

use crate::qmp::{RunState, StatusInfo};

#[derive(Default)]
pub(crate) struct Machine {
    control: Control,
    devices: Devices,
}

#[derive(Default)]
struct Devices {
    drive: Mutex<Drive>,
    balloon: Arc<Balloon>,
}

#[derive(Default)]
struct Control {
    stopped: AtomicBool,
}

#[qmp_types::handlers(crate::qmp, part_of = Machine.control)]
impl Control {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(if self.stopped.load(Relaxed) { RunState::Paused } else { RunState::Running })
    }

    #[qmp_command]
    fn stop(&self) {
        self.stopped.store(true, Relaxed);
    }

    #[qmp_command]
    fn migrate_pause(&self) -> Result<()> {
        Err(Error::generic("no migration is active"))
    }
}

#[derive(Default)]
struct Drive {
    ejected: bool,
}

#[qmp_types::handlers(crate::qmp, part_of = Machine.devices.drive)]
impl Drive {
    #[qmp_command]
    fn eject(&mut self, device: String) -> Result<()> {
        match std::mem::replace(&mut self.ejected, true) {
            false => Ok(()),
            true => Err(Error::generic(format!("{device} is empty"))),
        }
    }
}

#[derive(Default)]
struct Balloon {
    target: AtomicI64,
}

#[qmp_types::handlers(crate::qmp, part_of = Machine.devices.balloon)]
impl Balloon {
    #[qmp_command]
    fn balloon(&self, value: i64) {
        self.target.store(value, Relaxed);
    }
}

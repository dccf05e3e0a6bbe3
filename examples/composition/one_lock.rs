//! A machine behind one lock. Its handlers change it in place, one command at a time.
//!
//! The handler of a command that allows out-of-band execution cannot wait for that lock: the command is meant to overtake
//! those that hold it. So it has a part of the state of its own, outside of the lock.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use qmp_types::{Error, Result};

use crate::qmp::{RunState, StatusInfo};

#[derive(Default)]
pub(crate) struct Machine {
    vm: Mutex<Vm>,
    migration: Migration,
}

struct Vm {
    status: RunState,
    medium: Option<String>,
    memory: i64,
}

#[derive(Default)]
struct Migration {
    paused: AtomicBool,
}

#[qmp_types::handlers(crate::qmp, part_of = Machine.vm)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.status.clone())
    }

    #[qmp_command]
    fn stop(&mut self) {
        self.status = RunState::Paused;
    }

    #[qmp_command]
    fn eject(&mut self, device: String) -> Result<()> {
        match self.medium.take() {
            Some(_) => Ok(()),
            None => Err(Error::generic(format!("{device} is empty"))),
        }
    }

    #[qmp_command]
    fn balloon(&mut self, value: i64) {
        self.memory = value;
    }
}

#[qmp_types::handlers(crate::qmp, part_of = Machine.migration)]
impl Migration {
    #[qmp_command]
    fn migrate_pause(&self) {
        self.paused.store(true, Relaxed);
    }
}

impl Default for Vm {
    fn default() -> Self {
        Self { status: RunState::Running, medium: Some("install.iso".to_owned()), memory: 1024 }
    }
}

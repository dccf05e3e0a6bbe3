//! Two types of machine. The trait has the handlers that they share, and names those that only one of them has: the other one
//! refuses such a command.

use std::sync::Mutex;

use qmp_types::{Error, Result};

use crate::qmp::{RunState, StatusInfo};

#[qmp_types::handlers(crate::qmp, on = [Standard, Micro], otherwise = not_supported)]
trait Machine {
    /// What the shared handlers need of a machine.
    fn status(&self) -> &Mutex<RunState>;

    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.status().lock().unwrap().clone())
    }

    #[qmp_command]
    fn stop(&self) {
        *self.status().lock().unwrap() = RunState::Paused;
    }

    #[qmp_command]
    fn eject(&self, device: String) -> Result<()>;

    #[qmp_command]
    fn balloon(&self, value: i64) -> Result<()>;

    #[qmp_command]
    fn migrate_pause(&self) -> Result<()>;
}

/// The error of a command that a machine does not have, with a class of our own.
fn not_supported(command: &str) -> Error {
    Error::new("NotSupported", format!("this machine has no {command}"))
}

pub(crate) struct Standard {
    status: Mutex<RunState>,
    medium: Mutex<Option<String>>,
}

impl Machine for Standard {
    fn status(&self) -> &Mutex<RunState> {
        &self.status
    }

    fn eject(&self, device: String) -> Result<()> {
        match self.medium.lock().unwrap().take() {
            Some(_) => Ok(()),
            None => Err(Error::generic(format!("{device} is empty"))),
        }
    }
}

pub(crate) struct Micro {
    status: Mutex<RunState>,
}

impl Machine for Micro {
    fn status(&self) -> &Mutex<RunState> {
        &self.status
    }
}

impl Default for Standard {
    fn default() -> Self {
        Self { status: Mutex::new(RunState::Running), medium: Mutex::new(Some("install.iso".to_owned())) }
    }
}

impl Default for Micro {
    fn default() -> Self {
        Self { status: Mutex::new(RunState::Running) }
    }
}

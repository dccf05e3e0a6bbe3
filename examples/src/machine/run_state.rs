//! Commands that start, stop, reset and shut down the machine.

use qmp_types::{Context, Error, Result};

use super::{Machine, State, screen};
use crate::qmp::{RunState, ShutdownCause, StatusInfo, events};

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        let status = self.lock().run.clone();
        StatusInfo::new(status == RunState::Running, status)
    }

    #[qmp_command]
    fn stop(&self, cx: &Context) {
        if self.lock().leave_running(RunState::Paused) {
            cx.emit(events::Stop {});
        }
    }

    #[qmp_command]
    fn cont(&self, cx: &Context) -> Result<()> {
        let mut state = self.lock();
        match state.run {
            RunState::Running => {}
            RunState::Shutdown => return Err(Error::generic("Resetting the Virtual Machine is required")),
            _ => {
                state.run = RunState::Running;
                cx.emit(events::Resume {});
            }
        }
        Ok(())
    }

    #[qmp_command]
    fn system_reset(&self, cx: &Context) {
        let mut state = self.lock();
        if state.run == RunState::Shutdown {
            state.run = RunState::Prelaunch;
        }
        state.boot();
        cx.emit(events::Reset::new(false, ShutdownCause::HostQmpSystemReset));
    }

    /// The guest of this machine shuts down at once, unless it is stopped.
    #[qmp_command]
    fn system_powerdown(&self, cx: &Context) {
        let mut state = self.lock();
        cx.emit(events::Powerdown {});
        if state.leave_running(RunState::Shutdown) {
            screen::blank(&mut state.memory);
            cx.emit(events::Shutdown::new(true, ShutdownCause::GuestShutdown));
            cx.emit(events::Stop {});
            if self.config().stop_after_shutdown {
                cx.shutdown();
            }
        }
    }
}

impl State {
    /// Changes from running to `next`. Returns `false` if the machine was not running.
    pub(super) fn leave_running(&mut self, next: RunState) -> bool {
        let ran = self.run == RunState::Running;
        if ran {
            self.run = next;
        }
        ran
    }
}

//! The machine: its name, and whether it runs.

use qmp_types::{Context, Error, Result};

use crate::command_line::CommandLine;
use crate::qmp::{
    NameInfo, PanicAction, RebootAction, RunState, ShutdownAction, ShutdownCause, StatusInfo, UuidInfo, WatchdogAction,
    events,
};

/// The machine.
pub(crate) struct Machine {
    name: Option<String>,
    uuid: String,
    run: RunState,
    /// Whether it runs as soon as it can.
    autostart: bool,
    on_reboot: RebootAction,
    on_shutdown: ShutdownAction,
}

impl Machine {
    pub(crate) fn new(command_line: &CommandLine) -> Self {
        let runs = !command_line.stopped && !command_line.preconfig;
        Self {
            name: command_line.name.clone(),
            uuid: command_line.uuid.clone().unwrap_or_else(|| "00000000-0000-0000-0000-000000000000".to_owned()),
            run: if runs { RunState::Running } else { RunState::Prelaunch },
            autostart: !command_line.stopped,
            on_reboot: RebootAction::Reset,
            on_shutdown: if command_line.no_shutdown { ShutdownAction::Pause } else { ShutdownAction::Poweroff },
        }
    }

    /// Runs, if it does not.
    fn resume(&mut self, cx: &Context) {
        if self.run != RunState::Running {
            self.run = RunState::Running;
            cx.emit(events::Resume {});
        }
    }

    /// Stops for the reason that `state` is, if it runs.
    fn pause(&mut self, state: RunState, cx: &Context) {
        if self.run == RunState::Running {
            self.run = state;
            cx.emit(events::Stop {});
        }
    }

    /// Shuts down. The emulator ends, unless it is to stay.
    fn shut_down(&mut self, guest: bool, reason: ShutdownCause, cx: &Context) {
        cx.emit(events::Shutdown::new(guest, reason));
        match self.on_shutdown {
            ShutdownAction::Pause => self.pause(RunState::Shutdown, cx),
            ShutdownAction::Poweroff => cx.shutdown(),
        }
    }
}

#[qmp_types::handlers(crate::qmp, part_of = crate::Emulator.machine)]
impl Machine {
    #[qmp_command]
    fn query_name(&self) -> NameInfo {
        NameInfo { name: self.name.clone() }
    }

    #[qmp_command]
    fn query_uuid(&self) -> UuidInfo {
        UuidInfo::new(&self.uuid)
    }

    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        StatusInfo::new(self.run == RunState::Running, self.run)
    }

    #[qmp_command]
    fn stop(&mut self, cx: &Context) {
        self.pause(RunState::Paused, cx);
    }

    #[qmp_command]
    fn cont(&mut self, cx: &Context) -> Result<()> {
        if self.run == RunState::Shutdown {
            return Err(Error::generic("Resetting the Virtual Machine is required"));
        }
        self.resume(cx);
        Ok(())
    }

    #[qmp_command]
    fn x_exit_preconfig(&mut self, cx: &Context) -> Result<()> {
        if !cx.handle().end_preconfig() {
            return Err(Error::generic("The command is permitted only before machine initialization"));
        }
        if self.autostart {
            self.resume(cx);
        }
        Ok(())
    }

    /// A machine without a guest never panics, and has no watchdog.
    #[qmp_command]
    fn set_action(
        &mut self,
        reboot: Option<RebootAction>,
        shutdown: Option<ShutdownAction>,
        _panic: Option<PanicAction>,
        _watchdog: Option<WatchdogAction>,
    ) {
        self.on_reboot = reboot.unwrap_or(self.on_reboot);
        self.on_shutdown = shutdown.unwrap_or(self.on_shutdown);
    }

    #[qmp_command]
    fn system_reset(&mut self, cx: &Context) {
        if self.on_reboot == RebootAction::Shutdown {
            return self.shut_down(false, ShutdownCause::HostQmpSystemReset, cx);
        }
        if self.run == RunState::Shutdown {
            self.run = RunState::Prelaunch;
        }
        cx.emit(events::Reset::new(false, ShutdownCause::HostQmpSystemReset));
    }

    /// There is no guest that could take its time: the machine shuts down at once.
    #[qmp_command]
    fn system_powerdown(&mut self, cx: &Context) {
        cx.emit(events::Powerdown {});
        if self.run == RunState::Running {
            self.shut_down(true, ShutdownCause::GuestShutdown, cx);
        }
    }

    #[qmp_command]
    fn quit(&mut self, cx: &Context) {
        cx.emit(events::Shutdown::new(false, ShutdownCause::HostQmpQuit));
        cx.shutdown();
    }

    #[qmp_command]
    fn human_monitor_command(&mut self, command_line: String, _cpu_index: Option<i64>, cx: &Context) -> String {
        match command_line.as_str() {
            "info status" if self.run == RunState::Running => "VM status: running\r\n".to_owned(),
            "info status" => format!("VM status: paused ({})\r\n", self.run),
            "quit" => {
                self.quit(cx);
                String::new()
            }
            other => format!("unknown command: '{other}'\r\n"),
        }
    }
}

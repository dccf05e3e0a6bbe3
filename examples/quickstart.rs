//! Runs the README's server and typed client in one program and prints what the two ends send:
//!
//!     cargo run --example quickstart

use std::os::unix::net::UnixListener;
use std::sync::Mutex;
use std::thread;

use qmp::{RunState, StatusInfo, events};
use qmp_types::{Context, Error, Result};

/// The schema in Rust: its types, commands and events, a server and a client.
mod qmp {
    qmp_types::schema!("schema/quickstart.json");
}

/// The virtual machine: a processor and a CD-ROM drive whose tray the guest has locked.
struct Vm {
    status: Mutex<RunState>,
}

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> StatusInfo {
        let status = self.status.lock().unwrap().clone();
        StatusInfo::new(status == RunState::Running, status)
    }

    #[qmp_command]
    fn stop(&self, cx: &Context) {
        *self.status.lock().unwrap() = RunState::Paused;
        cx.emit(events::Stop {});
    }

    /// Takes the schema's arguments by name and type; the compiler checks both.
    #[qmp_command]
    fn eject(&self, device: String, force: Option<bool>, cx: &Context) -> Result<()> {
        if device != "ide1-cd0" {
            return Err(Error::device_not_found(device));
        }
        if force != Some(true) {
            return Err(Error::generic("The guest has locked the tray; use 'force' to open it"));
        }
        cx.emit(events::DeviceTrayMoved::new(device, true));
        Ok(())
    }
}

fn main() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (socket, tapped) = (dir.path().join("vm.sock"), dir.path().join("tap.sock"));

    // The server. Greeting, negotiation and introspection are built in.
    let server = qmp::server(Vm { status: Mutex::new(RunState::Running) });
    let listener = UnixListener::bind(&socket)?;
    thread::spawn(move || server.serve(listener));

    // The client, with a tap in between that prints every line.
    examples::tap::tap(&tapped, &socket, |line| println!("{line}"))?;
    let vm = qmp::blocking::Client::connect_unix(&tapped)?;

    vm.stop()?;
    println!("   -> the machine is {}", vm.query_status()?.status);

    // Armed before the command: the event cannot be missed.
    let moved = vm.expect::<events::DeviceTrayMoved>(|event| event.tray_open);
    vm.eject(qmp::EjectArgs { force: Some(true), ..qmp::EjectArgs::new("ide1-cd0") })?;
    println!("   -> the tray of {} is open", moved.wait()?.device);

    let error = vm.eject("ide2-cd0").unwrap_err();
    println!("   -> refused: {error}");
    Ok(())
}

//! Schema, handlers, server and typed client in one program, and what the two ends say to each other:
//!
//!     cargo run --example quickstart

use std::error::Error;
use std::os::unix::net::UnixListener;
use std::sync::Mutex;
use std::thread;

use qmp::events::DeviceTrayMoved;
use qmp_types::{Context, Result};

/// The schema, in Rust: its types, commands and events, a server and a client.
mod qmp {
    qmp_types::schema!("schema/quickstart.json");
}

/// The machine: a CD-ROM drive, and the disc that is in it.
struct Vm {
    disc: Mutex<Option<&'static str>>,
}

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    /// The handler of `eject`: what it takes and returns is checked against the schema when it is compiled.
    #[qmp_command]
    fn eject(&self, id: String, cx: &Context) -> Result<()> {
        if id != "ide1-cd0" {
            return Err(qmp_types::Error::device_not_found(id));
        }
        *self.disc.lock().unwrap() = None;
        cx.emit(DeviceTrayMoved::new("ide1-cd0", id, true));
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let (socket, tapped) = (dir.path().join("vm.sock"), dir.path().join("tap.sock"));

    // The server. `query-version` and the like are built in.
    let server = qmp::server(Vm { disc: Mutex::new(Some("linux.iso")) });
    let listener = UnixListener::bind(&socket)?;
    thread::spawn(move || server.serve(listener));

    // The client, with a tap in between that prints every line.
    examples::tap::tap(&tapped, &socket, |line| println!("{line}"))?;
    let vm = qmp::blocking::Client::connect_unix(&tapped)?;

    let version = vm.query_version()?;
    println!("   -> the server's version is {}.{}", version.qemu.major, version.qemu.minor);

    let moved = vm.expect::<DeviceTrayMoved>(|event| event.tray_open);
    vm.eject("ide1-cd0")?;
    println!("   -> the tray of {} is open", moved.wait()?.id);

    let error = vm.eject("ide2-cd0").unwrap_err();
    println!("   -> refused: {error}");
    Ok(())
}

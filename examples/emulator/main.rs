//! An emulator for management software: libvirt starts, watches and ends it as it does QEMU. It has everything that a virtual
//! machine monitor (VMM) needs around a processor, and no processor.
//!
//! - `command_line` reads QEMU's options, and ignores those it does not know: newer managers pass more.
//! - `monitor` opens the sockets of the monitors: listening, inherited, or connecting out.
//! - `daemon` is `-daemonize` and `-pidfile`.
//! - `qtest` is the other protocol of QEMU's tests.
//! - `machine`, `probe`, `block` and `migration` have the handlers, by topic.
//!
//! The order of the start matters: first the sockets, then the pidfile, then the process that was started returns. A manager that
//! waits for it can connect at once.
//!
//!     cargo run --example emulator -- -qmp unix:/tmp/vm.sock,server=on,wait=off -S
//!     virsh define DOMAIN.xml      # with <emulator>target/debug/examples/emulator</emulator>

mod block;
mod command_line;
mod daemon;
mod machine;
mod migration;
mod monitor;
mod probe;
mod qtest;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::{Result, Server};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::block::Nodes;
use crate::command_line::{CommandLine, Daemonize};
use crate::machine::Machine;
use crate::migration::Migration;
use crate::monitor::Monitor;
use crate::qmp::{ShutdownCause, events};

/// The schema in Rust.
mod qmp {
    qmp_types::schema!("schema/emulator.json", side = server, enums = closed);
}

/// The time that the monitors have to send the last replies: more than the server gives to commands.
const GRACE: Duration = Duration::from_secs(2);

/// The state of the emulator. Each part has its own lock, so a command on one does not delay those on others.
struct Emulator {
    machine: Mutex<Machine>,
    nodes: Nodes,
    migration: Migration,
}

fn main() -> ExitCode {
    let command_line = CommandLine::parse(std::env::args().skip(1));
    match start(&command_line) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("emulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start(command_line: &CommandLine) -> Result<ExitCode> {
    if command_line.daemonize == Daemonize::Requested {
        return Ok(daemon::start_in_background()?);
    }
    if let Some(path) = &command_line.qtest {
        qtest::connect(path)?;
    }
    let monitors = command_line.monitors()?.iter().map(Monitor::open).collect::<Result<Vec<_>>>()?;
    let _pidfile = command_line.pidfile.as_deref().map(daemon::PidFile::write).transpose()?;
    if command_line.daemonize == Daemonize::Background {
        daemon::ready()?;
    }
    run(command_line, monitors)?;
    Ok(ExitCode::SUCCESS)
}

/// Serves all monitors until the machine is shut down.
fn run(command_line: &CommandLine, monitors: Vec<Monitor>) -> Result<()> {
    let emulator = Emulator {
        machine: Mutex::new(Machine::new(command_line)),
        nodes: Nodes::default(),
        migration: Migration::default(),
    };
    let mut server = qmp::server(emulator).version(9, 0, 0).package("example");
    if command_line.preconfig {
        server = server.preconfig();
    }
    stop_on_signals(&server)?;
    let (ended, ends) = mpsc::channel();
    let stopped = ended.clone();
    server.handle().on_stop(move || drop(stopped.send(Ok(()))));
    let server = Arc::new(server);
    for monitor in monitors {
        let (server, ended) = (Arc::clone(&server), ended.clone());
        thread::spawn(move || drop(ended.send(monitor.serve(&server))));
    }
    drop(ended);
    ends.recv().expect("the server stops, or a monitor fails")?;
    // The monitors send the last replies. A handler that waits for something does not keep the process.
    let deadline = Instant::now() + GRACE;
    while let Ok(end) = ends.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        end?;
    }
    Ok(())
}

/// Shuts the machine down when the process is asked to end. The clients receive the event, and the exit status is 0. At a second
/// signal the process ends at once.
fn stop_on_signals(server: &Server<Emulator>) -> Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    let (events, handle) = (server.events(), server.handle());
    thread::spawn(move || {
        let mut signals = signals.forever();
        if signals.next().is_some() {
            events.emit(events::Shutdown::new(false, ShutdownCause::HostSignal));
            handle.stop();
        }
        if let Some(signal) = signals.next() {
            // The exit status that a shell reports for a signal.
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

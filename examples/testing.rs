//! Tests two functions without QEMU, three ways: with a script, with random answers, and with a recorded session.
//!
//!     cargo run --example testing
//!
//! In a project of your own, each of the three is a `#[test]`.

use std::time::Duration;

use examples::qmp::blocking::{Client, Commands};
use examples::qmp::{INTROSPECTION, StatusInfo, commands, events};
use qmp_types::blocking::InProcess;
use qmp_types::client::Blocking;
use qmp_types::testing::{MockServer, Recording, Replay, ScriptedPeer, ServerThread};
use qmp_types::{Error, Result};

/// Removes a device, and waits until the guest has let go of it. Returns whether there was such a device.
fn unplug(vm: &Client, device: &str) -> Result<bool> {
    let name = device.to_owned();
    let deleted = vm.expect::<events::DeviceDeleted>(move |event| event.device.as_ref() == Some(&name));
    match vm.device_del(device) {
        Err(error) if error.is_device_not_found() => return Ok(false),
        other => other?,
    }
    deleted.timeout(Duration::from_secs(5)).wait()?;
    Ok(true)
}

/// Describes a machine in one line. It runs on everything that executes commands.
fn describe(vm: &impl Commands) -> Result<String> {
    let name = vm.query_name()?.name;
    let cpus = vm.query_cpus_fast()?.len();
    Ok(format!("{}: {}, {cpus} processors", name.as_deref().unwrap_or("(none)"), vm.query_status()?.status))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    with_a_script()?;
    with_random_answers()?;
    with_a_recorded_session()?;
    Ok(())
}

/// The script has each command, its answer, and the events between them.
fn with_a_script() -> Result<()> {
    let peer = ScriptedPeer::new();
    peer.expect::<commands::DeviceDel>(|arguments| arguments.id == "net0").reply(());
    peer.delay(Duration::from_millis(20)); // the guest takes its time
    peer.emit(events::DeviceDeleted { device: Some("net0".into()), path: "/machine/peripheral/net0".into() });
    peer.expect::<commands::DeviceDel>(|arguments| arguments.id == "net0").fail(Error::device_not_found("net0"));
    peer.expect::<commands::DeviceDel>(|_| true).close(); // and QEMU crashes

    let vm = Client::from_stream(peer.connect()?)?;
    assert!(unplug(&vm, "net0")?);
    assert!(!unplug(&vm, "net0")?);
    assert!(unplug(&vm, "net1").is_err_and(|error| error.is_closed()));
    peer.finish(); // panics, and says why, if the client did something else
    println!("script: as expected");
    Ok(())
}

/// Checks the function against random replies that the schema permits. The seed makes a failure reproducible.
fn with_random_answers() -> Result<(), Box<dyn std::error::Error>> {
    for seed in 0..100 {
        let mock = MockServer::new(INTROSPECTION)?.seed(seed);
        let mock = mock.on::<commands::QueryStatus>(|()| Ok(StatusInfo::new(true, examples::qmp::RunState::Running)));
        let server = mock.into_server();
        let line = describe(&InProcess::new(&server)?).map_err(|error| format!("seed {seed}: {error}"))?;
        assert!(line.contains(": running, "), "seed {seed}: {line}");

        // The same over a socket, for a client that needs events, or another program.
        let server = ServerThread::new(server);
        let vm = Client::from_stream(server.connect()?)?;
        assert!(vm.query_block().is_ok(), "seed {seed}");
    }
    println!("mock: 100 seeds");
    Ok(())
}

/// A session with QEMU 10.0, recorded by `qmp record`: in a project of your own, a file.
const SESSION: &str = r#"
    {"from": "client", "message": {"execute": "query-name", "id": 2}}
    {"from": "server", "message": {"return": {"name": "vm1"}, "id": 2}}
    {"from": "client", "message": {"execute": "query-cpus-fast", "id": 3}}
    {"from": "server", "message": {"return": [{"thread-id": 7, "props": {"core-id": 0, "thread-id": 0, "socket-id": 0}, "qom-path": "/machine/unattached/device[0]", "target": "x86_64", "cpu-index": 0}], "id": 3}}
    {"from": "client", "message": {"execute": "query-status", "id": 4}}
    {"from": "server", "message": {"return": {"status": "prelaunch", "running": false}, "id": 4}}
"#;

fn with_a_recorded_session() -> Result<(), Box<dyn std::error::Error>> {
    let replay = Replay::new(&Recording::parse(SESSION)?);
    assert_eq!(describe(&replay.executor::<Blocking>())?, "vm1: prelaunch, 1 processors");
    assert_eq!(replay.refusals(), Vec::<String>::new());
    println!("replay: as recorded");
    Ok(())
}

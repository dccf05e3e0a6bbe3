//! The end of a process, or its freedom.

use std::time::{Duration, Instant};

use qmp_types::ClientOptions;
use test_support::{Generation, within};

use crate::{Client, LIMIT, MONITOR, TWINS, emulator, exists, shell};

/// A greeting, and an answer to the negotiation, from a shell: descriptor 0 is a socket.
const SERVER: &str = r#"
    echo '{"QMP": {"version": {}, "capabilities": []}}' >&0
    read request
    echo '{"return": {}, "id": 1}' >&0
"#;

#[test]
fn a_process_that_ignores_sigterm_is_killed() {
    for &twin in TWINS {
        let stubborn = shell(&format!("trap '' TERM; {SERVER} while :; do sleep 0.05; done"));
        let client = Client::spawn(twin, stubborn.grace(Duration::from_millis(100))).unwrap();
        let process = client.process();
        drop(client);
        assert_eq!(process.wait().unwrap().to_string(), "signal: 9 (SIGKILL)");
        assert!(!exists(process.id()));
    }
}

/// `main` often ends with the drop. The signal must not be left to a thread, which may never run.
#[test]
#[cfg(all(target_os = "linux", feature = "tokio"))]
fn sigterm_is_sent_before_an_asynchronous_drop_returns() {
    use rustix::process::{Pid, Signal, kill_process};

    let server = shell(&format!("{SERVER} exec sleep 60")).grace(Duration::from_millis(100));
    let Client::Tokio(_runtime, client) = Client::spawn(crate::Twin::Tokio, server).unwrap() else { unreachable!() };
    let process = client.process().unwrap();
    let pid = Pid::from_raw(process.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::STOP).unwrap();
    let (stat, is_stopped) =
        (format!("/proc/{}/status", process.id()), |status: String| status.contains("T (stopped)"));
    within(LIMIT, || is_stopped(std::fs::read_to_string(&stat).unwrap()).then_some(())).expect("it stops");

    drop(client); // the signal stays pending while the process is stopped
    let status = std::fs::read_to_string(&stat).expect("it has not ended");
    let pending = status.lines().find_map(|line| line.strip_prefix("ShdPnd:")).unwrap().trim();
    let pending = u64::from_str_radix(pending, 16).unwrap();
    assert_ne!(pending & (1 << (Signal::TERM.as_raw() - 1)), 0, "{status}");
    process.wait().unwrap();
}

#[test]
fn a_detached_process_runs_on() {
    for &twin in TWINS {
        let client = Client::spawn(twin, shell(&format!("{SERVER} read end; exec sleep 60"))).unwrap();
        let process = client.process();
        process.detach();
        drop(client);
        assert_eq!(process.wait_timeout(Duration::from_millis(100)).unwrap(), None);
        assert!(exists(process.id()));
        process.terminate().unwrap();
        assert_eq!(process.wait().unwrap().to_string(), "signal: 15 (SIGTERM)");
        assert!(!exists(process.id()), "it is reaped nevertheless");
        process.kill().unwrap();
    }
}

/// Clones and calls own the process together; streams of events do not.
#[test]
fn the_last_clone_owns_the_process() {
    let Some(qemu) = emulator(Generation::Bookworm, MONITOR) else { return };
    let client = qmp_types::blocking::Client::spawn(qemu).unwrap();
    let events = client.events::<qmp_types::OtherEvent>();
    let (clone, process) = (client.clone(), client.process().unwrap());
    drop(client);
    clone.call_raw("query-status", &serde_json::json!({})).unwrap();
    let start = Instant::now();
    drop(clone);
    assert!(process.has_ended(), "dropping waits");
    assert!(process.wait().unwrap().success(), "QEMU handles SIGTERM");
    assert!(start.elapsed() < LIMIT);
    drop(events);
}

#[test]
fn the_end_is_awaited() {
    let Some(qemu) = emulator(Generation::Bookworm, MONITOR) else { return };
    let client = Client::spawn(TWINS[0], qemu).unwrap();
    let process = client.process();
    client.call("quit").unwrap();
    assert!(process.wait().unwrap().success());
    assert!(process.wait_timeout(Duration::ZERO).unwrap().unwrap().success());
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn the_end_is_awaited_asynchronously() {
    let Some(qemu) = emulator(Generation::Bookworm, MONITOR) else { return };
    let vm = qmp_types::tokio::Client::spawn(qemu).await.unwrap();
    let process = vm.process().unwrap();
    let (status, quit) = tokio::join!(process.ended(), async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        vm.call_raw("quit", &serde_json::json!({})).await
    });
    quit.unwrap();
    assert!(status.unwrap().success());
}

/// The daemon is not owned. The client that has connected to it can end it.
#[test]
fn a_daemon_at_an_address() {
    for generation in Generation::ALL {
        for &twin in TWINS {
            let folder = tempfile::tempdir().unwrap();
            let (path, pid) = (folder.path().join("socket"), folder.path().join("pid"));
            let monitor =
                format!("-qmp unix:{},server=on,wait=off -daemonize -pidfile {}", path.display(), pid.display());
            let Some(qemu) = emulator(generation, &monitor) else { continue };
            let options = ClientOptions::new().connect_timeout(LIMIT);
            let client = Client::spawn(twin, qemu.listening_at(path.as_path()).options(options)).unwrap();
            assert!(client.process().wait().unwrap().success());
            let daemon: u32 = std::fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
            assert_ne!(daemon, client.process().id());
            client.call("quit").unwrap();
        }
    }
}

//! Servers that do not start, do not greet or die.

use std::process::Command;
use std::time::{Duration, Instant};

use qmp_types::client::{Process, Spawn};
use qmp_types::{ClientOptions, Error};
use test_support::Generation;

use crate::{Client, LIMIT, MONITOR, TWINS, Twin, emulator, shell};

/// Returns the error of spawning, which must be reported before the deadline.
fn refused(twin: Twin, spawn: Spawn) -> Error {
    let start = Instant::now();
    let error = Client::spawn(twin, spawn).err().expect("an error");
    assert!(start.elapsed() < Duration::from_secs(5), "{error} after {:?}", start.elapsed());
    error
}

#[test]
fn a_program_that_does_not_exist() {
    for &twin in TWINS {
        let error = refused(twin, Spawn::new("no-such-program"));
        assert_eq!(error.io().unwrap().kind(), std::io::ErrorKind::NotFound);
        assert_eq!(error.to_string(), "cannot start `no-such-program`: No such file or directory (os error 2)");
    }
}

#[test]
fn qemu_rejects_an_option() {
    for generation in Generation::ALL {
        for &twin in TWINS {
            let Some(qemu) = emulator(generation, &format!("{MONITOR} -device no-such-device")) else { continue };
            let error = refused(twin, qemu);
            assert_eq!(error.exit_status().and_then(|status| status.code()), Some(1));
            assert!(error.is_closed());
            let text = error.to_string();
            // From 10.0 on, QEMU greets before it creates devices.
            assert!(text.contains(" has ended before the "), "{text}");
            assert!(text.contains(": exit status: 1; it printed:\n  "), "{text}");
            assert!(text.contains("'no-such-device' is not a valid device model name"), "{text}");
        }
    }
}

#[test]
fn an_end_before_the_socket_exists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    for &twin in TWINS {
        let error = refused(twin, shell("echo no room >&2; exit 4").listening_at(path.as_path()));
        let text = error.to_string();
        let expected =
            format!("has ended before it listened on {}: exit status: 4; it printed:\n  no room", path.display());
        assert!(text.starts_with("`sh` (process ") && text.ends_with(&expected), "{text}");
    }
}

#[test]
fn a_signal_is_named() {
    for &twin in TWINS {
        let error = refused(twin, shell("kill -9 $$"));
        assert!(error.to_string().ends_with("has ended before the greeting: signal: 9 (SIGKILL)"), "{error}");
        assert_eq!(error.exit_status().unwrap().code(), None);
    }
}

#[test]
fn a_program_that_does_not_greet() {
    for &twin in TWINS {
        let start = Instant::now();
        let impatient = ClientOptions::new().connect_timeout(Duration::from_millis(200));
        let silent = shell("echo warming up >&2; exec sleep 60").options(impatient);
        let error = refused(twin, silent);
        assert!(error.is_timeout());
        let expected = "the greeting: none within 200ms; the program may not use its descriptor 0 as a monitor; help: add `-chardev ";
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.to_string().ends_with("; it printed:\n  warming up"), "{error}");
        assert!(start.elapsed() > Duration::from_millis(200));
    }
}

/// The status is in the error of the call that waits, and of all later ones.
#[test]
fn a_server_that_dies_later() {
    for generation in Generation::ALL {
        for &twin in TWINS {
            let Some(qemu) = emulator(generation, MONITOR) else { continue };
            let client = Client::spawn(twin, qemu).unwrap();
            client.call("query-status").unwrap();
            client.process().kill().unwrap();
            for _ in 0..2 {
                let error = client.call("query-status").unwrap_err();
                assert!(error.is_closed());
                assert_eq!(error.command(), Some("query-status"));
                assert!(error.to_string().contains(": signal: 9 (SIGKILL)"), "{error}");
            }
        }
    }
}

const CALLS: usize = 50;

/// Stops QEMU, so that it answers nothing, and kills it a little later.
fn kill_soon(process: Process) {
    let stop = Command::new("kill").args(["-STOP", &process.id().to_string()]).status();
    assert!(stop.unwrap().success());
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        process.kill().unwrap();
    });
}

fn check_killed<T: std::fmt::Debug>(results: Vec<Result<T, Error>>) {
    assert_eq!(results.len(), CALLS);
    for result in results {
        let error = result.unwrap_err();
        assert!(error.is_closed() && error.may_have_been_executed(), "{error}");
        assert!(error.to_string().contains("before the reply to `query-status`: signal: 9 (SIGKILL)"), "{error}");
    }
}

#[test]
fn qemu_killed_with_calls_in_flight() {
    for qemu in Generation::ALL.into_iter().filter_map(|generation| emulator(generation, MONITOR)) {
        let vm = qmp_types::blocking::Client::spawn(qemu).unwrap().timeout(LIMIT);
        kill_soon(vm.process().unwrap());
        std::thread::scope(|scope| {
            let call = || vm.call_raw("query-status", &serde_json::json!({}));
            let calls: Vec<_> = (0..CALLS).map(|_| scope.spawn(call)).collect();
            check_killed(calls.into_iter().map(|call| call.join().unwrap()).collect());
        });
    }
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn qemu_killed_with_calls_in_flight_of_tasks() {
    for qemu in Generation::ALL.into_iter().filter_map(|generation| emulator(generation, MONITOR)) {
        let vm = qmp_types::tokio::Client::spawn(qemu).await.unwrap().timeout(LIMIT);
        kill_soon(vm.process().unwrap());
        let call =
            |vm: qmp_types::tokio::Client| async move { vm.call_raw("query-status", &serde_json::json!({})).await };
        let calls: Vec<_> = (0..CALLS).map(|_| tokio::spawn(call(vm.clone()))).collect();
        let mut results = Vec::new();
        for call in calls {
            results.push(call.await.unwrap());
        }
        check_killed(results);
    }
}

/// The monitor of a daemon cannot be inherited: QEMU replaces its standard input.
#[test]
fn qemu_that_daemonizes_does_not_hang() {
    for generation in Generation::ALL {
        for &twin in TWINS {
            let folder = tempfile::tempdir().unwrap();
            let pid = folder.path().join("pid");
            let options = format!("{MONITOR} -daemonize -pidfile {}", pid.display());
            let Some(qemu) = emulator(generation, &options) else { continue };
            let error = refused(twin, qemu);
            assert!(error.is_closed(), "{error}");
            assert_eq!(error.exit_status().and_then(|status| status.code()), Some(0), "{error}");
            let daemon = std::fs::read_to_string(&pid).unwrap();
            assert!(Command::new("kill").arg(daemon.trim()).status().unwrap().success());
        }
    }
}

//! The example `emulator` as a daemon. (`tests/libvirt` has a manager in charge of it, `qmp_test` connects it to a test.)

use std::fs;
use std::process::Command;

use ::examples::qmp::ShutdownCause;
use ::examples::qmp::blocking::Client;
use ::examples::qmp::events::Shutdown;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use test_support::{TIME_LIMIT, within};

use crate::support::example;

fn daemon(options: &[&str]) -> Command {
    let mut command = example("emulator");
    command.args(["-S", "-daemonize"]).args(options);
    command
}

/// When the program returns, clients can connect and the pidfile is there. When it is asked to end, both are gone.
#[test]
fn in_the_background() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name);
    let (socket, pidfile) = (path("qmp"), path("pid"));
    let monitor = format!("unix:{},server=on,wait=off", socket.display());
    let output =
        daemon(&["-qmp", &monitor, "-pidfile", pidfile.to_str().unwrap(), "-name", "guest=vm"]).output().unwrap();
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");

    let client = Client::connect_unix(&socket).unwrap();
    assert_eq!(client.query_name().unwrap().name.as_deref(), Some("vm"));
    let pid = Pid::from_raw(fs::read_to_string(&pidfile).unwrap().trim().parse().unwrap()).unwrap();
    let ends = client.expect::<Shutdown>(|event| event.reason == ShutdownCause::HostSignal);
    kill_process(pid, Signal::TERM).unwrap();
    ends.timeout(TIME_LIMIT).wait().unwrap();
    // It may stay a zombie: its parent is another process, in a container one that never asks for its status.
    let gone = || (!pidfile.exists() && !socket.exists() && !is_running(pid)).then_some(());
    assert!(within(TIME_LIMIT, gone).is_some(), "{:?}", fs::read_dir(dir.path()).unwrap().collect::<Vec<_>>());
}

/// The program reports errors of the process in the background, and fails.
#[test]
fn a_start_that_fails() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("no-such-folder/qmp");
    let output = daemon(&["-qmp", &format!("unix:{},server=on", path.display())]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(1) && error.starts_with("emulator: ") && error.contains("no-such-folder"),
        "{error}"
    );

    let output = daemon(&["-mon", "chardev=nothing"]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        error,
        "emulator: expected the id of a chardev, found `nothing`; help: add `-chardev socket,id=nothing,path=PATH`\n"
    );
}

fn is_running(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    test_kill_process(pid).is_ok() && !stat.contains(") Z ")
}

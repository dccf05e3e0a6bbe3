//! `qmp events` with real servers, and with one of ours that sends what the test says.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixListener;
use std::process::Stdio;
use std::thread;

use expect_test::expect;
use test_support::{Generation, Server, TIME_LIMIT, within};

use crate::support::Folder;

/// Serves one client at a socket of the folder: sends these events, and closes the connection.
fn serve(folder: &Folder, count: usize) {
    let listener = UnixListener::bind(folder.path("vm.sock")).expect("a socket");
    thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client");
        let mut writer = &stream;
        let greeting = r#"{"QMP": {"version": {"qemu": {"major": 1, "minor": 0, "micro": 0}, "package": ""}, "capabilities": []}}"#;
        let _ = writeln!(writer, "{greeting}");
        let mut request = String::new();
        let _ = BufReader::new(&stream).read_line(&mut request);
        let request: serde_json::Value = serde_json::from_str(&request).expect("a request");
        // The first event arrives during the negotiation.
        for index in 0..count {
            let name = if index % 2 == 0 { "JOB_CHANGE" } else { "STOP" };
            let data = if index % 2 == 0 { format!(r#", "data": {{"n": {index}}}"#) } else { String::new() };
            let stamp = r#"{"seconds": 7, "microseconds": 8}"#;
            let _ = writeln!(writer, r#"{{"timestamp": {stamp}, "event": "{name}"{data}}}"#);
            if index == 0 {
                let _ = writeln!(writer, r#"{{"return": {{}}, "id": {}}}"#, request["id"]);
            }
        }
    });
}

#[test]
fn lines_filters_and_limits() {
    for (options, expected) in [
        (
            "",
            expect![[r#"
            7.000008 JOB_CHANGE {"n":0}
            7.000008 STOP
            7.000008 JOB_CHANGE {"n":2}
            7.000008 STOP
            status: 0
        "#]],
        ),
        (
            "--json",
            expect![[r#"
            {"data":{"n":0},"event":"JOB_CHANGE","timestamp":{"microseconds":8,"seconds":7}}
            {"event":"STOP","timestamp":{"microseconds":8,"seconds":7}}
            {"data":{"n":2},"event":"JOB_CHANGE","timestamp":{"microseconds":8,"seconds":7}}
            {"event":"STOP","timestamp":{"microseconds":8,"seconds":7}}
            status: 0
        "#]],
        ),
        (
            "--filter JOB_*",
            expect![[r#"
            7.000008 JOB_CHANGE {"n":0}
            7.000008 JOB_CHANGE {"n":2}
            status: 0
        "#]],
        ),
        (
            "--filter STOP --filter OTHER --count 1",
            expect![[r#"
            7.000008 STOP
            status: 0
        "#]],
        ),
        (
            "--filter STOP --count 9",
            expect![[r#"
            7.000008 STOP
            7.000008 STOP
            stderr: error: expected 9 events, found 2 when the server closed the connection
            status: 3
        "#]],
        ),
    ] {
        let folder = Folder::with(&[]);
        serve(&folder, 4);
        expected.assert_eq(&folder.transcript(&format!("events vm.sock {options}")));
    }
}

#[test]
fn a_closed_pipe_ends_the_program() {
    let folder = Folder::with(&[]);
    serve(&folder, 100_000);
    let mut command = folder.command("events vm.sock");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("its output"));
    stdout.read_line(&mut line).expect("a line");
    assert_eq!(line, "7.000008 JOB_CHANGE {\"n\":0}\n");
    drop(stdout);
    let status = within(TIME_LIMIT, || child.try_wait().expect("its status")).expect("it ends");
    assert_eq!((status.code(), child.wait_with_output().expect("its output").stderr), (Some(0), Vec::new()));
}

#[test]
fn events_of_qemu() {
    for suite in Generation::ALL {
        let options = "-M none -nodefaults -nographic -S -qmp unix:@/other,server=on,wait=off";
        let Some(server) = Server::emulator(suite, options) else { continue };
        let (folder, socket) = (Folder::with(&[]), server.socket().display().to_string());
        let other = server.folder().join("other").display().to_string();
        let mut command = folder.command(&format!("events {socket} --filter RES* --count 1 --json"));
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        // The program may connect later than the first event is sent.
        let status = within(TIME_LIMIT, || {
            folder.stdout(&format!("call {other} system_reset"));
            child.try_wait().expect("its status")
        });
        let output = child.wait_with_output().expect("its output");
        let event: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(event["event"], "RESET");
        assert_eq!(event["data"]["reason"], "host-qmp-system-reset");
        assert_eq!(status.and_then(|status| status.code()), Some(0));
    }
}

#[test]
fn nothing_within_the_time() {
    let Some(server) = Server::bare_emulator(Generation::Bookworm) else { return };
    let (folder, socket) = (Folder::with(&[]), server.socket().display().to_string());
    assert_eq!(folder.transcript(&format!("events {socket} --timeout 0.3")), "status: 0\n");
    expect![[r#"
        stderr: error: expected 1 events, found 0 when the time was up
        status: 3
    "#]]
    .assert_eq(&folder.transcript(&format!("events {socket} --timeout 0.3 --count 1")));
    let absent = folder.transcript("events absent.sock");
    assert!(absent.starts_with("stderr: error: cannot connect") && absent.ends_with("status: 3\n"), "{absent}");
}

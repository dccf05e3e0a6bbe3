//! `qmp mock`, `qmp record` and `qmp replay`, with clients of every kind.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStderr, Command, Stdio};

use expect_test::expect;
use serde_json::Value;
use test_support::{Generation, Server, TIME_LIMIT, program, within};

use crate::support::{Folder, VM, transcript};

/// A command that serves, until it is dropped.
struct Serving {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// What it said until it was listening.
    said: String,
}

impl Serving {
    /// Starts `qmp` with these arguments, and waits until it listens.
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut command = folder.command(arguments);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("its messages"));
        let mut said = String::new();
        while !said.contains("listening on") {
            assert_ne!(stderr.read_line(&mut said).expect("text"), 0, "qmp {arguments}: {said}");
        }
        Self { child, stderr, said }
    }

    /// Ends it by a signal, and returns its messages since then and its exit status.
    fn end(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(&id).status().expect("kill").success());
        let status = within(TIME_LIMIT, || self.child.try_wait().expect("its status")).expect("it ends");
        let mut rest = String::new();
        self.stderr.read_to_string(&mut rest).expect("text");
        format!("{rest}status: {}\n", status.code().unwrap_or(-1))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_mock_of_a_schema() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let mock = Serving::start(&folder, "mock vm.json --listen vm.sock --seed 3 --qemu-version 7.2.19");
    assert_eq!(mock.said, "listening on vm.sock\n");
    let answers = || [(); 3].map(|()| folder.stdout("call vm.sock query-status"));
    let first = answers();
    expect![[r#"
        {"size":4490333556785659888,"status":"off"}
        {"size":2391163656712915778,"status":"off"}
        {"size":10161928630764077268,"status":"off"}
    "#]]
    .assert_eq(&first.concat());
    expect![[r#"
        stderr: error: GenericError: Invalid parameter type for 'id', expected: string
        stderr:  = help: the argument is `id:=5`
        status: 1
    "#]]
    .assert_eq(&folder.transcript("call vm.sock stop id:=5"));
    // A second client continues, another run begins again.
    assert_ne!(answers(), first);
    folder.stdout("conform vm.sock");
    let version = folder.stdout("call vm.sock query-version");
    assert_eq!(version, "{\"package\":\"\",\"qemu\":{\"major\":7,\"micro\":19,\"minor\":2}}\n");
    assert_eq!(mock.end(), "answers of the seed 3\nstatus: 0\n");
    assert!(!folder.path("vm.sock").exists());
    let mock = Serving::start(&folder, "mock vm.json --listen vm.sock --seed 3");
    assert_eq!(answers(), first);
    drop(mock);
}

#[test]
fn events_of_a_mock() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let _mock =
        Serving::start(&folder, "mock vm.json --listen tcp:127.0.0.1:0 --listen vm.sock --seed 3 --events 0.02");
    let events = folder.stdout("events vm.sock --count 5 --json");
    for event in events.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON")) {
        assert_eq!(event["event"], "STOPPED");
        assert!(event["data"]["at"].is_i64(), "{event}");
    }
}

#[test]
fn mocks_of_real_servers_keep_the_protocol() {
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let folder = Folder::with(&[]);
        let _mock = Serving::start(&folder, &format!("mock {} --listen vm.sock", server.socket().display()));
        let report = folder.transcript("conform vm.sock");
        assert!(report.ends_with("status: 0\n"), "{report}");
    }
}

/// A session at the prompt of QEMU's qmp-shell.
fn qmp_shell(folder: &Folder, socket: &str) -> Option<String> {
    let mut command = program("qmp-shell")?;
    let mut child = command
        .arg(folder.path(socket))
        .env("HOME", folder.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let input = b"query-status\nobject-add qom-type=iothread id=io0\nqom-list path=/objects\nquery-fdsets\ncont x=1\n";
    child.stdin.take().expect("its input").write_all(input).expect("it reads");
    Some(transcript(&child.wait_with_output().expect("it ends")))
}

#[test]
fn a_session_of_qmp_shell_is_replayed_without_qemu() {
    let Some(server) = Server::bare_emulator(Generation::Trixie) else { return };
    let folder = Folder::with(&[]);
    let arguments = format!("record {} --listen rec.sock -o session.jsonl --no-times", server.socket().display());
    let recorder = Serving::start(&folder, &arguments);
    let Some(recorded) = qmp_shell(&folder, "rec.sock") else { return };
    assert!(recorded.contains("iothread") && recorded.contains("Parameter 'x' is unexpected"), "{recorded}");
    assert_eq!(recorder.end(), "status: 0\n");
    drop(server);
    let recording = folder.read("session.jsonl");
    assert!(recording.starts_with("{\"session\": 1, \"from\": \"server\", \"message\": {\"QMP\": "), "{recording}");

    for order in ["any", "repeated", "strict"] {
        let replay = Serving::start(&folder, &format!("replay session.jsonl --listen vm.sock --order {order}"));
        assert_eq!(qmp_shell(&folder, "vm.sock").as_ref(), Some(&recorded), "{order}");
        assert_eq!(replay.end(), "status: 0\n");
    }
    // Our own clients, which ask for something else.
    let replay = Serving::start(&folder, "replay session.jsonl --listen vm.sock");
    expect![[r#"
        {"running":false,"status":"prelaunch"}
        status: 0
    "#]]
    .assert_eq(&folder.transcript("call vm.sock query-status"));
    expect![[r#"
        error: GenericError: the recording has no command `query-fdset`; the closest that it has is `query-fdsets`
        []
        status: 1
    "#]]
    .assert_eq(&folder.transcript_of("shell vm.sock", b"query-fdset\nquery-fdsets\n"));
    expect![[r#"
        warning: the recording has no command `query-qmp-schema`
        warning: the recording has no command `query-fdset`; the closest that it has is `query-fdsets`
        status: 1
    "#]]
    .assert_eq(&replay.end());
}

#[test]
fn a_recording_of_one_session() {
    let Some(server) = Server::bare_emulator(Generation::Bookworm) else { return };
    let folder = Folder::with(&[]);
    let socket = server.socket().display().to_string();
    let mut recorder = Serving::start(&folder, &format!("record {socket} --listen rec.sock -o - --once --no-times"));
    folder.stdout("call rec.sock query-kvm");
    let status = within(TIME_LIMIT, || recorder.child.try_wait().expect("its status")).expect("it ends");
    assert_eq!(status.code(), Some(0));
    let mut recording = String::new();
    recorder.child.stdout.take().expect("its output").read_to_string(&mut recording).expect("text");
    let lines: Vec<_> = recording.lines().skip(1).collect();
    expect![[r#"
        {"session": 1, "from": "client", "message": {"execute": "qmp_capabilities", "id": 1}}
        {"session": 1, "from": "server", "message": {"return": {}, "id": 1}}
        {"session": 1, "from": "client", "message": {"execute": "query-kvm", "id": 2}}
        {"session": 1, "from": "server", "message": {"return": {"enabled": false, "present": true}, "id": 2}}
        {"session": 1, "from": "client", "end": true}
        {"session": 1, "from": "server", "end": true}
    "#]]
    .assert_eq(&(lines.join("\n") + "\n"));

    let mut recorder = Serving::start(&folder, "record absent.sock --listen rec.sock -o x.jsonl --once");
    let mut client = UnixStream::connect(folder.path("rec.sock")).expect("it listens");
    assert_eq!(client.read(&mut [0]).expect("the end"), 0);
    let status = within(TIME_LIMIT, || recorder.child.try_wait().expect("its status")).expect("it ends");
    assert_eq!(status.code(), Some(3));
}

#[test]
fn a_person_with_telnet() {
    let folder = Folder::with(&[("vm.json", VM)]);
    let _mock = Serving::start(&folder, "mock vm.json --listen vm.sock --seed 1");
    let mut stream = UnixStream::connect(folder.path("vm.sock")).expect("it listens");
    stream
        .write_all(b"{'execute': 'qmp_capabilities'}\r\n{'execute': 'query-status', 'id': 'a'}\r\n")
        .expect("it reads");
    let lines: Vec<_> = BufReader::new(stream).lines().take(3).map(|line| line.expect("text")).collect();
    assert_eq!(lines[1], "{\"return\": {}}");
    assert!(lines[2].starts_with("{\"return\": {") && lines[2].ends_with(", \"id\": \"a\"}"), "{lines:?}");
}

#[test]
fn mistakes() {
    let folder = Folder::with(&[("bad.jsonl", "{\"from\": \"client\"}\n"), ("empty.jsonl", ""), ("vm.json", VM)]);
    for (arguments, expected) in [
        (
            "replay bad.jsonl --listen vm.sock",
            expect![[r#"
            stderr: error: `bad.jsonl`: line 1: expected one of `message`, `text`, `hex` and `end`
            status: 2
        "#]],
        ),
        (
            "replay empty.jsonl --listen vm.sock",
            expect![[r#"
            stderr: error: `empty.jsonl` contains no session
            status: 2
        "#]],
        ),
        (
            "replay absent.jsonl --listen vm.sock",
            expect![[r#"
                stderr: error: cannot read `absent.jsonl`: No such file or directory (os error 2)
                status: 2
            "#]],
        ),
        (
            "mock absent.json --listen vm.sock",
            expect![[r#"
            stderr: error: cannot read `absent.json`: No such file or directory (os error 2)
            status: 2
        "#]],
        ),
        (
            "mock vm.json --listen tcp:192.0.2.1:4444",
            expect![[r#"
            stderr: error: cannot listen: tcp:192.0.2.1:4444: expected a loopback address, found 192.0.2.1: QMP has no authentication, and other machines could connect; help: listen on `tls:`, which requires certificates of clients, or allow it with `ListenOptions::allow_remote`
            status: 2
        "#]],
        ),
        (
            "mock vm.json --listen vm.sock --qemu-version 10.0",
            expect![[r#"
            stderr: error: invalid value '10.0' for '--qemu-version <X.Y.Z>': expected three numbers, such as `10.0.2`
            stderr:
            stderr: For more information, try '--help'.
            status: 2
        "#]],
        ),
        (
            "record vm.sock --listen rec.sock -o /nonexistent/x.jsonl",
            expect![[r#"
            stderr: error: cannot write `/nonexistent/x.jsonl`: No such file or directory (os error 2)
            status: 2
        "#]],
        ),
    ] {
        expected.assert_eq(&folder.transcript(arguments));
    }
}

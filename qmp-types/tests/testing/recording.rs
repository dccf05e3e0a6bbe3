//! Recording and replay: what a client saw of a real server, it sees again without it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::thread;

use qmp_types::blocking::Client;
use qmp_types::server::WireLog;
use qmp_types::testing::{InvalidRecording, MockServer, Recorder, Recording, Replay, ReplayOrder, ServerThread};
use qmp_types::transport::Stream;
use qmp_types::{ClientOptions, OtherEvent};
use serde_json::{Value, json};
use test_support::{Generation, Server};

use crate::qmp;

/// A file in memory.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn recording(&self) -> Recording {
        let bytes = self.0.lock().expect("no panic").clone();
        Recording::parse(&String::from_utf8(bytes).expect("text")).expect("a recording")
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a client through a recorder, and returns the recording.
fn recorded(server: &Server, run: impl FnOnce(Stream)) -> Recording {
    let buffer = Buffer::default();
    let recorder = Recorder::new(buffer.clone());
    let (client, passed) = Stream::pair().expect("sockets");
    let server = Stream::connect(server.socket()).expect("the server");
    thread::scope(|scope| {
        scope.spawn(|| recorder.pass(passed, server).expect("a recording"));
        run(client);
    });
    buffer.recording()
}

/// What a client sees in a session: replies, errors and events, in their order.
fn session(stream: Stream, options: &ClientOptions, commands: &[(&str, Value)]) -> Vec<String> {
    let vm = Client::from_stream_with(stream, options).expect("a greeting");
    let mut seen = vec![format!("{:?}", vm.greeting())];
    for (command, arguments) in commands {
        seen.push(match vm.call_raw(command, arguments) {
            Ok(value) => value.to_string(),
            Err(error) => error.to_string(),
        });
        let awaited = match *command {
            "cont" => "RESUME",
            "stop" => "STOP",
            _ => continue,
        };
        while !seen.last().is_some_and(|line| line.contains(awaited)) {
            let event = vm.next_event::<OtherEvent>().expect("an event");
            seen.push(format!("{} {} {}", event.timestamp, event.name, event.data));
        }
    }
    seen
}

#[test]
fn a_session_of_qemu_is_replayed_without_it() {
    let commands = [
        ("query-status", json!({})),
        ("cont", json!({})),
        ("query-status", json!({})),
        ("stop", json!({})),
        ("query-qmp-schema", json!({})),
        ("query-nmae", json!({})),
        ("device_del", json!({"id": "net0"})),
        ("query-status", json!({})),
    ];
    for generation in Generation::ALL {
        let options = "-M pc,accel=tcg -nodefaults -display none -S";
        let Some(server) = Server::emulator(generation, options) else { continue };
        let client = ClientOptions::new().enable_oob();
        let mut seen = Vec::new();
        let recording = recorded(&server, |stream| seen = session(stream, &client, &commands));
        drop(server);
        assert!(seen.iter().any(|line| line.contains(" RESUME")), "{seen:?}");
        let recording = Recording::parse(&recording.to_string()).expect("what was written is read");
        let replay = Replay::new(&recording).order(ReplayOrder::Strict);
        for _ in 0..2 {
            assert_eq!(session(replay.connect().expect("a socket"), &client, &commands), seen);
        }
        assert_eq!(replay.refusals(), Vec::<String>::new());
    }
}

#[test]
fn a_session_of_a_guest_agent_is_replayed() {
    let commands = [("guest-ping", json!({})), ("guest-sync", json!({"id": 7})), ("guest-info", json!({}))];
    for server in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let options = ClientOptions::new().guest_agent();
        let mut seen = Vec::new();
        let recording = recorded(&server, |stream| seen = session(stream, &options, &commands));
        drop(server);
        let replay = Replay::new(&recording);
        assert_eq!(session(replay.connect().expect("a socket"), &options, &commands), seen);
    }
}

#[test]
fn descriptors_are_passed_on_and_noted() {
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let recording = recorded(&server, |stream| {
            let vm = Client::from_stream(stream).expect("a greeting");
            let fd = std::fs::File::open("/dev/null").expect("a file");
            vm.call_raw_with_fd("getfd", &json!({"fdname": "fd0"}), fd).expect("QEMU has the descriptor");
        });
        let text = recording.without_times().to_string();
        let line = text.lines().find(|line| line.contains("getfd")).expect("the command");
        assert!(
            line.starts_with(r#"{"session": 1, "from": "client", "fds": 1, "message": {"execute": "getfd""#),
            "{line}"
        );
        assert!(text.ends_with("\"end\": true}\n"), "{text}");
    }
}

#[test]
fn wire_logs_are_recordings() {
    let log = Buffer::default();
    let mock = MockServer::new(qmp::INTROSPECTION).expect("introspection data").seed(4);
    let server = ServerThread::new(mock.into_server().wire_log(WireLog::new(log.clone())));
    let commands = [("query-everything", json!({})), ("getfd", json!({})), ("query-name", json!({}))];
    let options = ClientOptions::new();
    let seen = session(server.connect().expect("a socket"), &options, &commands);
    let other = session(server.connect().expect("a socket"), &options, &commands);
    drop(server);
    let recording = log.recording();
    assert_eq!(recording.sessions(), [1, 2]);
    let replay = Replay::new(&recording);
    for expected in [&seen, &other, &seen] {
        assert_eq!(session(replay.connect().expect("a socket"), &options, &commands), *expected);
    }
}

/// A recording with pipelined commands, replies that change places, and events between them.
const PIPELINED: &str = r#"
    {"from": "server", "message": {"QMP": {"version": {}, "capabilities": ["oob"]}}}
    {"from": "client", "message": {"execute": "qmp_capabilities", "id": 1}}
    {"from": "server", "message": {"return": {}, "id": 1}}
    {"from": "client", "message": {"execute": "query-name", "id": "a"}}
    {"from": "client", "message": {"exec-oob": "query-name", "arguments": {"n": 1}, "id": "b"}}
    {"from": "server", "message": {"timestamp": {"seconds": 1, "microseconds": 2}, "event": "BEFORE"}}
    {"from": "server", "message": {"return": {"z": 1.50, "a": "second"}, "id": "b"}}
    {"from": "server", "message": {"return": "first", "id": "a"}}
    {"from": "server", "message": {"timestamp": {"seconds": 3, "microseconds": 4}, "event": "AFTER"}}
    {"from": "client", "message": {"execute": "query-name", "id": 7}}
    {"from": "server", "message": {"id": 7, "error": {"class": "GenericError", "desc": "no"}}}
    {"from": "client", "message": {"execute": "quit"}}
    {"from": "server", "message": {"return": {}}}
    {"from": "server", "end": true}
"#;

fn replay(order: ReplayOrder) -> (Replay, Client) {
    let replay = Replay::new(&Recording::parse(PIPELINED).expect("a recording")).order(order);
    let client = Client::from_stream(replay.connect().expect("a socket")).expect("a greeting");
    (replay, client)
}

fn call(vm: &Client, command: &str, arguments: Value) -> String {
    match vm.call_raw(command, &arguments) {
        Ok(value) => value.to_string(),
        Err(error) => error.desc().unwrap_or("no answer").to_owned(),
    }
}

#[test]
fn in_any_order() {
    let (replay, vm) = replay(ReplayOrder::Any);
    assert_eq!(call(&vm, "query-name", json!({"n": 1})), r#"{"a":"second","z":1.5}"#);
    assert_eq!(call(&vm, "query-name", json!({})), "\"first\"");
    for name in ["BEFORE", "AFTER"] {
        assert_eq!(vm.next_event::<OtherEvent>().expect("an event").name, name);
    }
    assert_eq!(call(&vm, "query-name", json!({})), "no");
    let refusals = [
        (
            call(&vm, "query-name", json!({})),
            "the recording has `query-name` 2 times, and each was replayed; help: let it repeat the last reply",
        ),
        (
            call(&vm, "query-name", json!({"n": 2})),
            "the recording has no `query-name {\"n\": 2}`; the closest that it has is `query-name {\"n\": 1}`",
        ),
        (call(&vm, "qiut", json!({})), "the recording has no command `qiut`"),
        (
            call(&vm, "query-names", json!({})),
            "the recording has no command `query-names`; the closest that it has is `query-name`",
        ),
    ];
    for (found, expected) in &refusals {
        assert_eq!(found, expected);
    }
    assert_eq!(replay.refusals(), refusals.map(|(_, expected)| expected));
    drop(vm);
    let unused = test_support::within(test_support::TIME_LIMIT, || replay.unused().first().cloned());
    assert_eq!(unused.as_deref(), Some("quit"));
}

#[test]
fn repeated_and_in_strict_order() {
    let (_replay, vm) = replay(ReplayOrder::Repeated);
    assert_eq!([(); 4].map(|()| call(&vm, "query-name", json!({}))), ["\"first\"", "no", "no", "no"]);
    assert_eq!(call(&vm, "quit", json!({})), "{}");
    assert!(vm.call_raw("query-name", &json!({})).expect_err("the server has closed the connection").is_closed());

    let (_replay, vm) = replay(ReplayOrder::Strict);
    let refused = "the recording goes on with `query-name`, found `quit`; help: replay in any order";
    assert_eq!(call(&vm, "quit", json!({})), refused);
    assert_eq!(call(&vm, "query-name", json!({})), "\"first\"");
}

#[test]
fn what_is_no_recording() {
    let reason = |text: &str| Recording::parse(text).expect_err("no recording").to_string();
    assert_eq!(reason("{\"from\": \"client\", \"end\": true}\n\n[]\n"), "line 3: expected a JSON object");
    let missing: InvalidRecording = Recording::open("/nonexistent.jsonl").expect_err("no file");
    assert_eq!(missing.to_string(), "cannot read `/nonexistent.jsonl`: No such file or directory (os error 2)");
    assert!(Recording::parse("").expect("an empty recording").sessions().is_empty());
    // A client of an empty recording is disconnected.
    let replay = Replay::new(&Recording::default());
    assert!(Client::from_stream(replay.connect().expect("a socket")).expect_err("no greeting").is_closed());

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{}\n").unwrap();
    let damaged = Recording::open(file.path()).expect_err("no recording").to_string();
    let expected = format!("`{}`: line 1: ", file.path().display());
    assert!(damaged.starts_with(&expected), "{damaged}");
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn asynchronous_clients() {
    let replay = Replay::new(&Recording::parse(PIPELINED).expect("a recording"));
    let address = replay.listen("tcp:127.0.0.1:0").expect("a port");
    let vm = qmp_types::tokio::Client::connect(address).await.expect("a greeting");
    let (none, one) = (json!({}), json!({"n": 1}));
    let (first, second) = ::tokio::join!(vm.call_raw("query-name", &none), vm.call_raw("query-name", &one));
    assert_eq!((first.expect("a value"), second.expect("a value")["a"].clone()), (json!("first"), json!("second")));
}

#[test]
fn wire_logs_of_clients_are_recordings() {
    let commands = [("query-status", json!({})), ("query-nmae", json!({})), ("query-version", json!({}))];
    for server in Generation::ALL.into_iter().filter_map(Server::bare_emulator) {
        let log = Buffer::default();
        let options = ClientOptions::new().wire_log(WireLog::new(log.clone()));
        let mut seen = Vec::new();
        for _ in 0..2 {
            let stream = Stream::connect(server.socket()).expect("QEMU");
            seen.push(session(stream, &options, &commands));
        }
        let vm = Client::connect_with(server.socket(), &options).expect("a greeting");
        let null = std::fs::File::open("/dev/null").expect("a file");
        vm.call_raw_with_fd("getfd", &json!({"fdname": "fd0"}), null).expect("QEMU has the descriptor");
        drop((vm, server));
        let recording = log.recording();
        assert_eq!(recording.sessions(), [1, 2, 3]);
        assert!(
            recording
                .to_string()
                .contains(r#"{"session": 3, "from": "client", "fds": 1, "message": {"execute": "getfd""#)
        );
        let replay = Replay::new(&recording).order(ReplayOrder::Strict);
        for expected in seen {
            assert_eq!(session(replay.connect().expect("a socket"), &ClientOptions::new(), &commands), expected);
        }
    }
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn wire_logs_of_asynchronous_clients_are_the_same() {
    let replay = Replay::new(&Recording::parse(PIPELINED).expect("a recording"));
    let (blocking, asynchronous) = (Buffer::default(), Buffer::default());
    let options = |log: &Buffer| ClientOptions::new().wire_log(WireLog::new(log.clone()));
    let stream = replay.connect().expect("a socket");
    let vm = qmp_types::tokio::Client::from_stream_with(stream, &options(&asynchronous)).await.expect("a greeting");
    assert_eq!(vm.call_raw("query-name", &json!({})).await.expect("a value"), "first");
    let vm = Client::from_stream_with(replay.connect().expect("a socket"), &options(&blocking)).expect("a greeting");
    assert_eq!(vm.call_raw("query-name", &json!({})).expect("a value"), "first");
    assert_eq!(asynchronous.recording().to_string(), blocking.recording().to_string());
    assert_eq!(blocking.recording().to_string().lines().count(), 6);
}

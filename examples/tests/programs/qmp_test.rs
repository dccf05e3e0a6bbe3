//! The example `emulator`, launched and asked as QEMU's own test of the protocol, `qmp-test`, does it. CONTRIBUTING.md says how to
//! run that program, which needs a QEMU tree. These are the same checks without one.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command};

use rustix::fs::{CWD, FileType, Mode, OFlags, mknodat};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{TIME_LIMIT, within};

use crate::support::example;

/// An emulator that has connected to this test.
struct Emulator {
    process: Child,
    monitor: BufReader<UnixStream>,
    _qtest: UnixStream,
    folder: TempDir,
}

impl Emulator {
    /// Launches it. It connects to both sockets, and answers the one question of the other protocol.
    fn launch(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (qtest_path, monitor_path) = (folder.path().join("qtest"), folder.path().join("qmp"));
        let (qtest, monitor) = (UnixListener::bind(&qtest_path).unwrap(), UnixListener::bind(&monitor_path).unwrap());
        let process = launch_line(&qtest_path, &monitor_path).args(options).args(["-accel", "qtest"]).spawn().unwrap();
        let (mut qtest, monitor) = (accept(&qtest), accept(&monitor));
        writeln!(qtest, "endianness").unwrap();
        let mut answer = String::new();
        BufReader::new(&qtest).read_line(&mut answer).unwrap();
        assert_eq!(answer, "OK little\n");
        Self { process, monitor: BufReader::new(monitor), _qtest: qtest, folder }
    }

    /// The next message that is no event.
    fn receive(&mut self) -> Value {
        loop {
            let message = self.message();
            if message.get("event").is_none() {
                return message;
            }
        }
    }

    fn message(&mut self) -> Value {
        let mut line = String::new();
        self.monitor.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    fn send(&mut self, bytes: &[u8]) {
        self.monitor.get_mut().write_all(bytes).unwrap();
    }

    /// Sends a request, and returns its reply.
    fn ask(&mut self, request: &str) -> Value {
        self.send(request.as_bytes());
        self.send(b"\n");
        self.receive()
    }

    #[track_caller]
    fn returns(&mut self, request: &str) -> Value {
        let reply = self.ask(request);
        reply.get("return").unwrap_or_else(|| panic!("{request}: {reply}")).clone()
    }

    #[track_caller]
    fn refuses(&mut self, request: &str, class: &str) {
        let reply = self.ask(request);
        assert_eq!(reply["error"]["class"], class, "{request}: {reply}");
    }

    /// Ends it by a signal. Its exit status is 0.
    fn quit(mut self) {
        kill_process(Pid::from_child(&self.process), Signal::TERM).unwrap();
        let status = within(TIME_LIMIT, || self.process.try_wait().unwrap());
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn launch_line(qtest: &Path, monitor: &Path) -> Command {
    let mut command = example("emulator");
    command.arg("-qtest").arg(format!("unix:{}", qtest.display())).args(["-qtest-log", "/dev/null"]);
    command.arg("-chardev").arg(format!("socket,path={},id=char0", monitor.display()));
    command.args(["-mon", "chardev=char0,mode=control", "-display", "none", "-audio", "none"]);
    command.args(["-nodefaults", "-machine", "none"]);
    command
}

fn accept(listener: &UnixListener) -> UnixStream {
    listener.set_nonblocking(true).unwrap();
    let (stream, _) = within(TIME_LIMIT, || listener.accept().ok()).expect("the emulator connects");
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    stream
}

/// The streams that are no requests. After each, the parser has recovered.
fn malformed(emulator: &mut Emulator) {
    for bytes in [&b"{]\n"[..], b"{\xFF", b"{\x01", b"{'bad \xFF", b"{'execute': 'nonexistent', 'id':'\n", b"%p"] {
        emulator.send(bytes);
        assert_eq!(emulator.receive()["error"]["class"], "GenericError", "{:?}", bytes.escape_ascii().to_string());
        emulator.refuses("{ 'execute': 'no-such-cmd' }", "CommandNotFound");
    }
    for request in [
        "null",
        "{}",
        "{ 'execute': true }",
        "{ 'execute': 'no-such-cmd', 'arguments': [] }",
        "{ 'execute': 'no-such-cmd', 'extra': true }",
    ] {
        emulator.refuses(request, "GenericError");
    }
}

#[test]
fn protocol() {
    let mut emulator = Emulator::launch(&[]);
    let greeting = emulator.receive();
    assert!(greeting["QMP"]["version"]["qemu"]["major"].is_u64() && greeting["QMP"]["version"]["package"].is_string());
    emulator.refuses("{ 'execute': 'query-version' }", "CommandNotFound");
    malformed(&mut emulator);
    assert_eq!(emulator.returns("{ 'execute': 'qmp_capabilities' }"), json!({}));
    emulator.refuses("{ 'execute': 'qmp_capabilities' }", "CommandNotFound");
    assert_eq!(emulator.returns("{ 'execute': 'query-version' }"), greeting["QMP"]["version"]);
    malformed(&mut emulator);
    assert_eq!(emulator.ask("{ 'execute': 'query-name', 'id': 'cookie#1' }")["id"], "cookie#1");
    let reply = emulator.ask("{ 'execute': 'human-monitor-command', 'id': 2 }");
    assert_eq!((&reply["id"], &reply["error"]["class"]), (&json!(2), &json!("GenericError")));
    emulator.quit();
}

#[test]
fn out_of_band() {
    let mut emulator = Emulator::launch(&[]);
    assert_eq!(emulator.receive()["QMP"]["capabilities"], json!(["oob"]));
    let enable = |name: &str| format!("{{ 'execute': 'qmp_capabilities', 'arguments': {{ 'enable': [ '{name}' ] }} }}");
    emulator.refuses(&enable("cap-does-not-exist"), "GenericError");
    emulator.returns(&enable("oob"));
    emulator.refuses("{ 'exec-oob': 'query-cpus-fast' }", "GenericError");

    let fifo = emulator.folder.path().join("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let blocks = |id: &str| {
        let image = json!({ "driver": "null-co", "read-zeroes": true });
        let arguments = json!({ "driver": "blkdebug", "node-name": id, "config": fifo, "image": image });
        json!({ "execute": "blockdev-add", "id": id, "arguments": arguments }).to_string()
    };
    // Opening a pipe waits for the other end.
    let unblock = || drop(File::options().write(true).open(&fifo).unwrap());

    emulator.send(blocks("slow").as_bytes());
    emulator.send(b"{ 'execute': 'query-name', 'id': 'quick' }");
    emulator.send(b"{ 'exec-oob': 'migrate-pause', 'id': 'oob' }");
    assert_eq!(emulator.receive()["id"], "oob");
    unblock();
    assert_eq!(emulator.receive()["id"], "slow");
    assert_eq!(emulator.receive()["id"], "quick");

    // A mistake in an envelope waits for its turn.
    emulator.send(blocks("slow again").as_bytes());
    emulator.send(b"{ 'id': 'mistake' }");
    unblock();
    assert_eq!(emulator.receive()["id"], "slow again");
    assert_eq!(emulator.receive()["id"], "mistake");
    emulator.quit();
}

/// A handler that waits does not keep the process.
#[test]
fn a_signal_while_a_command_runs() {
    let mut emulator = Emulator::launch(&[]);
    emulator.receive();
    emulator.returns("{ 'execute': 'qmp_capabilities' }");
    let fifo = emulator.folder.path().join("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let arguments = json!({ "driver": "blkdebug", "config": fifo, "image": { "driver": "null-co" } });
    emulator.send(json!({ "execute": "blockdev-add", "arguments": arguments }).to_string().as_bytes());
    // The command runs once it has opened its end of the pipe.
    let opened = || File::options().write(true).custom_flags(OFlags::NONBLOCK.bits() as i32).open(&fifo).ok();
    let _held = within(TIME_LIMIT, opened).expect("the command opens the pipe");
    emulator.quit();
}

#[test]
fn preconfig() {
    let mut emulator = Emulator::launch(&["--preconfig"]);
    emulator.receive();
    emulator.returns("{ 'execute': 'qmp_capabilities' }");
    emulator.returns("{ 'execute': 'query-commands' }");
    emulator.refuses("{ 'execute': 'query-cpus-fast' }", "GenericError");
    assert_eq!(emulator.returns("{ 'execute': 'query-status' }")["status"], "prelaunch");
    emulator.send(b"{ 'execute': 'x-exit-preconfig' }");
    let mut messages = [emulator.message(), emulator.message()];
    messages.sort_by_key(|message| message.get("event").is_none());
    assert_eq!((&messages[0]["event"], &messages[1]["return"]), (&json!("RESUME"), &json!({})));
    assert_eq!(emulator.returns("{ 'execute': 'query-status' }")["status"], "running");
    emulator.refuses("{ 'execute': 'x-exit-preconfig' }", "GenericError");
    emulator.returns("{ 'execute': 'query-cpus-fast' }");
    emulator.quit();
}

#[test]
fn an_argument_of_any_type_is_missing() {
    let mut emulator = Emulator::launch(&[]);
    emulator.receive();
    emulator.returns("{ 'execute': 'qmp_capabilities' }");
    let arguments = "{ 'path': '/machine', 'property': 'rtc-time' }";
    emulator.refuses(&format!("{{ 'execute': 'qom-set', 'arguments': {arguments} }}"), "GenericError");
    emulator.quit();
}

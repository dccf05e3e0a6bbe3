//! The example server ends in good order: at `quit`, after `system_powerdown`, and at signals.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use rustix::process::Signal;
use serde_json::{Value, json};
use test_support::TIME_LIMIT;

use crate::support::Server;

/// A negotiated client.
fn connect(server: &Server) -> BufReader<UnixStream> {
    let stream = UnixStream::connect(server.path()).unwrap();
    stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
    let mut client = BufReader::new(stream);
    assert!(read(&mut client).unwrap()["QMP"].is_object());
    write(&mut client, r#"{"execute":"qmp_capabilities"}"#);
    assert_eq!(read(&mut client).unwrap(), json!({"return": {}}));
    client
}

fn write(client: &mut BufReader<UnixStream>, text: &str) {
    client.get_mut().write_all(text.as_bytes()).unwrap();
}

/// The next message, without its time; `None` at the end of the connection.
fn read(client: &mut BufReader<UnixStream>) -> Option<Value> {
    let mut line = String::new();
    if client.read_line(&mut line).unwrap() == 0 {
        return None;
    }
    let mut message: Value = serde_json::from_str(&line).unwrap();
    message.as_object_mut().unwrap().remove("timestamp");
    Some(message)
}

fn shutdown(guest: bool, reason: &str) -> Value {
    json!({"event": "SHUTDOWN", "data": {"guest": guest, "reason": reason}})
}

/// Asserts that the server has ended, and what its clients receive before.
fn assert_ends(server: Server, clients: Vec<BufReader<UnixStream>>, expected: &[Value]) {
    for mut client in clients {
        let received: Vec<Value> = std::iter::from_fn(|| read(&mut client)).collect();
        assert!(received.ends_with(expected), "{received:#?}");
    }
    let path = server.path();
    server.wait_with(|| assert!(!path.exists(), "the socket is left"));
}

#[test]
fn quit() {
    let server = Server::start();
    let (mut client, other) = (connect(&server), connect(&server));
    write(&mut client, r#"{"execute":"query-kvm","id":1}{"execute":"quit","id":2}{"execute":"stop","id":3}"#);
    assert_eq!(read(&mut client).unwrap()["id"], 1);
    assert_eq!(read(&mut client).unwrap(), shutdown(false, "host-qmp-quit"));
    assert_eq!(read(&mut client).unwrap(), json!({"return": {}, "id": 2}));
    assert_eq!(read(&mut client), None, "no command is executed after `quit`");
    assert_ends(server, vec![other], &[shutdown(false, "host-qmp-quit")]);
}

#[test]
fn system_powerdown() {
    let server = Server::start();
    let (mut client, other) = (connect(&server), connect(&server));
    write(&mut client, r#"{"execute":"system_powerdown"}"#);
    let events = [json!({"event": "POWERDOWN"}), shutdown(true, "guest-shutdown"), json!({"event": "STOP"})];
    for event in &events {
        assert_eq!(read(&mut client).unwrap(), *event);
    }
    assert_eq!(read(&mut client).unwrap(), json!({"return": {}}));
    assert_ends(server, vec![client, other], &[]);
}

#[test]
fn by_a_signal() {
    for signal in [Signal::TERM, Signal::INT] {
        let server = Server::start();
        let clients = vec![connect(&server), connect(&server)];
        server.signal(signal);
        assert_ends(server, clients, &[shutdown(false, "host-signal")]);
    }
}

/// Sends a command that runs until this file is read, and SIGTERM while it does.
fn terminate_while_a_command_runs(server: &Server) -> (BufReader<UnixStream>, File) {
    let fifo = server.path().with_file_name("fifo");
    mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let mut client = connect(server);
    let arguments = json!({"val": 0, "size": SIZE, "filename": fifo.to_str().unwrap()});
    write(&mut client, &json!({"execute": "pmemsave", "arguments": arguments, "id": 1}).to_string());
    // It can be opened once the server has opened it, too.
    let file = File::open(fifo).unwrap();
    server.signal(Signal::TERM);
    assert_eq!(read(&mut client).unwrap(), shutdown(false, "host-signal"));
    (client, file)
}

/// More bytes than a pipe takes without a reader.
const SIZE: usize = 1 << 20;

#[test]
fn a_command_that_runs_is_answered() {
    let server = Server::start();
    let (client, mut file) = terminate_while_a_command_runs(&server);
    // Longer than servers wait by default.
    std::thread::sleep(Duration::from_millis(1200));
    assert_eq!(file.read_to_end(&mut Vec::new()).unwrap(), SIZE);
    assert_ends(server, vec![client], &[json!({"return": {}, "id": 1})]);
}

#[test]
fn a_second_signal_ends_the_wait_for_commands() {
    let server = Server::start();
    let (mut client, _file) = terminate_while_a_command_runs(&server);
    let second = Instant::now();
    server.signal(Signal::TERM);
    assert_eq!(read(&mut client), None);
    assert_ends(server, vec![], &[]);
    assert!(second.elapsed() < Duration::from_secs(4), "{:?}", second.elapsed());
}

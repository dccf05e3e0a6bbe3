//! Connecting: to a server that is starting, and to what is no QMP server.

use std::io::ErrorKind;
use std::os::fd::AsRawFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::blocking::Client;
use qmp_types::transport::Address;
use qmp_types::{ClientOptions, Error};
use serde_json::json;
use test_support::{Generation, Server};

use crate::scripted_peer::{GREETING, Peer};

const SHORT: Duration = Duration::from_millis(80);

/// Connects both clients, one after the other, and returns their equal results.
fn connect(address: &Address, options: &ClientOptions) -> Result<(), Error> {
    let result = Client::connect_with(address, options).map(drop);
    #[cfg(feature = "tokio")]
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let other = runtime.block_on(qmp_types::tokio::Client::connect_with(address, options)).map(drop);
        let text = |result: &Result<(), Error>| result.as_ref().err().map(Error::to_string);
        assert_eq!(text(&result), text(&other));
    }
    result
}

/// Listens, and follows the script with each client.
fn listen(path: &Path, script: fn(&mut Peer)) {
    let listener = UnixListener::bind(path).unwrap();
    thread::spawn(move || listener.incoming().for_each(|stream| script(&mut Peer::new(stream.unwrap()))));
}

/// Returns the errors of clients that connect to a peer that follows the script.
fn refused(script: fn(&mut Peer)) -> Error {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    listen(&path, script);
    connect(&path.into(), &ClientOptions::new().connect_timeout(SHORT)).unwrap_err()
}

#[test]
fn no_greeting() {
    let start = Instant::now();
    let error = refused(|peer| {
        peer.line();
        peer.expect_end();
    });
    assert!(error.is_timeout());
    let text = "timed out waiting for the greeting: none within 80ms; another client may be connected to the server, \
                or the peer may be a guest agent; help: connect to an agent with `connect_guest_agent`";
    assert_eq!(error.to_string(), text);
    assert!((SHORT..20 * SHORT).contains(&start.elapsed()));
}

#[test]
fn no_reply_to_the_negotiation() {
    let error = refused(|peer| {
        peer.send(GREETING);
        peer.line();
        peer.expect_end();
    });
    assert_eq!(error.to_string(), "timed out waiting for the reply to `qmp_capabilities`: none within 80ms");
    assert_eq!((error.is_timeout(), error.command()), (true, Some("qmp_capabilities")));
}

/// A server that greets when it has received the probe: it rejects it like any command before the negotiation.
#[test]
fn a_greeting_after_the_probe() {
    let (stream, peer) = Peer::follow(|peer| {
        assert!(peer.line().contains("guest-sync-delimited"));
        peer.send(GREETING);
        peer.send(r#"{"id": 0, "error": {"class": "CommandNotFound", "desc": "Expecting capabilities negotiation"}}"#);
        peer.expect(r#"{"execute": "qmp_capabilities", "id": 1}"#);
        peer.send(r#"{"return": {}, "id": 1}"#);
        peer.line();
        peer.send(r#"{"return": {}, "id": 2}"#);
    });
    let limit = Duration::from_secs(1);
    let client = Client::from_stream_with(stream, &ClientOptions::new().connect_timeout(limit)).unwrap();
    client.call_raw("stop", &json!({})).unwrap();
    peer.join().unwrap();
}

#[test]
fn a_guest_agent() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let options = ClientOptions::new().connect_timeout(Duration::from_millis(500));
        let error = connect(&agent.socket().into(), &options).unwrap_err();
        assert!(error.is_protocol());
        let text = "expected the greeting of a QMP server, found a guest agent: the peer answers without a greeting; \
                    help: connect with `connect_guest_agent` or `ClientOptions::guest_agent`";
        assert_eq!(error.to_string(), text);
        // It serves the next client.
        Client::connect_guest_agent(agent.socket()).unwrap().call_raw("guest-ping", &json!({})).unwrap();
    }
}

#[test]
fn not_qmp() {
    let banner = refused(|peer| peer.send("SSH-2.0-OpenSSH_9.2"));
    assert_eq!(banner.to_string(), r"the peer does not speak QMP; received `SSH-2.0-OpenSSH_9.2\r\n`");
    assert_eq!(banner.received(), Some(&b"SSH-2.0-OpenSSH_9.2\r\n"[..]));
    // A server that speaks second answers the probe.
    let http = refused(|peer| {
        peer.line();
        peer.send("HTTP/1.1 400 Bad Request");
    });
    assert!(http.is_protocol());
    assert_eq!(http.to_string(), r"the peer does not speak QMP; received `HTTP/1.1 400 Bad Request\r\n`");
}

#[test]
fn other_files_fail_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let start = Instant::now();
    for (path, expected) in [
        (folder.path(), "expected a Unix socket, found a directory"),
        (&file, "expected a Unix socket, found a regular file"),
        (Path::new("/dev/null"), "expected a Unix socket, found a device or a pipe"),
        (&file.join("vm.sock"), "Not a directory (os error 20)"),
    ] {
        for options in [ClientOptions::new(), ClientOptions::new().connect_once()] {
            let error = connect(&path.into(), &options).unwrap_err();
            assert_eq!(error.to_string(), format!("{}: {expected}", path.display()));
            assert!(error.io().is_some());
        }
    }
    assert!(start.elapsed() < Duration::from_secs(4));
}

#[test]
fn no_server() {
    let error = connect(&Path::new("/nowhere").into(), &ClientOptions::new().connect_timeout(SHORT)).unwrap_err();
    assert!(error.is_timeout());
    let text = "timed out waiting for a server that listens on /nowhere: none within 80ms \
                (No such file or directory (os error 2))";
    assert_eq!(error.to_string(), text);
    let error = connect(&Path::new("/nowhere").into(), &ClientOptions::new().connect_once()).unwrap_err();
    assert_eq!(error.io().unwrap().kind(), ErrorKind::NotFound);
}

/// The listener's queue is full, as QEMU's is when two clients are waiting.
#[test]
fn a_full_queue() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    let socket = rustix::net::socket(rustix::net::AddressFamily::UNIX, rustix::net::SocketType::STREAM, None).unwrap();
    rustix::net::bind(&socket, &rustix::net::SocketAddrUnix::new(&path).unwrap()).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let _waiting = UnixStream::connect(&path).unwrap();
    let error = connect(&path.as_path().into(), &ClientOptions::new().connect_timeout(SHORT)).unwrap_err();
    let text = format!(
        "timed out waiting for the server at {}: it did not accept the connection within 80ms; \
         other clients are connected or waiting",
        path.display()
    );
    assert_eq!(error.to_string(), text);
}

#[test]
fn a_server_that_is_starting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vm.sock");
    thread::spawn({
        let path = path.clone();
        move || {
            thread::sleep(SHORT);
            let listener = UnixListener::bind(&path).unwrap();
            listener.incoming().for_each(|stream| Peer::new(stream.unwrap()).greet());
        }
    });
    connect(&path.into(), &ClientOptions::new()).unwrap();
}

#[test]
fn an_inherited_descriptor() {
    let (stream, peer) = Peer::negotiated(|peer| {
        peer.line();
        peer.send(r#"{"return": {}, "id": 2}"#);
    });
    let client = Client::connect(format!("fd:{}", stream.as_raw_fd())).unwrap();
    client.call_raw("stop", &json!({})).unwrap();
    peer.join().unwrap();
}

//! Handlers that take long: they stall no other client, and are cancelled when their client leaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::machine::{self, Machine};
use crate::test_client::{Client, SERVERS};

/// Waits until commands have been cancelled.
fn wait_cancelled(state: &Machine, count: u32) {
    let began = Instant::now();
    while state.cancelled.load(Ordering::SeqCst) < count {
        assert!(began.elapsed() < Duration::from_secs(5), "not cancelled");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn replies_that_are_ready_are_sent_meanwhile() {
    for &serve in SERVERS {
        for slow in ["nap", "sleep"] {
            let server = machine::server();
            let state = Arc::clone(server.state());
            let (mut client, ..) = Client::negotiated(serve, server);
            let gate = state.gate.lock().expect("no panic");
            client.send(format!("{{'execute': 'echo', 'id': 1}}{{'execute': '{slow}', 'id': 2}}"));
            assert_eq!(client.receive()["id"], 1);
            drop(gate);
            assert_eq!(client.receive()["id"], 2);
        }
    }
}

#[test]
fn commands_learn_that_the_client_has_disconnected() {
    for &serve in SERVERS {
        for command in ["check-cancelled", "wait-cancelled", "await-cancelled"] {
            let server = machine::server();
            let state = Arc::clone(server.state());
            let (mut client, _, thread) = Client::negotiated(serve, server);
            client.send(format!("{{'execute': '{command}'}}{{'execute': 'stop'}}"));
            thread::sleep(Duration::from_millis(30));
            drop(client);
            wait_cancelled(&state, 1);
            thread.join().expect("no panic").expect("a client that disconnects is not an error");
            assert_eq!(state.stops.load(Ordering::SeqCst), 0, "{command}");
        }
    }
}

#[test]
fn commands_learn_that_a_tcp_client_has_disconnected() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    for serve in [serve_blocking, serve_async] {
        for command in ["check-cancelled", "wait-cancelled", "await-cancelled"] {
            let server = machine::server();
            let state = Arc::clone(server.state());
            let mut client = TcpStream::connect(address).expect("a listener");
            let (theirs, _) = listener.accept().expect("a client");
            let serving = thread::spawn(move || serve(server, theirs));
            // A client that has read everything closes the connection in good order, without a reset.
            let mut lines = BufReader::new(client.try_clone().expect("a descriptor")).lines();
            lines.next().expect("a greeting").expect("connected");
            client.write_all(crate::support::NEGOTIATE.as_bytes()).expect("connected");
            lines.next().expect("a reply").expect("connected");
            client.write_all(format!("{{'execute': '{command}'}}").as_bytes()).expect("connected");
            thread::sleep(Duration::from_millis(50));
            drop((client, lines));
            wait_cancelled(&state, 1);
            serving.join().expect("no panic").expect("a client that disconnects is not an error");
        }
    }
}

fn serve_blocking(server: qmp_types::Server<Machine>, stream: TcpStream) -> qmp_types::Result<()> {
    server.serve_stream(stream)
}

#[cfg(feature = "tokio")]
fn serve_async(server: qmp_types::Server<Machine>, stream: TcpStream) -> qmp_types::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(server.tokio().serve_stream(stream))
}

#[cfg(not(feature = "tokio"))]
use serve_blocking as serve_async;

#[test]
fn commands_learn_that_the_server_is_being_stopped() {
    for &serve in SERVERS {
        for command in ["check-cancelled", "wait-cancelled", "await-cancelled"] {
            let (mut client, handle, thread) = Client::negotiated(serve, machine::server());
            client.send(format!("{{'execute': '{command}'}}"));
            thread::sleep(Duration::from_millis(30));
            handle.stop();
            assert_eq!(client.receive(), json!({ "return": {} }));
            thread.join().expect("no panic").expect("stopping is not an error");
        }
    }
}

#[test]
fn a_disconnected_client_is_noticed_also_out_of_band() {
    for &serve in SERVERS {
        let server = machine::server();
        let state = Arc::clone(server.state());
        let (mut client, _, thread) = Client::greeted(serve, server);
        client.receive();
        client.call("{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}}");
        client.send("{'execute': 'wait-cancelled'}{'execute': 'stop'}");
        thread::sleep(Duration::from_millis(30));
        drop(client);
        wait_cancelled(&state, 1);
        thread.join().expect("no panic").expect("a client that disconnects is not an error");
        assert_eq!(state.stops.load(Ordering::SeqCst), 0);
    }
}

#[cfg(feature = "tokio")]
#[test]
fn a_plain_handler_does_not_stop_other_tasks() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("vm.sock");
    let server = machine::server();
    let (handle, state) = (server.handle(), Arc::clone(server.state()));
    let at = path.clone();
    let serving = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async { server.tokio().serve_unix(at).await })
    });
    let connect = || {
        for _ in 0..500 {
            if let Ok(stream) = UnixStream::connect(&path) {
                return Client::new(stream);
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("no server");
    };
    let mut slow = connect();
    slow.negotiate();
    let gate = state.gate.lock().expect("no panic");
    slow.send("{'execute': 'nap'}");
    thread::sleep(Duration::from_millis(10));
    let mut other = connect();
    other.negotiate();
    assert_eq!(other.call("{'execute': 'echo'}"), json!({ "return": {} }));
    drop(gate);
    assert_eq!(slow.receive(), json!({ "return": {} }));
    handle.stop();
    serving.join().expect("no panic").expect("stopping is not an error");
}

#[test]
fn a_handler_that_needs_tokio_fails_clearly_without() {
    let mut client = Client::of_machine();
    let reply = client.call("{'execute': 'tokio-sleep'}");
    let desc = reply["error"]["desc"].as_str().expect("an error");
    assert!(desc.contains("needs a tokio runtime") && desc.contains("help:"), "{desc}");
    #[cfg(feature = "tokio")]
    assert_eq!(Client::of_async(machine::server()).0.call("{'execute': 'tokio-sleep'}"), json!({ "return": {} }));
}

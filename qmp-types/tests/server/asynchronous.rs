//! What the asynchronous server does differently from the blocking one.

use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use qmp_types::Limits;
use serde_json::json;

use crate::machine::{self, NAP};
use crate::sample::events;
use crate::test_client::Client;

#[test]
fn events_reach_idle_clients_at_once() {
    let (mut client, handle, _) = Client::of_async(machine::server());
    handle.events().emit(events::Stop {});
    assert_eq!(client.receive()["event"], "STOP");
    assert_eq!(client.call("{'execute': 'yield'}"), json!({ "return": 3 }));
}

#[test]
fn a_slow_reader_receives_all_events() {
    let (mut slow, handle, _) = Client::of_async(machine::server());
    for _ in 0..20_000 {
        handle.events().emit(events::DeviceDeleted::new("/machine/peripheral/somewhere"));
    }
    for _ in 0..20_000 {
        assert_eq!(slow.receive()["event"], "DEVICE_DELETED");
    }
    assert_eq!(slow.call("{'execute': 'echo'}"), json!({ "return": {} }));
}

#[test]
fn requests_of_a_client_that_does_not_read_wait() {
    let server = machine::server().limits(Limits::default().output_bytes(3 << 20));
    let state = server.state().clone();
    let (mut client, _, _) = Client::of_async(server);
    client.send("{'execute': 'big'}".repeat(20));
    thread::sleep(Duration::from_millis(300));
    assert!(state.bigs.load(Ordering::SeqCst) < 10);
    for _ in 0..20 {
        assert_eq!(client.receive()["return"].as_str().map(str::len), Some(1 << 20));
    }
}

#[test]
fn commands_of_a_disconnected_client_are_not_executed() {
    let server = machine::server();
    let state = server.state().clone();
    let (mut client, _, thread) = Client::of_async(server);
    client.send("{'execute': 'sleep'}{'execute': 'stop'}");
    thread::sleep(NAP / 2);
    drop(client);
    thread.join().expect("no panic").expect("a client that disconnects is not an error");
    assert_eq!((state.slept.load(Ordering::SeqCst), state.stops.load(Ordering::SeqCst)), (1, 0));
}

#[test]
fn stopping() {
    let (mut client, handle, thread) = Client::of_async(machine::server());
    handle.stop();
    assert!(client.rest().is_empty());
    thread.join().expect("no panic").expect("stopping is not an error");
    let (mut client, _, thread) = Client::of_async(machine::server());
    assert_eq!(client.call("{'execute': 'quit'}")["event"], "STOP");
    assert_eq!(client.receive(), json!({ "return": {} }));
    assert!(client.rest().is_empty());
    thread.join().expect("no panic").expect("stopping is not an error");
}

#[test]
fn futures_can_be_spawned() {
    fn check<T: Send + 'static>(_: T) {}
    let server = machine::server().tokio();
    check(server.serve_unix("/nowhere/vm.sock"));
    let (one, _other) = std::os::unix::net::UnixStream::pair().expect("a pair");
    check(server.serve_stream(one));
}

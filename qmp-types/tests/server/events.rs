//! Events: which clients receive them and when, and clients that do not read them.

use std::time::{Duration, Instant, SystemTime};

use qmp_types::Limits;
use serde_json::json;

use crate::machine;
use crate::sample::{RunState, StatusInfo, events};
use crate::test_client::Client;

#[test]
fn an_event_has_data_and_a_timestamp() {
    let mut client = Client::of_machine();
    let event = client.call("{'execute': 'device_del', 'arguments': {'id': 'nic0'}}");
    assert_eq!((&event["event"], &event["data"]["path"]), (&json!("DEVICE_DELETED"), &json!("/nic0")));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time after 1970").as_secs();
    let seconds = event["timestamp"]["seconds"].as_u64().expect("seconds");
    assert!(seconds <= now && now - seconds < 60);
    assert!(event["timestamp"]["microseconds"].as_u64().is_some_and(|micros| micros < 1_000_000));
}

#[test]
fn events_from_another_thread_reach_idle_clients_at_once() {
    let (mut client, handle, _) = Client::of(machine::server());
    handle.events().emit(events::StatusChanged(StatusInfo::new(false, RunState::Paused)));
    let event = client.receive();
    assert_eq!(event["data"], json!({ "running": false, "status": "paused" }));
    handle.events().emit(events::Stop {});
    assert_eq!(client.receive().get("data"), None);
}

#[test]
fn no_events_before_negotiation() {
    let server = machine::server();
    let (ours, theirs) = std::os::unix::net::UnixStream::pair().expect("a pair");
    let events = server.events();
    std::thread::spawn(move || server.serve_stream(theirs));
    let mut client = Client::new(ours);
    assert!(client.receive()["QMP"].is_object());
    events.emit(events::Stop {});
    assert_eq!(client.call(crate::support::NEGOTIATE), json!({ "return": {} }));
    events.emit(events::Stop {});
    assert_eq!(client.receive()["event"], "STOP");
}

#[test]
fn emitting_does_not_wait_for_a_client_that_does_not_read() {
    let limits = Limits::default().output_bytes(1 << 20);
    let (mut client, handle, thread) = Client::of(machine::server().limits(limits));
    let began = Instant::now();
    for _ in 0..50_000 {
        handle.events().emit(events::DeviceDeleted::new("/machine/peripheral/somewhere"));
    }
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    thread.join().expect("no panic").expect("disconnecting a client is not an error");
    // The messages sent before are complete.
    let received = client.rest();
    assert!(!received.is_empty() && received.len() < 50_000, "{}", received.len());
}

#[test]
fn a_slow_reader_receives_all_events() {
    let (mut slow, handle, _) = Client::of(machine::server());
    for _ in 0..20_000 {
        handle.events().emit(events::DeviceDeleted::new("/machine/peripheral/somewhere"));
    }
    for _ in 0..20_000 {
        assert_eq!(slow.receive()["event"], "DEVICE_DELETED");
    }
    assert_eq!(slow.call("{'execute': 'echo'}"), json!({ "return": {} }));
}

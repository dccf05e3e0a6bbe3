//! The blocking client and servers that misbehave, die, or do not answer.

use std::thread;
use std::time::{Duration, Instant};

use qmp_types::Result;
use serde_json::json;

use crate::sample::blocking::Client;
use crate::sample::{RunState, events};
use crate::scripted_peer::{GREETING, Peer};

const SHORT: Duration = Duration::from_millis(30);

/// Returns a client whose peer follows the script after the handshake.
fn client(script: impl FnOnce(&mut Peer) + Send + 'static) -> Client {
    Client::from_stream(Peer::negotiated(script).0).unwrap()
}

#[test]
fn the_connection_ends_after_the_greeting() {
    let (stream, peer) = Peer::follow(|peer| peer.send(GREETING));
    peer.join().unwrap();
    let error = Client::from_stream(stream).unwrap_err();
    assert_eq!(error.to_string(), "the peer closed the connection before the reply to `qmp_capabilities`");
    assert!(error.is_closed());
}

#[test]
fn garbage_ends_the_connection() {
    let client = client(|peer| {
        peer.line();
        peer.send(r#"{"return": [}"#);
        peer.expect_end();
    });
    assert!(client.stop().unwrap_err().is_protocol());
    assert!(client.stop().unwrap_err().is_protocol());
}

#[test]
fn an_error_without_an_id() {
    let client = client(|peer| {
        peer.line();
        peer.send(r#"{"error": {"class": "GenericError", "desc": "JSON parse error, premature EOI"}}"#);
        peer.line();
        peer.send(r#"{"return": {}}"#);
        peer.line();
        peer.send(r#"{"return": {}, "id": 4}"#);
    });
    assert_eq!(client.stop().unwrap_err().desc(), Some("JSON parse error, premature EOI"));
    assert!(client.stop().unwrap_err().is_protocol());
    client.stop().unwrap();
}

#[test]
fn an_error_names_the_command() {
    let client = client(|peer| {
        peer.line();
        peer.send(r#"{"error": {"class": "DeviceNotFound", "desc": "Device 'net0' not found"}, "id": 2}"#);
        peer.line();
        peer.send(r#"{"error": {"class": "GenericError", "desc": "busy"}, "id": 3}"#);
        peer.line();
    });
    let error = client.device_del("net0").unwrap_err();
    assert_eq!(error.to_string(), "`device_del`: DeviceNotFound: Device 'net0' not found");
    assert_eq!(error.desc(), Some("Device 'net0' not found"));
    assert_eq!((error.command(), error.id(), error.may_have_been_executed()), (Some("device_del"), Some(2), false));
    assert_eq!(client.stop().unwrap_err().to_string(), "`stop`: busy");

    let error = client.stop().unwrap_err();
    assert_eq!((error.is_closed(), error.id(), error.may_have_been_executed()), (true, Some(4), true));
    let error = client.stop().unwrap_err();
    assert_eq!(error.to_string(), "the peer closed the connection before `stop` was sent");
    assert_eq!((error.command(), error.id(), error.may_have_been_executed()), (Some("stop"), None, false));
}

#[test]
fn replies_without_a_request() {
    let client = client(|peer| {
        peer.send(r#"{"return": {}, "id": "libvirt-1"}"#);
        peer.line();
        peer.send(r#"{"return": {}, "id": 99}"#);
        peer.send(r#"{"return": {}, "id": 2}"#);
    });
    client.stop().unwrap();
}

#[test]
fn a_reply_that_does_not_match_the_schema() {
    let client = client(|peer| {
        peer.line();
        peer.send(r#"{"return": {"running": true, "status": 5}, "id": 2}"#);
        peer.line();
        peer.send(r#"{"return": {"running": true, "status": "wading", "depth": 5}, "id": 3}"#);
    });
    let error = client.query_status().unwrap_err();
    assert!(error.is_protocol());
    let text = "the reply to `query-status`: `status`: expected string, found number; received `5`";
    assert_eq!(error.to_string(), text);
    assert_eq!((error.path(), error.received()), (Some("status"), Some(&b"5"[..])));
    assert_eq!((error.command(), error.id(), error.may_have_been_executed()), (Some("query-status"), Some(2), true));
    assert_eq!(client.query_status().unwrap().status, RunState::Unknown("wading".into()));
}

#[test]
fn a_late_reply_is_dropped() {
    let client = client(|peer| {
        peer.line();
        thread::sleep(4 * SHORT);
        peer.send(r#"{"return": {"late": true}, "id": 2}"#);
        peer.line();
        peer.send(r#"{"return": {"late": false}, "id": 3}"#);
    });
    let error = client.timeout(SHORT).stop().unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "timed out waiting for the reply to `stop`: none within 30ms");
    assert_eq!(client.call_raw("x", &json!({})).unwrap(), json!({"late": false}));
}

#[test]
fn the_connection_ends_while_several_wait() {
    let client = client(|peer| (0..3).for_each(|_| drop(peer.line())));
    let expected = client.expect::<events::Stop>(|_| true);
    thread::scope(|scope| {
        let calls: Vec<_> = (0..3).map(|_| scope.spawn(|| client.stop())).collect();
        let results: Vec<Result<()>> = calls.into_iter().map(|call| call.join().unwrap()).collect();
        for result in results {
            let error = result.unwrap_err();
            assert!(error.is_closed());
            assert_eq!(error.to_string(), "the peer closed the connection before the reply to `stop`");
        }
    });
    let error = expected.wait().unwrap_err();
    assert_eq!(error.to_string(), "the peer closed the connection before the event STOP");
    assert!(client.stop().unwrap_err().is_closed());
    assert_eq!(client.events().count(), 0);
}

/// The reading thread gives up, so the waiting thread has to read.
#[test]
fn the_reading_thread_may_give_up() {
    let client = client(|peer| {
        peer.line();
        peer.line();
        thread::sleep(4 * SHORT);
        peer.send(r#"{"return": {}, "id": 3}"#);
    });
    thread::scope(|scope| {
        let reader = scope.spawn(|| client.timeout(2 * SHORT).stop());
        thread::sleep(SHORT);
        let other = scope.spawn(|| client.stop());
        assert!(reader.join().unwrap().unwrap_err().is_timeout());
        other.join().unwrap().unwrap();
    });
}

#[test]
fn an_expected_event_that_does_not_come() {
    let client = client(Peer::expect_end);
    let start = Instant::now();
    let error = client.expect::<events::Stop>(|_| true).timeout(SHORT).wait().unwrap_err();
    assert!(error.is_timeout());
    assert!((SHORT..100 * SHORT).contains(&start.elapsed()));
}

#[test]
fn an_event_that_does_not_match_the_schema() {
    let client = client(|peer| {
        peer.send(r#"{"event": "DEVICE_DELETED", "data": {"path": 1}}"#);
        peer.send(r#"{"event": "STOP"}"#);
    });
    let error = client.next_event().unwrap_err();
    assert_eq!(error.to_string(), "the event DEVICE_DELETED: `path`: expected string, found number; received `1`");
    client.next_event().unwrap();
}

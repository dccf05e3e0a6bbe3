//! The blocking client.

use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;
use std::time::Duration;

use qmp_types::ClientOptions;
use serde_json::json;

use crate::sample::blocking::Client;
use crate::sample::{BlockResizeArgs, Event, RunState, StatusInfo, commands, events};
use crate::scripted_peer::{GREETING, Peer};

const STOPPED: &str = r#"{"timestamp": {"seconds": 12, "microseconds": 34}, "event": "STOP"}"#;
const STATUS: &str = r#"{"return": {"status": "running", "singlestep": false, "running": true}, "id": 2}"#;

fn connect((stream, peer): (UnixStream, JoinHandle<()>)) -> (Client, JoinHandle<()>) {
    (Client::from_stream(stream).unwrap(), peer)
}

#[test]
fn a_call() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.expect(r#"{"execute": "query-status", "id": 2}"#);
        peer.send(STATUS);
        peer.expect(r#"{"execute": "block_resize", "arguments": {"node-name": "disk", "size": 5}, "id": 3}"#);
        peer.send(r#"{"return": {}, "id": 3}"#);
        peer.expect_end();
    }));
    let greeting = client.greeting().unwrap();
    assert_eq!(greeting.version.qemu, (8, 2, 7));
    assert_eq!(greeting.version.package, "Debian");
    let status = client.query_status().unwrap();
    #[expect(deprecated, reason = "this server sends it")]
    let expected = StatusInfo::new(true, RunState::Running).singlestep(false);
    assert_eq!(status, expected);
    client.block_resize(BlockResizeArgs::new(5).node_name("disk")).unwrap();
    drop(client);
    peer.join().unwrap();
}

#[test]
fn a_call_by_name_and_an_error_reply() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.expect(r#"{"execute": "x-new", "arguments": {"a": 1}, "id": 2}"#);
        peer.send(r#"{"return": [1, "two"], "id": 2}"#);
        peer.expect(r#"{"execute": "device_del", "arguments": {"id": "nic0"}, "id": 3}"#);
        peer.send(r#"{"id": 3, "error": {"class": "DeviceNotFound", "desc": "Device 'nic0' not found"}}"#);
    }));
    assert_eq!(client.call_raw("x-new", &json!({"a": 1})).unwrap(), json!([1, "two"]));
    let error = client.device_del("nic0").unwrap_err();
    assert!(error.is_device_not_found());
    assert_eq!(error.desc(), Some("Device 'nic0' not found"));
    peer.join().unwrap();
}

#[test]
fn events_at_any_time() {
    let (client, peer) = connect(Peer::follow(|peer| {
        peer.send(r#"{"event": "BEFORE_GREETING"}"#);
        peer.send(GREETING);
        peer.expect(r#"{"execute": "qmp_capabilities", "id": 1}"#);
        peer.send(r#"{"event": "BEFORE_RETURN", "data": {"x": 1}, "timestamp": {"seconds": -1, "microseconds": -1}}"#);
        peer.send(r#"{"return": {}, "id": 1}"#);
        peer.expect(r#"{"execute": "query-status", "id": 2}"#);
        peer.send(STOPPED);
        peer.send(STATUS);
    }));
    client.query_status().unwrap();
    let mut names = Vec::new();
    for _ in 0..3 {
        let event = client.next_event().unwrap();
        names.push(match event.event {
            Event::Other(other) => format!("{} {}", other.name, other.data),
            Event::Stop(_) => format!("stop at {}", event.timestamp),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(names, ["BEFORE_GREETING {}", r#"BEFORE_RETURN {"x":1}"#, "stop at 12.000034"]);
    peer.join().unwrap();
    assert!(client.next_event().unwrap_err().is_closed());
}

#[test]
fn expected_events_are_not_missed() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.expect(r#"{"execute": "device_del", "arguments": {"id": "nic0"}, "id": 2}"#);
        for device in ["nic9", "nic0"] {
            let data = format!(r#"{{"device": "{device}", "path": "/machine/{device}"}}"#);
            peer.send(&format!(r#"{{"event": "DEVICE_DELETED", "data": {data}}}"#));
        }
        peer.send(r#"{"return": {}, "id": 2}"#);
    }));
    let deleted = client.expect::<events::DeviceDeleted>(|event| event.device.as_deref() == Some("nic0"));
    client.device_del("nic0").unwrap();
    assert_eq!(deleted.timeout(Duration::from_secs(5)).wait().unwrap().path, "/machine/nic0");
    peer.join().unwrap();
}

#[test]
fn a_subscription_receives_later_events() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.expect(r#"{"execute": "stop", "id": 2}"#);
        peer.send(STOPPED);
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.expect(r#"{"execute": "stop", "id": 3}"#);
        (0..1030).for_each(|_| peer.send(STOPPED));
        peer.send(r#"{"return": {}, "id": 3}"#);
    }));
    client.stop().unwrap();
    let mut events = client.events();
    client.stop().unwrap();
    peer.join().unwrap();
    assert_eq!(events.next().unwrap().unwrap_err().lost_events(), Some(6));
    assert_eq!(events.map(Result::unwrap).filter(|event| matches!(event.event, Event::Stop(_))).count(), 1024);
}

#[test]
fn replies_in_any_order() {
    const CALLERS: usize = 8;
    let (client, peer) = connect(Peer::negotiated(|peer| {
        let mut requests: Vec<_> = (0..CALLERS).map(|_| peer.line()).collect();
        requests.reverse();
        for request in requests {
            let request: serde_json::Value = serde_json::from_str(&request).unwrap();
            peer.send(&json!({"id": request["id"], "return": request["arguments"]}).to_string());
        }
    }));
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let client = &client;
            scope.spawn(move || {
                let arguments = json!({ "caller": caller });
                assert_eq!(client.call_raw("echo", &arguments).unwrap(), arguments);
            });
        }
    });
    peer.join().unwrap();
}

#[test]
fn replies_in_any_split_and_layout() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        for (id, end) in [(2, "\r\n"), (3, "\n"), (4, "")] {
            peer.line();
            let reply = serde_json::to_string_pretty(&json!({
                "return": {"running": true, "status": "paused", "new": {"deep": ["}", "\"", "\\"]}}, "id": id
            }));
            for byte in reply.unwrap().replace('\n', end).bytes() {
                peer.send_raw(&[byte]);
            }
        }
    }));
    for _ in 0..3 {
        assert_eq!(client.query_status().unwrap().status, RunState::Paused);
    }
    peer.join().unwrap();
}

#[test]
fn a_reply_of_many_megabytes() {
    let long = "x".repeat(20 << 20);
    let expected = long.clone();
    let (client, peer) = connect(Peer::negotiated(move |peer| {
        peer.line();
        peer.send(&format!(r#"{{"return": "{long}", "id": 2}}"#));
        peer.line();
        peer.send(r#"{"return": {}, "id": 3}"#);
    }));
    assert_eq!(client.call_raw("long", &json!({})).unwrap().as_str(), Some(&*expected));
    client.stop().unwrap();
    peer.join().unwrap();
}

#[test]
fn a_request_of_many_megabytes_while_the_peer_sends() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        // The peer reads only after all this has been received.
        (0..20_000).for_each(|_| peer.send(STOPPED));
        let length = peer.line().len();
        peer.send(&format!(r#"{{"return": {length}, "id": 2}}"#));
    }));
    let arguments = json!({ "text": "x".repeat(5 << 20) });
    let expected = arguments.to_string().len() + 50;
    let length = client.call_raw("long", &arguments).unwrap().as_u64().unwrap();
    assert!(length.abs_diff(expected as u64) < 50, "{length}");
    peer.join().unwrap();
}

/// A thread reads while another one sends more than the peer accepts.
#[test]
fn a_large_request_beside_a_slow_call() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        peer.line();
        std::thread::sleep(Duration::from_millis(50));
        (0..20_000).for_each(|_| peer.send(STOPPED));
        peer.line();
        peer.send(r#"{"return": {}, "id": 3}"#);
        peer.send(r#"{"return": {}, "id": 2}"#);
    }));
    std::thread::scope(|scope| {
        scope.spawn(|| client.stop().unwrap());
        std::thread::sleep(Duration::from_millis(20));
        scope.spawn(|| client.call_raw("long", &json!({ "text": "x".repeat(5 << 20) })).unwrap());
    });
    peer.join().unwrap();
}

/// A thread that gives up while it reads does not disturb the others.
#[test]
fn many_threads_with_short_time_limits() {
    const CALLS: usize = 100;
    let (client, _peer) = connect(Peer::negotiated(|peer| {
        let mut count = 0;
        loop {
            let line = peer.line();
            let Ok(request) = serde_json::from_str::<serde_json::Value>(&line) else { return };
            count += 1;
            if count % 7 == 0 {
                std::thread::sleep(Duration::from_millis(3));
            }
            peer.send(&json!({"id": request["id"], "return": request["arguments"]}).to_string());
        }
    }));
    std::thread::scope(|scope| {
        for caller in 0..6 {
            let client = client.clone();
            scope.spawn(move || {
                for call in 0..CALLS {
                    let limit = Duration::from_millis(if caller % 2 == 0 { 1 } else { 10_000 });
                    let arguments = json!({ "caller": caller, "call": call });
                    match client.timeout(limit).call_raw("echo", &arguments) {
                        Ok(returned) => assert_eq!(returned, arguments),
                        Err(error) => assert!(error.is_timeout() && caller % 2 == 0, "{error}"),
                    }
                }
            });
        }
    });
}

#[test]
fn out_of_band() {
    let (stream, peer) = Peer::follow(|peer| {
        peer.send(GREETING);
        peer.expect(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["oob"]}, "id": 1}"#);
        peer.send(r#"{"return": {}, "id": 1}"#);
        peer.expect(r#"{"exec-oob": "stop", "id": 2}"#);
        peer.send(r#"{"return": {}, "id": 2}"#);
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).unwrap();
    client.call_oob::<commands::Stop>(()).unwrap();
    peer.join().unwrap();

    let (client, _peer) = connect(Peer::negotiated(|peer| peer.expect_end()));
    assert!(client.call_oob::<commands::Stop>(()).unwrap_err().is_protocol());
}

#[test]
fn several_calls_of_one_thread() {
    let (client, peer) = connect(Peer::negotiated(|peer| {
        // The client sends nothing before it waits.
        peer.expect_silence();
        peer.expect(r#"{"execute": "query-status", "id": 2}"#);
        peer.expect(r#"{"execute": "x-new", "arguments": {"a": 1}, "id": 4}"#);
        peer.send(r#"{"return": "new", "id": 4}"#);
        peer.send(STATUS);
        peer.expect_end();
    }));
    let status = client.begin::<commands::QueryStatus>(()).unwrap();
    let dropped = client.begin::<commands::Stop>(()).unwrap();
    let new = client.begin_raw("x-new", &json!({"a": 1})).unwrap();
    drop(dropped);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(new.wait().unwrap(), "new");
    assert_eq!(status.wait().unwrap().status, RunState::Running);
    drop(client);
    peer.join().unwrap();
}

#[test]
fn the_time_limit_of_a_call_counts_from_its_begin() {
    let (client, _peer) = connect(Peer::negotiated(|peer| peer.expect_end()));
    let limit = Duration::from_millis(200);
    let call = client.timeout(limit).begin::<commands::Stop>(()).unwrap();
    std::thread::sleep(limit);
    let start = std::time::Instant::now();
    assert!(call.wait().unwrap_err().is_timeout());
    assert!(start.elapsed() < limit / 2);
    let error = client.begin::<commands::Stop>(()).and_then(|call| {
        client.close();
        call.wait()
    });
    assert!(error.unwrap_err().is_closed());
}

/// An error without an id is that of the oldest call, unless commands may overtake others.
#[test]
fn an_error_without_an_id_while_commands_may_overtake_others() {
    const ERROR: &str = r#"{"error": {"class": "GenericError", "desc": "JSON parse error, premature EOI"}}"#;
    let (stream, peer) = Peer::follow(|peer| {
        peer.send(GREETING);
        peer.line();
        peer.send(r#"{"return": {}, "id": 1}"#);
        peer.line();
        peer.send(ERROR);
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.expect_end();
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().enable_oob()).unwrap();
    client.stop().unwrap();
    assert_eq!(client.next_error().unwrap().desc(), Some("JSON parse error, premature EOI"));
    assert!(client.timeout(Duration::from_millis(20)).next_error().unwrap_err().is_timeout());
    drop(client);
    peer.join().unwrap();

    let (client, _peer) = connect(Peer::negotiated(|peer| peer.send(ERROR)));
    assert_eq!(client.next_error().unwrap().desc(), Some("JSON parse error, premature EOI"));
    assert!(client.next_error().unwrap_err().is_closed());
}

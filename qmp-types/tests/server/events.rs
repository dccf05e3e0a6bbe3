//! Events: which clients receive them and when, and clients that do not read them.

use std::io::Read;
use std::time::{Duration, Instant, SystemTime};

use qmp_types::ServerHandle;
use qmp_types::server::{EventOverflow, EventQueueLimits};
use serde_json::json;

use crate::machine;
use crate::sample::{RunState, StatusInfo, events};
use crate::support::each_server;
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
fn the_names_of_events_are_constants() {
    assert_eq!(events::NAMES, [events::Stop::NAME, events::DeviceDeleted::NAME, "STATUS_CHANGED"]);
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

fn deleted(device: &str, number: usize) -> events::DeviceDeleted {
    events::DeviceDeleted { device: Some(device.into()), path: format!("/machine/peripheral/{device}/{number}") }
}

/// Emits events until the queue of a client that does not read has overflowed.
fn flood(handle: &ServerHandle) -> usize {
    let began = Instant::now();
    for number in 0..50_000 {
        handle.events().emit(deleted(["a", "b"][number % 2], number));
    }
    assert!(began.elapsed() < Duration::from_secs(10), "emitting blocks: {:?}", began.elapsed());
    50_000
}

#[test]
fn the_oldest_events_are_dropped_and_counted() {
    each_server(|serve| {
        let (mut client, handle, _) = serve(machine::server().event_queue(EventQueueLimits::default().events(100)));
        let emitted = flood(&handle) as u64;
        let counters = handle.counters();
        assert_eq!((counters.events_emitted, counters.events_queued), (emitted, emitted));
        assert_eq!((counters.events_coalesced, counters.events_limited, counters.event_queue_peak), (0, 0, 100));
        // Those that were sent before the socket was full, and the last ones.
        let received: Vec<usize> = (counters.events_dropped..emitted).map(|_| number(&client.receive())).collect();
        assert!(received.is_sorted() && received[received.len() - 100..] == *Vec::from_iter(49_900..50_000));
        assert_eq!(client.call("{'execute': 'echo'}"), json!({ "return": {} }));
    });
}

/// Returns the number in an event's path.
fn number(event: &serde_json::Value) -> usize {
    let path = event["data"]["path"].as_str().unwrap_or_else(|| panic!("an event: {event}"));
    path.rsplit('/').next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn a_queue_may_keep_only_the_newest_of_each_key() {
    each_server(|serve| {
        let limits = EventQueueLimits::default().overflow(EventOverflow::Coalesce);
        let server = machine::server().event_queue(limits);
        let (mut client, handle, _) = serve(server.rate_limit::<events::DeviceDeleted>(Duration::ZERO, &["device"]));
        let emitted = flood(&handle) as u64;
        handle.events().emit(events::Stop {});
        let counters = handle.counters();
        assert_eq!(counters.events_dropped, 0);
        assert!(counters.events_coalesced > 10_000, "{counters:?}");
        let received: Vec<usize> = (counters.events_coalesced..emitted).map(|_| number(&client.receive())).collect();
        assert_eq!(received[received.len() - 2..], [49_998, 49_999]);
        assert_eq!(client.receive()["event"], "STOP");
    });
}

#[test]
fn a_full_queue_may_end_the_connection() {
    each_server(|serve| {
        let limits = EventQueueLimits::default().bytes(1 << 20).overflow(EventOverflow::Disconnect);
        let (mut client, handle, thread) = serve(machine::server().event_queue(limits));
        flood(&handle);
        thread.join().expect("no panic").expect("disconnecting a client is not an error");
        assert_eq!(handle.counters().events_disconnected, 1);
        // The messages sent before are complete.
        let received: Vec<usize> = client.rest().iter().map(number).collect();
        assert!(!received.is_empty() && received == Vec::from_iter(0..received.len()), "{}", received.len());
    });
}

#[test]
fn a_client_that_reads_is_not_cut_off_at_full_speed() {
    each_server(|serve| {
        let (mut client, handle, _) = serve(machine::server());
        let emitting = std::thread::spawn(move || {
            let ends = Instant::now() + Duration::from_millis(500);
            let mut emitted = 0;
            while Instant::now() < ends {
                handle.events().emit(deleted("a", emitted));
                emitted += 1;
            }
            handle.events().emit(events::Stop {});
            (emitted as u64, handle)
        });
        client.send("{'execute': 'echo', 'id': 7}");
        let (mut received, mut replies) = (Vec::new(), 0);
        loop {
            let message = client.receive();
            match message["event"].as_str() {
                Some("STOP") => break,
                Some(_) => received.push(number(&message)),
                None => replies += 1,
            }
        }
        let (emitted, handle) = emitting.join().expect("no panic");
        assert!(received.is_sorted());
        assert_eq!((received.len() as u64, replies), (emitted - handle.counters().events_dropped, 1));
    });
}

#[test]
fn an_event_is_limited_to_a_rate() {
    each_server(|serve| {
        let interval = Duration::from_secs(1);
        let server = machine::server().rate_limit::<events::DeviceDeleted>(interval, &["device"]);
        let emitter = server.events();
        emitter.emit(deleted("before any client", 0));
        let (mut client, handle, _) = serve(server);
        let began = Instant::now();
        for (device, number) in [("a", 1), ("a", 2), ("b", 3), ("a", 4)] {
            handle.events().emit(deleted(device, number));
        }
        handle.events().emit(events::Stop {});
        handle.events().emit(events::Stop {});
        assert_eq!([(); 2].map(|()| number(&client.receive())), [1, 3], "the first of each device");
        assert_eq!([(); 2].map(|()| client.receive()["event"].clone()), ["STOP", "STOP"], "not limited");
        assert!(began.elapsed() < interval, "too slow to test anything: {:?}", began.elapsed());

        let newest = client.receive();
        let arrived = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("a time after 1970");
        assert!(began.elapsed() >= interval, "{:?}", began.elapsed());
        assert_eq!(number(&newest), 4);
        let stamp = |member: &str| newest["timestamp"][member].as_u64().expect("a number");
        let emitted = Duration::from_secs(stamp("seconds")) + Duration::from_micros(stamp("microseconds"));
        assert!(arrived - emitted >= interval * 2 / 3, "its own timestamp: {emitted:?}, {arrived:?}");
        assert_eq!(handle.counters().events_limited, 1);
        // The interval runs again, from the kept event on.
        handle.events().emit(deleted("a", 5));
        assert_eq!(number(&client.receive()), 5);
        assert!(began.elapsed() >= interval * 2, "{:?}", began.elapsed());
    });
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

#[test]
fn events_do_not_keep_a_connection_that_ends() {
    each_server(|serve| {
        let limits = EventQueueLimits::default().events(10_000); // more than a socket takes at once
        let (mut client, handle, thread) = serve(machine::server().event_queue(limits));
        flood(&handle);
        client.send("{'execute': 'echo', 'id': 7}");
        client.stream.shutdown(std::net::Shutdown::Write).expect("half of it");
        // Events are emitted faster than this client reads, so some always wait.
        let reader = std::thread::spawn(move || {
            let (mut received, mut buffer) = (Vec::new(), vec![0; 16 << 10]);
            loop {
                std::thread::sleep(Duration::from_millis(5));
                match client.stream.read(&mut buffer).expect("in time") {
                    0 => return received,
                    count => received.extend_from_slice(&buffer[..count]),
                }
            }
        });
        let began = Instant::now();
        while !thread.is_finished() {
            handle.events().emit(deleted("a", 0));
            assert!(began.elapsed() < Duration::from_secs(10), "events keep the connection open");
        }
        let received = reader.join().expect("no panic");
        assert!(received.ends_with(b"\r\n") && String::from_utf8_lossy(&received).contains("\"id\": 7"));
    });
}

#[test]
fn an_event_loop_of_ones_own_keeps_the_time() {
    let interval = Duration::from_secs(3600);
    let server = machine::server().rate_limit::<events::DeviceDeleted>(interval, &[]);
    let mut session = server.session();
    session.receive(crate::support::NEGOTIATE.as_bytes(), Vec::new());
    assert!(session.next().is_none());
    assert!(!session.take_output().is_empty());
    assert_eq!(session.deadline(), None);

    let before = Instant::now();
    for number in 0..3 {
        server.events().emit(deleted("a", number));
    }
    let sent = |output: Vec<u8>| crate::support::messages(&output).iter().map(number).collect::<Vec<_>>();
    assert_eq!(sent(session.take_output()), [0]);
    let deadline = session.deadline().expect("an event was kept");
    assert!(deadline >= before + interval && deadline <= Instant::now() + interval);
    session.on_deadline(deadline - Duration::from_millis(1));
    assert_eq!(session.take_output(), b"");
    session.on_deadline(deadline);
    assert_eq!(sent(session.take_output()), [2]);
    session.on_deadline(deadline + interval);
    assert_eq!((session.take_output(), session.deadline()), (Vec::new(), None));
}

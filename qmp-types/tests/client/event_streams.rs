//! Streams of events and expected events, on the blocking client.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::{ClientOptions, OtherEvent};

use crate::sample::blocking::Client;
use crate::sample::{Event, events};
use crate::scripted_peer::Peer;

const SHORT: Duration = Duration::from_millis(30);

pub(crate) fn deleted(device: usize) -> String {
    format!(r#"{{"event": "DEVICE_DELETED", "data": {{"device": "{device}", "path": "/machine/{device}"}}}}"#)
}

/// Sends events when a command arrives, and then the reply to it.
pub(crate) fn around_a_command(events: impl FnOnce(&mut Peer) + Send + 'static) -> impl FnOnce(&mut Peer) + Send {
    move |peer| {
        peer.line();
        events(peer);
        peer.send(r#"{"return": {}, "id": 2}"#);
    }
}

fn client(script: impl FnOnce(&mut Peer) + Send + 'static) -> Client {
    Client::from_stream(Peer::negotiated(script).0).unwrap()
}

fn is_device(number: usize) -> impl FnMut(&events::DeviceDeleted) -> bool + Send {
    move |event| event.device.as_deref() == Some(&number.to_string())
}

#[test]
fn an_expected_event_among_many() {
    let client = client(around_a_command(|peer| (0..3000).for_each(|device| peer.send(&deleted(device)))));
    let fifth = client.expect(is_device(5));
    let last = client.expect(is_device(2999));
    client.stop().unwrap();
    assert_eq!(fifth.timeout(SHORT).wait().unwrap().path, "/machine/5");
    assert_eq!(last.timeout(SHORT).wait().unwrap().path, "/machine/2999");
}

#[test]
fn a_predicate_sees_no_event_after_the_expected_one() {
    let client = client(around_a_command(|peer| (0..10).for_each(|device| peer.send(&deleted(device)))));
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    let expected = client.expect::<events::DeviceDeleted>(move |_| count.fetch_add(1, Relaxed) == 2);
    client.stop().unwrap();
    assert_eq!(expected.wait().unwrap().path, "/machine/2");
    assert_eq!(seen.load(Relaxed), 3);
}

#[test]
fn a_time_limit_is_reported_as_it_was_given() {
    let client = client(|peer| {
        (0..3).for_each(|device| peer.send(&deleted(device)));
        peer.expect_end();
    });
    let error = client.expect(is_device(5)).timeout(SHORT).wait().unwrap_err();
    assert_eq!(error.to_string(), "timed out waiting for the event DEVICE_DELETED: none within 30ms");
    let mut stops = client.events_of::<events::Stop>().timeout(SHORT);
    for _ in 0..2 {
        let error = stops.next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "timed out waiting for the event STOP: none within 30ms");
    }
}

#[test]
fn a_predicate_may_use_the_client() {
    let client = client(|peer| {
        peer.line();
        peer.send(&deleted(1));
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.line();
        peer.send(&deleted(2));
        peer.send(r#"{"return": {}, "id": 3}"#);
        peer.line();
        peer.send(r#"{"return": {}, "id": 4}"#);
    });
    let inner = client.clone();
    let expected = client.expect::<events::DeviceDeleted>(move |event| {
        inner.stop().unwrap();
        event.path == "/machine/2"
    });
    client.stop().unwrap();
    assert_eq!(expected.wait().unwrap().path, "/machine/2");
}

#[test]
fn a_busy_predicate_delays_only_its_own_events() {
    let client = client(|peer| {
        peer.line();
        peer.send(&deleted(1));
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.line();
        peer.send(&deleted(2));
        peer.send(r#"{"return": {}, "id": 3}"#);
    });
    let (entered, leave) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let barriers = (Arc::clone(&entered), Arc::clone(&leave));
    let mut busy = client.events_of::<events::DeviceDeleted>().only(move |event| {
        if event.path == "/machine/1" {
            barriers.0.wait();
            barriers.1.wait();
        }
        true
    });
    let mut others = client.events_of::<events::DeviceDeleted>();
    thread::scope(|scope| {
        let reader = scope.spawn(|| client.stop().unwrap());
        entered.wait();
        client.stop().unwrap();
        assert_eq!(others.next().unwrap().unwrap().path, "/machine/1");
        assert_eq!(others.next().unwrap().unwrap().path, "/machine/2");
        // The connection has ended, but events wait for the predicate.
        assert!(others.next().is_none());
        let waiting = scope.spawn(|| busy.by_ref().map(|event| event.unwrap().path.clone()).collect::<Vec<_>>());
        thread::sleep(SHORT);
        leave.wait();
        reader.join().unwrap();
        assert_eq!(waiting.join().unwrap(), ["/machine/1", "/machine/2"]);
    });
}

/// A thread waits for an event while another one runs the predicate on it, and no more bytes arrive.
#[test]
fn a_predicate_may_accept_an_event_while_its_subscriber_waits() {
    let client = client(|peer| {
        peer.line();
        peer.send(&deleted(1));
        peer.send(r#"{"return": {}, "id": 2}"#);
        peer.expect_end();
    });
    let (entered, leave) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let barriers = (Arc::clone(&entered), Arc::clone(&leave));
    let expected = client.expect::<events::DeviceDeleted>(move |_| {
        barriers.0.wait();
        barriers.1.wait();
        true
    });
    thread::scope(|scope| {
        let reader = scope.spawn(|| client.stop().unwrap());
        entered.wait();
        let start = Instant::now();
        let waiting = scope.spawn(|| expected.timeout(Duration::from_secs(20)).wait());
        thread::sleep(SHORT);
        leave.wait();
        reader.join().unwrap();
        assert_eq!(waiting.join().unwrap().unwrap().path, "/machine/1");
        assert!(start.elapsed() < Duration::from_secs(10), "it is woken before its deadline");
    });
}

/// A thread that only adds a predicate runs those of others, too. Afterwards a waiting thread has to read.
#[test]
fn a_predicate_may_run_on_a_thread_that_does_not_wait() {
    let client = client(|peer| {
        peer.line();
        peer.send(&deleted(1));
        peer.send(r#"{"return": {}, "id": 2}"#);
        thread::sleep(10 * SHORT);
        peer.send(&deleted(2));
        peer.expect_end();
    });
    let barriers: [_; 4] = std::array::from_fn(|_| Arc::new(Barrier::new(2)));
    let [first_entered, leave_first, second_entered, leave_second] = barriers.clone();
    let pausing = |entered: Arc<Barrier>, leave: Arc<Barrier>, wanted| {
        move |event: &events::DeviceDeleted| {
            if event.path == "/machine/1" {
                entered.wait();
                leave.wait();
            }
            event.path == wanted
        }
    };
    let _first = client.expect(pausing(first_entered, leave_first, "/machine/1"));
    let second = client.expect(pausing(second_entered, leave_second, "/machine/2"));
    thread::scope(|scope| {
        let reader = scope.spawn(|| client.stop().unwrap());
        barriers[0].wait();
        let other = scope.spawn(|| drop(client.events().only(|_| true)));
        barriers[2].wait();
        let waiting = scope.spawn(|| second.timeout(100 * SHORT).wait().unwrap());
        thread::sleep(SHORT);
        barriers[1].wait();
        reader.join().unwrap();
        barriers[3].wait();
        other.join().unwrap();
        assert_eq!(waiting.join().unwrap().path, "/machine/2");
    });
}

#[test]
fn a_predicate_that_panics() {
    let client = client(around_a_command(|peer| (0..2).for_each(|device| peer.send(&deleted(device)))));
    let expected = client.expect::<events::DeviceDeleted>(|event| panic!("no {}", event.path));
    let mut others = client.events_of::<events::DeviceDeleted>();
    // This thread runs the predicate, and is not harmed.
    client.stop().unwrap();
    assert_eq!(others.next().unwrap().unwrap().path, "/machine/0");
    let panic = thread::spawn(move || expected.wait()).join().unwrap_err();
    assert_eq!(panic.downcast_ref::<String>().unwrap(), "no /machine/0");
}

#[test]
fn lost_events_are_an_item_of_the_stream() {
    let script = around_a_command(|peer| (0..10).for_each(|device| peer.send(&deleted(device))));
    let stream = Peer::negotiated(script).0;
    let client = Client::from_stream_with(stream, &ClientOptions::new().event_capacity(4)).unwrap();
    let mut four = client.events();
    let mut two = client.events().capacity(2);
    let wanted = client.events_of::<events::DeviceDeleted>().capacity(1).only(is_device(3));
    client.stop().unwrap();
    let error = four.next().unwrap().unwrap_err();
    assert_eq!(error.lost_events(), Some(6));
    let text = "6 events were lost because the queue was full; help: take events sooner, or set a larger capacity";
    assert_eq!(error.to_string(), text);
    assert_eq!(four.map(Result::unwrap).count(), 4);
    assert_eq!(two.next().unwrap().unwrap_err().lost_events(), Some(8));
    assert_eq!(two.map(Result::unwrap).count(), 2);
    assert_eq!(wanted.map(|event| event.unwrap().path.clone()).collect::<Vec<_>>(), ["/machine/3"]);
}

#[test]
fn the_connections_own_queue_holds_nothing_if_it_is_forgotten() {
    let (stream, _peer) = Peer::negotiated(|peer| {
        for command in 2..5 {
            peer.line();
            (0..3).for_each(|device| peer.send(&deleted(10 * command + device)));
            peer.send(&format!(r#"{{"return": {{}}, "id": {command}}}"#));
        }
    });
    let client = Client::from_stream_with(stream, &ClientOptions::new().event_capacity(4)).unwrap();
    client.stop().unwrap();
    client.stop().unwrap();
    assert_eq!(client.next_event().unwrap_err().lost_events(), Some(6));
    client.stop().unwrap();
    let Event::DeviceDeleted(event) = client.next_event().unwrap().event else { panic!() };
    assert_eq!(event.path, "/machine/40");
}

#[test]
fn streams_select_by_type_name_and_property() {
    let client = client(around_a_command(|peer| {
        for event in ["JOB_STATUS_CHANGE", "STOP", "BLOCK_JOB_ERROR", "X_JOB_NEW"] {
            peer.send(&format!(r#"{{"event": "{event}"}}"#));
        }
        (0..4).for_each(|device| peer.send(&deleted(device)));
        peer.send(r#"{"event": "STOP"}"#);
    }));
    let all = client.events();
    let stops = client.events_of::<events::Stop>();
    let jobs = client.events_of::<OtherEvent>().named(["JOB_*", "*_NEW"]);
    let even = client.events().only(|event| matches!(event, Event::DeviceDeleted(event) if event.path != "/machine/3"));
    client.stop().unwrap();
    // Conditions that are added later hold for the events that are queued, too.
    let others = all.only(|event| matches!(event, Event::Other(_)));
    let name = |event: Event| match event {
        Event::Other(event) => event.name,
        Event::Stop(_) => "STOP".into(),
        Event::DeviceDeleted(event) => event.path,
        event => panic!("{event:?}"),
    };
    let names = |stream: qmp_types::blocking::EventStream<Event>| -> Vec<String> {
        stream.map(|event| name(event.unwrap().event)).collect()
    };
    assert_eq!(stops.map(Result::unwrap).count(), 2);
    assert_eq!(jobs.map(|event| event.unwrap().name.clone()).collect::<Vec<_>>(), ["JOB_STATUS_CHANGE", "X_JOB_NEW"]);
    assert_eq!(names(even), ["/machine/0", "/machine/1", "/machine/2"]);
    assert_eq!(names(others), ["JOB_STATUS_CHANGE", "BLOCK_JOB_ERROR", "X_JOB_NEW"]);
}

#[test]
fn an_event_that_does_not_match_the_schema_does_not_end_the_stream() {
    let client = client(around_a_command(|peer| {
        peer.send(r#"{"event": "DEVICE_DELETED", "data": {"path": 1}}"#);
        peer.send(r#"{"event": "STOP"}"#);
    }));
    let mut events = client.events();
    let expected = client.expect(is_device(1));
    client.stop().unwrap();
    assert!(client.closed().is_closed());
    assert!(events.next().unwrap().unwrap_err().is_protocol());
    assert!(matches!(events.next().unwrap().unwrap().event, Event::Stop(_)));
    assert!(events.next().is_none());
    assert!(expected.wait().unwrap_err().is_protocol());
}

/// The peer answers each request after the event that it causes.
pub(crate) fn delete_devices(peer: &mut Peer) {
    while let Ok(request) = serde_json::from_str::<serde_json::Value>(&peer.line()) {
        let id = &request["id"];
        let device = request["arguments"]["id"].as_str().and_then(|device| device.parse().ok());
        peer.send(&deleted(device.unwrap_or(usize::MAX)));
        peer.send(&format!(r#"{{"return": {{}}, "id": {id}}}"#));
    }
}

#[test]
fn many_threads_with_predicates_that_use_the_client() {
    const ROUNDS: usize = 60;
    let client = client(delete_devices);
    thread::scope(|scope| {
        for thread in 0..6 {
            let client = client.clone();
            scope.spawn(move || {
                for device in (thread * ROUNDS)..(thread + 1) * ROUNDS {
                    let (inner, mut wanted) = (client.clone(), is_device(device));
                    let deleted = client.expect(move |event| {
                        if device % 10 == 0 {
                            inner.stop().unwrap();
                        }
                        wanted(event)
                    });
                    client.device_del(device.to_string().as_str()).unwrap();
                    deleted.timeout(Duration::from_secs(20)).wait().unwrap();
                }
            });
        }
    });
}

//! Many requests, and clients that do not read.

use std::thread;

use qmp_types::Limits;
use qmp_types::server::EventQueueLimits;
use test_support::{TIME_LIMIT, within};

use crate::support::RunningProxy;

#[test]
fn a_flood_of_one_client_does_not_starve_another() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    for connect in [RunningProxy::client, RunningProxy::oob_client] {
        let mut flooding = connect(&proxy);
        let mut other = proxy.client();
        let requests = r#"{"execute": "flood"}"#.repeat(1000);
        flooding.send(&requests);
        server.answer("flood");
        other.send(r#"{"execute": "single"}"#);
        // At most one request of the other client is before it.
        let position = (0..1000).position(|_| {
            let line = server.line();
            let id = line.rsplit(':').next().unwrap().trim_end_matches('}');
            server.send(&format!("{{\"return\": {{}}, \"id\": {id}}}"));
            line.contains("single")
        });
        assert_eq!(other.line(), r#"{"return": {}}"#);
        // The request may take a while to arrive. The server has answered many others meanwhile, but not all.
        assert!(position.unwrap() < 999, "{position:?}");
        drop(flooding);
        let rest = within(TIME_LIMIT, || (proxy.handle.counters().sessions_open == 1).then_some(()));
        assert!(rest.is_some());
        other.send(r#"{"execute": "last"}"#);
        while !server.line().contains("last") {}
        drop(other);
        assert!(within(TIME_LIMIT, || (proxy.handle.counters().sessions_open == 0).then_some(())).is_some());
    }
    proxy.stop();
}

#[test]
fn out_of_band_requests_of_a_client_run_one_at_a_time() {
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy);
    let mut client = proxy.oob_client();
    client.send(&r#"{"exec-oob": "yank"}"#.repeat(100));
    let first = server.request("yank");
    client.send("{\"execute\": \"stop\"}");
    let mut other = proxy.client();
    other.send(r#"{"execute": "next-at-the-server"}"#);
    server.answer("next-at-the-server");
    server.send(&format!("{{\"return\": {{}}, \"id\": {first}}}"));
    (1..100).for_each(|_| server.answer("yank"));
    server.answer("stop");
    (0..101).for_each(|_| assert_eq!(client.line(), r#"{"return": {}}"#));
    proxy.stop();
}

#[test]
fn events_for_a_client_that_does_not_read_are_bounded() {
    const EVENTS: usize = 20_000;
    let limits = EventQueueLimits::default().events(100);
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy.event_queue(limits));
    let (mut reading, mut lazy) = (proxy.client(), proxy.client());
    let event = |number| format!(r#"{{"event": "TICK", "data": {{"count": {number}}}, "timestamp": {{}}}}"#);
    thread::scope(|scope| {
        scope.spawn(|| (0..EVENTS).for_each(|number| server.send(&event(number))));
        // Some may be dropped for this client, too, if its thread does not run for a while. The last one never is.
        while reading.line() != event(EVENTS - 1) {}
    });
    let counters = proxy.handle.counters();
    assert!(counters.events_dropped > 0 && counters.event_queue_peak <= 100, "{counters:?}");
    let mut count = 1;
    while lazy.line() != event(EVENTS - 1) {
        count += 1;
    }
    assert!(count < EVENTS, "{count}");
    proxy.stop();
}

#[test]
fn replies_for_a_client_that_does_not_read_are_bounded() {
    const REPLY: usize = 100_000;
    let limits = Limits::default().output_bytes(1 << 20);
    let (proxy, mut server, _socket) = RunningProxy::scripted(|proxy| proxy.limits(limits));
    let (mut lazy, mut reading) = (proxy.client(), proxy.client());
    lazy.send(&r#"{"execute": "large"}"#.repeat(1000));
    let large = "x".repeat(REPLY);
    let mut count = 0;
    // The proxy stops to take requests of the client, and serves the other.
    loop {
        reading.send(r#"{"execute": "small"}"#);
        let mut has_large = false;
        loop {
            let line = server.line();
            let id = line.rsplit(':').next().unwrap().trim_end_matches('}');
            if line.contains("small") {
                server.send(&format!("{{\"return\": 1, \"id\": {id}}}"));
                break;
            }
            server.send(&format!("{{\"return\": \"{large}\", \"id\": {id}}}"));
            (has_large, count) = (true, count + 1);
        }
        assert_eq!(reading.line(), r#"{"return": 1}"#);
        if !has_large && count > 10 {
            break;
        }
    }
    assert!(count * REPLY < 3 << 20, "{count} replies");
    assert!(proxy.handle.counters().output_peak < 2 << 20);
    // Once it reads, it gets all.
    let rest = thread::spawn(move || {
        (count..1000).for_each(|_| {
            let id = server.request("large");
            server.send(&format!("{{\"return\": 2, \"id\": {id}}}"));
        });
    });
    (0..1000).for_each(|_| assert!(lazy.line().starts_with("{\"return\": ")));
    rest.join().unwrap();
    proxy.stop();
}

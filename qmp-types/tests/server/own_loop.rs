//! Connections in an event loop of one's own.

use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::server::{AccessControl, Connection, Timeouts};
use qmp_types::{Limits, Server};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde_json::json;

use crate::machine::{self, Machine};
use crate::sample::events;
use crate::support::NEGOTIATE;
use crate::test_client::Client;

/// Waits for what the connection wants.
fn wait(connection: &mut Connection, at_most: Duration) {
    let mut wanted = PollFlags::empty();
    wanted.set(PollFlags::IN, connection.wants_read());
    wanted.set(PollFlags::OUT, connection.wants_write());
    let left = connection.deadline().map_or(at_most, |at| at.saturating_duration_since(Instant::now()).min(at_most));
    let mut fds = [PollFd::from_borrowed_fd(connection.as_fd(), wanted)];
    poll(&mut fds, Some(&Timespec::try_from(left).expect("a short time"))).expect("a descriptor");
}

/// A client, and the loop that serves it.
fn served(server: Server<Machine>, run: fn(&mut Connection, &Server<Machine>)) -> Client {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    thread::spawn(move || {
        let mut connection = server.connection(theirs);
        while !connection.is_finished() {
            run(&mut connection, &server);
        }
    });
    Client::new(ours)
}

fn inline(connection: &mut Connection, server: &Server<Machine>) {
    connection.on_ready(server).expect("connected");
    if !connection.is_finished() {
        wait(connection, Duration::from_secs(60));
    }
}

/// Executes each request on a thread of its own. There is no waker, so the loop looks after the replies from time to time.
fn on_threads(connection: &mut Connection, server: &Server<Machine>) {
    execute_on_threads(connection, server);
    wait(connection, Duration::from_millis(20));
    connection.on_deadline(Instant::now());
}

fn execute_on_threads(connection: &mut Connection, server: &Server<Machine>) {
    loop {
        while let Some(request) = connection.next() {
            if let Some(task) = request.detach(server) {
                thread::spawn(|| task.run());
            }
        }
        connection.send().expect("connected");
        if !connection.receive().expect("connected") {
            return;
        }
    }
}

#[test]
fn a_dialogue() {
    for run in [inline, on_threads] {
        let mut client = served(machine::server(), run);
        client.negotiate();
        client.send(
            "{'execute': 'stop'}{'execute': 'echo', 'arguments': {'a': 1}}@\n{'execute': 'query-status', 'id': 1}",
        );
        assert_eq!(client.receive()["event"], "STOP");
        assert_eq!(client.receive(), json!({ "return": {} }));
        assert_eq!(client.receive(), json!({ "return": { "a": 1 } }));
        assert_eq!(client.receive()["error"]["class"], "GenericError");
        assert_eq!(client.receive()["id"], 1);
        client.stream.shutdown(std::net::Shutdown::Write).expect("connected");
        assert!(client.rest().is_empty());
    }
}

#[test]
fn large_replies_and_many_requests() {
    for run in [inline, on_threads] {
        let mut client = served(machine::server(), run);
        client.negotiate();
        client.send("{'execute': 'big'}".repeat(30));
        for _ in 0..30 {
            assert_eq!(client.receive()["return"].as_str().map(str::len), Some(1 << 20));
        }
    }
}

#[test]
fn out_of_band_commands_overtake_those_on_other_threads() {
    let mut client = served(machine::server(), on_threads);
    client.receive();
    client.call("{'execute': 'qmp_capabilities', 'arguments': {'enable': ['oob']}}");
    client
        .send("{'execute': 'sleep', 'id': 'slow'}{'execute': 'ping', 'id': 'next'}{'exec-oob': 'ping', 'id': 'fast'}");
    let ids: Vec<_> = (0..3).map(|_| client.receive()["id"].clone()).collect();
    assert_eq!(ids, ["fast", "slow", "next"]);
}

#[test]
fn a_disconnected_client_is_noticed() {
    for run in [inline, on_threads] {
        let server = machine::server();
        let state = Arc::clone(server.state());
        let mut client = served(server, run);
        client.negotiate();
        client.send("{'execute': 'check-cancelled'}{'execute': 'stop'}");
        thread::sleep(Duration::from_millis(30));
        drop(client);
        let began = Instant::now();
        while state.cancelled.load(Ordering::SeqCst) == 0 {
            assert!(began.elapsed() < Duration::from_secs(5), "not cancelled");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn deadlines() {
    let server = machine::server().timeouts(Timeouts::default().idle(Duration::from_millis(100)));
    let mut client = served(server, inline);
    client.negotiate();
    let began = Instant::now();
    assert!(client.rest().is_empty());
    assert!(began.elapsed() > Duration::from_millis(50));
}

#[test]
fn a_client_that_waits_for_each_reply_is_told_of_all_its_mistakes() {
    for run in [inline, on_threads] {
        let mut client = served(machine::server(), run);
        client.negotiate();
        for _ in 0..70 {
            assert_eq!(client.call("}\n")["error"]["class"], "GenericError");
        }
    }
}

#[test]
fn a_session_with_a_rate_of_commands_goes_on() {
    let access = AccessControl::new().commands_per(Duration::from_millis(50), 1);
    for run in [inline, on_threads] {
        let mut client = served(machine::server().access(access.clone()), run);
        client.negotiate();
        client.send("{'execute': 'echo'}{'execute': 'echo'}{'execute': 'echo', 'id': 3}");
        client.receive();
        client.receive();
        assert_eq!(client.receive()["id"], 3);
    }
}

#[derive(Default)]
struct Counter(AtomicU32);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn the_waker_is_woken_by_other_threads() {
    let server = machine::server();
    let woken = Arc::new(Counter::default());
    let count = || woken.0.load(Ordering::SeqCst);
    let mut session = server.session();
    session.set_waker(&Waker::from(Arc::clone(&woken)));
    session.receive(format!("{NEGOTIATE}{{'execute': 'echo'}}").as_bytes(), Vec::new());
    let task = session.next().expect("a request").detach(&server).expect("it is well-formed");
    assert_eq!(count(), 0);
    assert!(session.next().is_none() && !session.wants_input());
    task.run();
    assert!(count() > 0);
    let before = count();
    server.events().emit(events::Stop {});
    assert!(count() > before);
    let before = count();
    server.handle().stop();
    assert!(count() > before && session.is_finished());
    let output = String::from_utf8(session.take_output()).expect("UTF-8");
    assert_eq!(output.lines().count(), 4, "{output}");
}

#[test]
fn requests_that_are_taken_are_answered_later_and_in_order() {
    let server = machine::server();
    let mut session = server.session();
    session.receive(NEGOTIATE.as_bytes(), Vec::new());
    session.receive(b"{'execute': 'echo', 'arguments': {'a': 1}, 'id': 7}{'execute': 'stop', 'id': 8}", Vec::new());
    let request = session.next().expect("a request").take().expect("it is well-formed");
    assert_eq!((request.command().name, &*request.arguments(), request.id()), ("echo", "{'a': 1}", Some("7")));
    assert!(session.next().is_none());
    request.succeed(&json!("later"));
    let request = session.next().expect("the next request").take().expect("it is well-formed");
    drop(request);
    let output = String::from_utf8(session.take_output()).expect("UTF-8");
    let replies: Vec<serde_json::Value> =
        output.lines().skip(2).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(replies[0], json!({ "return": "later", "id": 7 }));
    assert_eq!((&replies[1]["id"], &replies[1]["error"]["class"]), (&json!(8), &json!("GenericError")));
}

#[test]
fn requests_become_possible_when_output_is_sent() {
    let server = machine::server().limits(Limits::default().output_bytes(1 << 20));
    let mut session = server.session();
    session.receive((NEGOTIATE.to_owned() + &"{'execute': 'big'}".repeat(2)).as_bytes(), Vec::new());
    session.next().expect("a request").run(&server);
    assert!(session.next().is_none() && !session.wants_input() && !session.can_proceed());
    assert!(session.take_output().len() > 1 << 20);
    assert!(session.can_proceed());
    session.next().expect("another request").run(&server);
    assert!(session.take_output().len() > 1 << 20);
    assert!(session.next().is_none() && session.wants_input() && !session.can_proceed());
}

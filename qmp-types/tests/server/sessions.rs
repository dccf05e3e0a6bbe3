//! How sessions begin and end.

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::machine::{self, NAP};
use crate::support::{NEGOTIATE, replies};
use crate::test_client::Client;

#[test]
fn requests_before_a_half_close_are_answered() {
    let output = replies("{'execute': 'sleep', 'id': 1}{'execute': 'echo', 'id': 2}{'execute': 'yield', 'id': 3}");
    let ids: Vec<_> = output.iter().map(|reply| reply["id"].as_i64()).collect();
    assert_eq!(ids, [Some(1), Some(2), Some(3)]);
}

#[test]
fn a_slow_command_does_not_delay_earlier_replies() {
    let server = machine::server();
    let state = server.state().clone();
    let gate = state.gate.lock().expect("no panic");
    let (mut client, ..) = Client::of(server);
    client.send("{'execute': 'echo', 'id': 1}{'execute': 'sleep', 'id': 2}");
    assert_eq!(client.receive()["id"], 1);
    drop(gate);
    assert_eq!(client.receive()["id"], 2);
}

#[test]
fn commands_of_a_disconnected_client_are_not_executed() {
    let server = machine::server();
    let state = server.state().clone();
    let (mut client, _, thread) = Client::of(server);
    client.send("{'execute': 'sleep'}{'execute': 'stop'}");
    thread::sleep(NAP / 2);
    drop(client);
    thread.join().expect("no panic").expect("a client that disconnects is not an error");
    assert_eq!((state.slept.load(Ordering::SeqCst), state.stops.load(Ordering::SeqCst)), (1, 0));
}

#[test]
fn a_handler_stops_the_server() {
    let server = machine::server();
    let state = server.state().clone();
    let (mut client, _, thread) = Client::of(server);
    client.send("{'execute': 'quit', 'id': 1}{'execute': 'stop', 'id': 2}");
    assert_eq!(client.receive()["event"], "STOP");
    assert_eq!(client.receive(), json!({ "return": {}, "id": 1 }));
    assert!(client.rest().is_empty());
    assert_eq!(state.stops.load(Ordering::SeqCst), 0);
    thread.join().expect("no panic").expect("stopping is not an error");
}

#[test]
fn a_stopped_server_ends_its_sessions() {
    let (mut client, handle, thread) = Client::of(machine::server());
    handle.stop();
    assert!(client.rest().is_empty());
    thread.join().expect("no panic").expect("stopping is not an error");
}

#[test]
fn a_client_that_does_not_read_does_not_delay_stopping() {
    let (mut client, handle, thread) = Client::of(machine::server());
    client.send("{'execute': 'big'}".repeat(30));
    thread::sleep(Duration::from_millis(100));
    handle.stop();
    thread.join().expect("no panic").expect("stopping is not an error");
}

#[test]
fn thousands_of_clients_come_and_go() {
    let fds = || std::fs::read_dir("/proc/self/fd").expect("a list").count();
    let server = machine::server();
    let before = fds();
    for round in 0..2000 {
        let (client, theirs) = UnixStream::pair().expect("a pair");
        thread::scope(|scope| {
            let thread = scope.spawn(|| server.serve_stream(theirs));
            let mut client = Client::new(client);
            match round % 4 {
                0 => {}
                1 => client.send("{'exec"),
                2 => client.send(NEGOTIATE.repeat(3)),
                _ => client.stream.shutdown(Shutdown::Both).expect("connected"),
            }
            drop(client);
            thread.join().expect("no panic").expect("a client that disconnects is not an error");
        });
    }
    // Other tests run at the same time and open descriptors, too.
    assert!(fds() < before + 200);
}

#[test]
fn clients_do_not_see_each_others_replies() {
    let server = std::sync::Arc::new(machine::server());
    let threads: Vec<_> = (0..20)
        .map(|number| {
            let server = server.clone();
            let (ours, theirs) = UnixStream::pair().expect("a pair");
            thread::spawn(move || server.serve_stream(theirs));
            thread::spawn(move || {
                let mut client = Client::new(ours);
                client.negotiate();
                for round in 0..200 {
                    let id = format!("{number}-{round}");
                    let reply = client.call(format!("{{'execute': 'yield', 'id': '{id}'}}"));
                    assert_eq!(reply, json!({ "return": 3, "id": id }));
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("every client was served");
    }
}

#[test]
fn a_slow_command_does_not_delay_other_clients() {
    let server = machine::server();
    thread::scope(|scope| {
        let mut clients = Vec::new();
        for _ in 0..2 {
            let (ours, theirs) = UnixStream::pair().expect("a pair");
            let server = &server;
            scope.spawn(move || server.serve_stream(theirs));
            let mut client = Client::new(ours);
            client.negotiate();
            clients.push(client);
        }
        clients[0].send("{'execute': 'sleep'}");
        clients[1].stream.set_read_timeout(Some(NAP.saturating_sub(Duration::from_millis(50)))).expect("a timeout");
        assert_eq!(clients[1].call("{'execute': 'echo'}"), json!({ "return": {} }));
    });
}

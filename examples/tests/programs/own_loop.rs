//! The example with an event loop of its own: commands and events of several clients on one thread.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use ::examples::qmp::blocking::Client;
use ::examples::qmp::events;
use serde_json::{Value, json};

use crate::support::Server;

fn call(client: &Client, command: &str) -> Value {
    client.call_raw(command, &json!({})).unwrap()
}

#[test]
fn commands_and_events() {
    let server = Server::of("own_loop", &[]);
    let clients: Vec<_> = (0..50).map(|_| Client::connect_unix(server.path()).unwrap()).collect();
    let stops: Vec<_> = clients.iter().map(|client| client.expect::<events::Stop>(|_| true)).collect();
    assert_eq!(call(&clients[0], "stop"), json!({}));
    for stop in stops {
        stop.timeout(Duration::from_secs(5)).wait().unwrap();
    }
    let ticks = call(&clients[1], "query-ticks");
    assert_eq!(call(&clients[2], "query-ticks"), ticks, "the machine does not run");
    assert_eq!(call(&clients[3], "query-status"), json!({ "running": false, "status": "paused" }));
    call(&clients[4], "cont");
    while call(&clients[5], "query-ticks") == ticks {}
    assert_eq!(call(&clients[6], "quit"), json!({}));
    server.wait();
}

#[test]
fn a_client_that_waits_for_each_reply_is_told_of_all_its_mistakes() {
    let server = Server::of("own_loop", &[]);
    let mut client = UnixStream::connect(server.path()).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut replies = BufReader::new(client.try_clone().unwrap()).lines();
    replies.next().unwrap().unwrap();
    for _ in 0..70 {
        client.write_all(b"}\n").unwrap();
        let reply = replies.next().unwrap().unwrap();
        assert!(reply.contains("GenericError"), "{reply}");
    }
}

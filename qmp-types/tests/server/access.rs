//! Who may connect, and which commands a session may execute.

use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::server::{AccessControl, AccessRequest, ReadOnly};
use qmp_types::{Error, Server};
use serde_json::{Value, json};

use crate::machine::{self, Machine};
use crate::support::{NEGOTIATE, each_server};
use crate::test_client::Client;

fn error(class: &str, desc: &str) -> Value {
    json!({ "error": { "class": class, "desc": desc } })
}

#[test]
fn the_hook_decides_about_every_command() {
    each_server(|serve| {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let server = machine::server().authorize(move |request: &AccessRequest<'_>| {
            let peer = request.peer().map(|peer| peer.pid == std::process::id() as i32);
            let known = request.spec().map(|spec| spec.name);
            log.lock().expect("no panic").push((request.command().to_owned(), known, peer, request.session()));
            match request.command() {
                "stop" => Err(Error::device_not_active("not now")),
                "query-version" | "exotic" => Err(Error::generic("not for you")),
                "ping" => panic!("a bug of the hook"),
                _ => Ok(()),
            }
        });
        let (mut client, handle, _) = serve(server);
        assert_eq!(client.call("{'execute': 'stop'}"), error("DeviceNotActive", "not now"));
        let refused = client.call("{'execute': 'query-version', 'id': 7}");
        assert_eq!((&refused["id"], &refused["error"]["desc"]), (&json!(7), &json!("not for you")));
        assert_eq!(
            client.call("{'execute': 'exotic'}"),
            error("GenericError", "not for you"),
            "instead of 'not found'"
        );
        assert_eq!(client.call("{'execute': 'nothing'}")["error"]["class"], "CommandNotFound");
        let failed = client.call("{'execute': 'ping'}");
        assert_eq!(failed, error("GenericError", "The command ping was refused: its authorisation failed"));
        assert_eq!(client.call("{'execute': 'echo'}"), json!({ "return": {} }));
        assert_eq!(handle.counters().unauthorized, 4);

        let asked = asked.lock().expect("no panic");
        let expected = [
            ("qmp_capabilities", None),
            ("stop", Some("stop")),
            ("query-version", None),
            ("exotic", None),
            ("nothing", None),
            ("ping", Some("ping")),
            ("echo", Some("echo")),
        ];
        assert_eq!(*asked, expected.map(|(command, spec)| (command.to_owned(), spec, Some(true), 1)));
    });
}

#[test]
fn a_refused_negotiation_can_be_tried_again() {
    let times = Mutex::new(0);
    let server = machine::server().authorize(move |_| {
        let mut times = times.lock().expect("no panic");
        *times += 1;
        if *times == 1 { Err(Error::generic("too early")) } else { Ok(()) }
    });
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    thread::spawn(move || server.serve_stream(theirs));
    let mut client = Client::new(ours);
    client.receive();
    assert_eq!(client.call(NEGOTIATE), error("GenericError", "too early"));
    assert_eq!(client.call("{'execute': 'stop'}")["error"]["class"], "CommandNotFound", "not negotiated yet");
    assert_eq!(client.call(NEGOTIATE), json!({ "return": {} }));
}

#[test]
fn a_read_only_session_executes_queries_and_what_the_author_allows() {
    each_server(|serve| {
        let access = AccessControl::new().read_only(ReadOnly::queries().allow("echo"));
        let (mut client, handle, _) = serve(machine::server().access(access));
        for allowed in ["query-status", "query-commands", "query-version", "echo"] {
            let reply = client.call(format!("{{'execute': '{allowed}'}}"));
            assert!(!reply["return"].is_null(), "{allowed}: {reply}");
        }
        for refused in ["stop", "quit", "ping", "unheard-of"] {
            let desc = format!("The command {refused} is not allowed: this session is read-only");
            assert_eq!(client.call(format!("{{'execute': '{refused}'}}")), error("GenericError", &desc));
        }
        assert_eq!(handle.counters().unauthorized, 4);
    });
}

#[test]
fn siblings_of_a_server_share_all_but_their_access() {
    let server = machine::server();
    let read_only = server.with_access(AccessControl::new().read_only(ReadOnly::queries()));
    let handle = server.handle();
    let (mut full, _, serving) = Client::of(server);
    let (mut restricted, _, serving_read_only) = Client::of(read_only);
    assert!(!restricted.call("{'execute': 'stop'}")["error"].is_null());
    assert_eq!(full.call("{'execute': 'stop'}")["event"], "STOP");
    assert_eq!(restricted.receive()["event"], "STOP");
    assert_eq!(handle.counters().sessions_open, 2);
    handle.stop();
    for serving in [serving, serving_read_only] {
        serving.join().expect("no panic").expect("no error");
    }
}

#[test]
fn a_user_that_is_not_listed_is_told_so() {
    let refused = |server: Server<Machine>| {
        let (ours, theirs) = UnixStream::pair().expect("a pair");
        let handle = server.handle();
        let serving = thread::spawn(move || server.serve_stream(theirs));
        let mut client = Client::new(ours);
        let replies = client.rest();
        serving.join().expect("no panic").expect("not an error of the server");
        let counters = handle.counters();
        assert_eq!((counters.sessions, counters.sessions_refused, counters.sessions_open), (1, 1, 0));
        replies
    };
    let uid = rustix::process::geteuid().as_raw();
    let replies = refused(machine::server().access(AccessControl::new().allow_uids([uid + 1])));
    assert_eq!(replies, [error("GenericError", &format!("User id {uid} is not allowed to use this monitor"))]);
    let (mut client, ..) = Client::of(machine::server().access(AccessControl::new().allow_uids([uid + 1, uid])));
    assert_eq!(client.call("{'execute': 'echo'}"), json!({ "return": {} }));
}

#[test]
fn commands_beyond_the_rate_wait() {
    each_server(|serve| {
        let rate = AccessControl::new().commands_per(Duration::from_secs(2), 4);
        // The negotiation is a command, too.
        let (mut client, handle, _) = serve(machine::server().access(rate).grace(Duration::from_secs(20)));
        let began = Instant::now();
        client.send("{'execute': 'echo', 'id': 1}{'execute': 'echo', 'id': 2}{'execute': 'echo', 'id': 3}");
        for id in 1..=3 {
            assert_eq!(client.receive(), json!({ "return": {}, "id": id }));
        }
        assert!(began.elapsed() < Duration::from_millis(450), "too slow to test anything: {:?}", began.elapsed());
        client.send("{'execute': 'echo', 'id': 4}{'execute': 'echo', 'id': 5}");
        assert_eq!(client.receive()["id"], 4);
        assert_eq!(client.receive()["id"], 5);
        assert!(began.elapsed() >= Duration::from_millis(750), "{:?}", began.elapsed());
        assert!(handle.counters().delayed >= 1);
        // A session that waits can be stopped.
        client.send("{'execute': 'echo'}".repeat(20));
        let began = Instant::now();
        handle.stop();
        client.rest();
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    });
}

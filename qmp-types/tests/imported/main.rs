//! Bindings made of what a server told of itself, and nothing else: types named by their use, integers of any width.

#![cfg(all(unix, feature = "macros"))]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use qmp_types::Int;

mod qmp {
    #![deny(warnings)]
    qmp_types::schema!("tests/imported/dump.json", side = client);
}

/// A server that says these lines, one after each that it receives, and returns what it received.
fn peer(mut stream: UnixStream, lines: &'static [&'static str]) -> thread::JoinHandle<Vec<String>> {
    thread::spawn(move || {
        let mut received = BufReader::new(stream.try_clone().expect("a second handle")).lines();
        let mut all = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                all.push(received.next().expect("a line").expect("UTF-8"));
            }
            writeln!(stream, "{line}").expect("the client listens");
        }
        all
    })
}

#[test]
fn a_client_speaks_with_a_server_it_knows_by_introspection_only() {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    let peer = peer(
        theirs,
        &[
            r#"{"QMP": {"version": {"qemu": {"major": 1, "minor": 0, "micro": 0}, "package": ""}, "capabilities": []}}"#,
            r#"{"return": {}, "id": 1}"#,
            r#"{"return": {}, "id": 2}"#,
            r#"{"return": [{"id": "a", "offset": -1, "size": 18446744073709551615}], "id": 3}"#,
        ],
    );
    let vm = qmp::blocking::Client::from_stream(ours).expect("the handshake");
    let either = qmp::PutWhatValue::new(qmp::PutWhatOne::new(vec![Int::from(u64::MAX), Int::from(-1)]));
    vm.put(qmp::PutArgs::new(either)).expect("the server takes it");
    let things = vm.query_things().expect("a list");
    assert_eq!((things[0].offset, things[0].size), (Int::from(-1), Some(Int::from(u64::MAX))));
    let sent = peer.join().expect("the server ends");
    let arguments = r#""arguments": {"what": {"kind": "one", "sizes": [18446744073709551615, -1]}}"#;
    assert!(sent[1].contains(arguments), "{}", sent[1]);
}

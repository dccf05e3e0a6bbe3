//! Bindings made from the introspection of a server alone: types are named by their use, integers have any width.

#![cfg(feature = "macros")]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread;

use qmp_types::Int;

mod qmp {
    #![deny(warnings)]
    qmp_types::schema!("tests/imported/dump.json", side = client);
}

/// Runs a server that sends the first line, then another one after each line that it receives. Returns the received
/// lines.
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
fn a_client_generated_from_introspection() {
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

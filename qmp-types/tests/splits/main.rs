//! The pieces in which a byte stream arrives never change what it means, to a server or to a client.

use std::fmt::Debug;

use proptest::prelude::*;
use qmp_types::private::sans_io::{decode_requests, receive, reply_to};

/// Pieces of messages that clients send, and of garbage.
const REQUESTS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\"",
    b"'",
    b"\\",
    b" ",
    b"\r\n",
    b"\t",
    b"\x01",
    b"\xFF",
    b"\xFE",
    b"\xC0\x80",
    b"\xED\xA0",
    b"\xC3\xA9",
    b"\\ud83d\\ude00",
    b"0",
    b"-",
    b"01",
    b"1e5",
    b"0e5",
    b"1.5",
    b"12345678901",
    b"true",
    b"nil",
    b"A",
    b"\"id\": ",
    b"'a'",
    b"\"longer than a word or two\"",
    b"{\"execute\": \"qmp_capabilities\"}",
    b"{\"execute\": \"query-version\", \"id\": ",
    b"{'exec\\u0075te': 'query-commands', 'arguments': {}}",
    b"{\"execute\": \"query-version\", \"id\": [{\"a\": 1e400}, 'x']}",
];

/// Pieces of messages that servers send, and of garbage.
const REPLIES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"\"",
    b"\\",
    b" ",
    b"\r\n",
    b"\x01",
    b"\xFF",
    b"\xC3\xA9",
    b"-inf",
    b"01",
    b"1.5",
    b"true",
    b"{\"QMP\": {\"version\": {}, \"capabilities\": []}}\r\n",
    b"{\"return\": {\"a\": [1, {}]}, \"id\": 1}\r\n",
    b"{\"id\": 2, \"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}}\n",
    b"{\"return\": ",
    b"\"id\": 3}",
    b"{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"STOP\"}\r\n",
    b"{\"event\": \"X\", \"data\": {\"longer than a word\": \"\\\"\"}}",
];

/// Checks what is made of the bytes when they arrive in two pieces, split anywhere, and byte by byte.
fn check<T: PartialEq + Debug>(bytes: &[u8], made: impl Fn(&[&[u8]]) -> T) {
    let whole = made(&[bytes]);
    for split in 0..=bytes.len() {
        let (first, second) = bytes.split_at(split);
        assert_eq!(made(&[first, second]), whole, "split at {split}");
    }
    assert_eq!(made(&bytes.chunks(1).collect::<Vec<_>>()), whole, "byte by byte");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn requests(pieces in prop::collection::vec(prop::sample::select(REQUESTS), 0..12)) {
        let bytes = pieces.concat();
        check(&bytes, |pieces| decode_requests(pieces.iter().copied()));
        check(&bytes, |pieces| String::from_utf8(reply_to(pieces.iter().copied())).expect("replies are ASCII"));
    }

    #[test]
    fn replies(pieces in prop::collection::vec(prop::sample::select(REPLIES), 0..12)) {
        // How much of garbage an error shows depends on how much has arrived.
        let known = |pieces: &[&[u8]]| {
            let mut received = receive(pieces.iter().copied());
            received.iter_mut().for_each(|text| text.truncate(text.find("; received ").unwrap_or(text.len())));
            received
        };
        check(&pieces.concat(), known);
    }

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        check(&bytes, |pieces| decode_requests(pieces.iter().copied()));
    }
}

//! Random input: the server does not panic, replies in JSON, and the session is usable afterwards.

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{NEGOTIATE, converse};

/// Parts of messages, and bytes that messages cannot contain.
const PIECES: &[&[u8]] = &[
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
    b"\n",
    b"\t",
    b"\x01",
    b"\xFF",
    b"\xC0\x80",
    b"\xED\xA0",
    b"\\u",
    b"d800",
    b"\\ud83d\\ude00",
    b"0",
    b"-",
    b"1e300",
    b"01",
    b"1.5",
    b"true",
    b"null",
    b"nil",
    b"A",
    b"\"execute\"",
    b"'execute'",
    b"\"arguments\"",
    b"\"id\"",
    b"\"stop\"",
    b"\"echo\"",
    b"\"block_resize\"",
    b"\"size\"",
    b"\"exec-oob\"",
    b"{\"execute\":\"echo\",\"id\":",
    b"{\"execute\":\"echo\",\"arguments\":{",
    b"\"a\":",
    b"\xC3\xA9",
    b"\xF0\x9F\x98\x80",
];

fn check(garbage: &[u8], chunk: usize) {
    let input = [NEGOTIATE.as_bytes(), garbage, b"\xFF\n{\"execute\": \"echo\", \"id\": \"alive\"}"].concat();
    let output = String::from_utf8(converse(&input, chunk)).expect("ASCII");
    // serde_json cannot read all numbers, and an id is echoed as it was sent.
    let last =
        output.split_terminator("\r\n").map(serde_json::from_str::<Value>).fold(None, |last, reply| match reply {
            Ok(reply) => Some(reply),
            Err(error) if error.to_string().starts_with("number out of range") => last,
            Err(error) => panic!("{error}: {output}"),
        });
    assert_eq!(last.expect("a reply")["id"], "alive", "{}", String::from_utf8_lossy(garbage));
}

#[test]
fn a_number_that_no_double_can_hold_is_echoed() {
    check(b"{\"execute\":\"echo\",\"id\":1e30001}", 7);
}

/// Returns the number of cases: few, unless `PROPTEST_CASES` is set.
pub(crate) fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(600)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60), chunk in 1_usize..50) {
        check(&pieces.concat(), chunk);
    }

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..200), chunk in 1_usize..50) {
        check(&bytes, chunk);
    }
}

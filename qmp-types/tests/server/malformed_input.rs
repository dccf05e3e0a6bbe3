//! Malformed input: a bounded number of error replies, then the session is usable again.

use std::time::Duration;

use serde_json::{Value, json};

use crate::machine;
use crate::support::{check, replies};
use crate::test_client::{Client, SERVERS};

/// Checks that a command is executed after the garbage, 0xFF and a line end. Returns the number of error replies.
fn errors_for(garbage: &[u8]) -> usize {
    let mut output = replies([garbage, b"\xFF\n{'execute': 'echo', 'id': 'alive'}"].concat());
    assert_eq!(output.pop(), Some(json!({ "return": {}, "id": "alive" })), "{}", String::from_utf8_lossy(garbage));
    assert!(output.iter().all(|reply| reply["error"]["class"] == "GenericError"), "{output:?}");
    output.len()
}

#[test]
fn other_protocols() {
    assert!(errors_for(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n") <= 12);
    assert!(errors_for(b"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\x7F\x10") <= 14);
    assert!(errors_for(b"\xFF\xFD\x03\xFF\xFB\x18\xFF\xFB\x1F") <= 10);
    assert!(errors_for(b"\xEF\xBB\xBF") <= 3);
    assert!(errors_for(b"\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03") <= 11);
}

#[test]
fn a_byte_order_mark_is_one_error() {
    check(
        b"\xEF\xBB\xBF{'execute': 'echo'}",
        &[r#"{"error": {"class": "GenericError", "desc": "JSON parse error, stray '\uFFFD'"}}"#, r#"{"return": {}}"#],
    );
}

#[test]
fn incomplete_messages() {
    for half in ["{", "{'execute': 'st", "{'a\\", "[[[[", "\"", "{'a': tru", "{'a': -", "{'a': [1}", "{]", "'it''s"] {
        assert!(errors_for(half.as_bytes()) <= 3, "{half}");
    }
}

#[test]
fn a_malformed_message_is_one_error() {
    for broken in [
        "{'execute': 'stop', 'arguments': {'a': @, 'b': [1, 2, {'c': 3}]}}",
        "{'execute': 'stop', 'arguments': {'a': 01, 'b': '}'}}",
        "{'execute': 'stop' 'arguments': {'a': 1}}",
        "{'execute': 'a\tb}', 'id': 1}",
        "{'execute': 'stop', 'arguments': {'a': [1}, 'b': 2}",
        "{]",
        "{'a': -}",
    ] {
        let output = replies(format!("{broken}{{'execute': 'echo', 'id': 1}}"));
        let kinds: Vec<_> = output.iter().map(|reply| reply["error"].is_object()).collect();
        assert_eq!(kinds, [true, false], "{broken}: {output:?}");
    }
}

#[test]
fn floods_of_errors_are_limited() {
    for flood in ["}", "@\n", "\u{1}", ",", "{]", "nil ", "{'a'}", "[1 2]"] {
        let output = replies(flood.repeat(20_000 / flood.len()));
        assert_eq!(output.len(), 65, "{flood:?}");
        let last = output[64]["error"]["desc"].as_str().expect("an error");
        assert!(last.ends_with("more errors that were not reported"), "{last}");
    }
    // A well-formed message resets the limit.
    let output = replies("} {'execute': 'echo'}".repeat(200));
    assert_eq!(output.len(), 400);
}

#[test]
fn garbage_between_commands() {
    let is_return = |reply: &Value| reply["return"].is_object();
    let output = replies("@\n{'execute': 'echo'}{]{'execute': 'echo'}'\n\n{'execute': 'echo'}");
    assert_eq!(output.iter().filter(|reply| is_return(reply)).count(), 3, "{output:?}");
}

/// Returns what is hidden according to an error.
fn hidden(reply: &Value) -> Option<u64> {
    let rest = reply["error"]["desc"].as_str()?.strip_prefix("JSON parse error, and ")?;
    rest.split(' ').next()?.parse().ok()
}

#[test]
fn a_client_that_waits_for_each_answer_is_answered() {
    for &serve in SERVERS {
        let (mut client, ..) = Client::negotiated(serve, machine::server());
        for _ in 0..64 {
            assert!(client.call("}")["error"].is_object());
        }
        // Only once the input pauses.
        let began = std::time::Instant::now();
        assert_eq!(hidden(&client.call("}")), Some(1));
        assert!(began.elapsed() > Duration::from_millis(200), "{:?}", began.elapsed());
        assert_eq!(hidden(&client.call("}}}")), Some(3));
        client.send("}}{'execute': 'echo'}");
        assert_eq!(hidden(&client.receive()), Some(2));
        assert_eq!(client.receive(), json!({ "return": {} }));
        assert!(client.call("}")["error"]["desc"].as_str().is_some_and(|desc| !desc.contains("not reported")));
    }
}

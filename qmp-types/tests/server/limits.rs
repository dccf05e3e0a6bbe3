//! Limits of messages: exceeding one is one error, after which the session is usable.

use std::sync::atomic::Ordering;

use qmp_types::Limits;
use serde_json::json;

use crate::machine;
use crate::support::{check, check_error, replies};
use crate::test_client::Client;

#[test]
fn depth() {
    let nested = |depth: usize| {
        format!("{{'execute': 'silent', 'arguments': {{'v': {}{}}}}}", "[".repeat(depth), "]".repeat(depth))
    };
    check(nested(1022) + "{'execute': 'echo'}", &[r#"{"return": {}}"#]);
    check_error(nested(1023), "JSON nesting depth limit exceeded");
    for input in ["[".repeat(100_000), "{'a':".repeat(100_000), nested(100_000)] {
        check_error(input, "JSON nesting depth limit exceeded");
    }
    check(
        nested(2000) + "{'execute': 'silent', 'arguments': {'fail': true}}",
        &[
            r#"{"error": {"class": "GenericError", "desc": "JSON nesting depth limit exceeded"}}"#,
            r#"{"error": {"class": "GenericError", "desc": "loud"}}"#,
        ],
    );
}

/// Returns a client of a server with small limits.
fn limited() -> Client {
    Client::of(machine::server().limits(Limits::default().message_bytes(1000).tokens(50))).0
}

fn error(desc: &str) -> serde_json::Value {
    json!({ "error": { "class": "GenericError", "desc": desc } })
}

#[test]
fn size() {
    let mut client = limited();
    let sized = |len: usize| format!("{{'execute':'echo','id':'{}'}}", "x".repeat(len - 26));
    assert_eq!(sized(999).len(), 999);
    assert!(client.call(sized(999))["return"].is_object());
    assert_eq!(client.call(sized(1000)), error("JSON token size limit exceeded"));
    assert_eq!(client.call(sized(100_000)), error("JSON token size limit exceeded"));
    assert_eq!(client.call("'".to_owned() + &"x".repeat(5000)), error("JSON token size limit exceeded"));
    assert_eq!(client.call("'{'execute': 'echo', 'id': 1}"), json!({ "return": {}, "id": 1 }));
    assert_eq!(client.call("9".repeat(5000) + "\n"), error("JSON token size limit exceeded"));
    assert_eq!(client.call("{'execute': 'echo', 'id': 2}"), json!({ "return": {}, "id": 2 }));
    // White space between messages does not count.
    assert_eq!(client.call(" ".repeat(10_000) + "{'execute': 'echo', 'id': 3}"), json!({ "return": {}, "id": 3 }));
}

#[test]
fn tokens() {
    let mut client = limited();
    let zeros = |count: usize| format!("[0{}]", ",0".repeat(count - 1));
    assert_eq!(client.call(zeros(24)), error("QMP input must be a JSON object"));
    assert_eq!(client.call(zeros(25)), error("JSON token count limit exceeded"));
    assert_eq!(client.call(zeros(400)), error("JSON token count limit exceeded"));
    assert_eq!(client.call("{'execute': 'echo', 'id': 1}"), json!({ "return": {}, "id": 1 }));
}

#[test]
fn many_keys_take_linear_time() {
    let keys: Vec<String> = (0..200_000).map(|key| format!("'k{key}': 0")).collect();
    let input = format!("{{'execute': 'silent', 'arguments': {{{}}}}}{{'execute': 'echo'}}", keys.join(","));
    let mut client = Client::of_machine();
    let began = std::time::Instant::now();
    assert_eq!(client.call(&input), json!({ "return": {} }));
    let duplicate = input.replacen("'k199999'", "'k77'", 1);
    assert_eq!(client.call(&duplicate), error("JSON parse error, duplicate key"));
    assert!(began.elapsed().as_secs() < 15, "{:?}", began.elapsed());
}

#[test]
fn a_client_may_send_many_requests_before_it_reads() {
    let output = replies("{'execute': 'query-status'}".repeat(5_000));
    assert_eq!(output.len(), 5_000);
}

#[test]
fn requests_of_a_client_that_does_not_read_wait() {
    let server = machine::server().limits(Limits::default().output_bytes(3 << 20));
    let state = server.state().clone();
    let (mut client, _, _) = Client::of(server);
    client.send("{'execute': 'big'}".repeat(20));
    std::thread::sleep(std::time::Duration::from_millis(300));
    let executed = state.bigs.load(Ordering::SeqCst);
    assert!((3..10).contains(&executed), "{executed}");
    for _ in 0..20 {
        assert_eq!(client.receive()["return"].as_str().map(str::len), Some(1 << 20));
    }
}

//! A server that is asked, real or ours.

use std::io::{BufRead, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use serde_json::{Value, json};
use test_support::TIME_LIMIT;

use crate::case::{Case, Start};

/// The id of the requests behind every stream, whose answers are the last: one, and if out-of-band execution is enabled, one in
/// band and one out of band.
const LAST: &str = "the last request";

/// A server at a Unix socket.
pub(crate) struct Peer(PathBuf);

impl Peer {
    pub(crate) fn new(socket: PathBuf) -> Self {
        Self(socket)
    }

    /// Sends the case on a connection of its own, and returns the answers, in a form that does not depend on the order of members.
    pub(crate) fn answer(&self, case: &Case) -> Vec<String> {
        let mut connection = Connection::open(self);
        connection.negotiate(case.start);
        for write in &case.writes {
            connection.send(write);
        }
        let mut last: Vec<Value> = match case.start {
            _ if case.closes => Vec::new(),
            Start::OobEnabled => vec![json!({ "execute": "query-name" }), json!({ "exec-oob": "migrate-pause" })],
            _ => vec![json!({ "execute": "query-name" })],
        };
        for request in &mut last {
            request["id"] = json!(LAST);
            connection.send(request.to_string().as_bytes());
        }
        if case.closes {
            connection.0.get_ref().shutdown(Shutdown::Write).unwrap();
        }
        let mut answers = connection.answers(&case.name, last.len());
        // Commands executed out of band are answered when they are done.
        if case.start == Start::OobEnabled {
            answers.sort();
        }
        answers
    }
}

struct Connection(BufReader<UnixStream>);

impl Connection {
    /// Connects, and reads the greeting.
    fn open(peer: &Peer) -> Self {
        let stream = UnixStream::connect(&peer.0).unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        let mut connection = Self(BufReader::new(stream));
        let greeting = connection.message("greeting").expect("a greeting");
        assert_eq!(greeting["QMP"]["capabilities"], json!(["oob"]));
        connection
    }

    fn negotiate(&mut self, start: Start) {
        let enable = match start {
            Start::Raw => return,
            Start::Negotiated => json!([]),
            Start::OobEnabled => json!(["oob"]),
        };
        self.send(json!({ "execute": "qmp_capabilities", "arguments": { "enable": enable } }).to_string().as_bytes());
        assert_eq!(self.message("negotiation"), Some(json!({ "return": {} })));
    }

    /// The answers up to those of the last requests, if there are any, or the end.
    fn answers(&mut self, case: &str, mut last: usize) -> Vec<String> {
        let (closes, mut answers) = (last == 0, Vec::new());
        while let Some(message) = self.message(case) {
            match message["id"] == LAST {
                false => answers.push(message.to_string()),
                true if last == 1 => return answers,
                true => last -= 1,
            }
        }
        assert!(closes, "{case}: the connection was closed behind {answers:?}");
        answers
    }

    fn send(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// The next message, an event without its time; none at the end.
    fn message(&mut self, what: &str) -> Option<Value> {
        let mut line = String::new();
        let count = self.0.read_line(&mut line).unwrap_or_else(|error| panic!("{what}: no message: {error}"));
        if count == 0 {
            return None;
        }
        assert!(line.ends_with("\r\n"), "{what}: {line:?}");
        let mut message: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{what}: {error}: {line}"));
        if message.get("event").is_some() {
            message.as_object_mut()?.remove("timestamp").expect("events have a time");
        }
        Some(comparable(message))
    }
}

/// A message without the differences that are none: QEMU 11 puts line and column before a parse error, and a number has several
/// spellings.
fn comparable(message: Value) -> Value {
    match message {
        Value::String(text) => json!(without_position(&text)),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => json!(whole as i64),
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(comparable).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, comparable(value))).collect(),
        other => other,
    }
}

fn without_position(text: &str) -> &str {
    match text.find("JSON parse error, ") {
        Some(at) if text[..at].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b' ')) => &text[at..],
        _ => text,
    }
}

//! The cases, and the answers to them.

use std::fmt;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;

use serde_json::{Value, json};

/// How the agent is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Normal,
    /// Some commands are blocked.
    Blocked,
    /// Only some commands are allowed.
    Allowed,
    /// Of the commands that are allowed, some are blocked.
    Both,
    /// The file systems are frozen.
    Frozen,
}

pub(crate) const BLOCKED: &[&str] = &["guest-sync", "guest-get-time", "guest-nonexistent"];
pub(crate) const ALLOWED: &[&str] = &["guest-ping", "guest-info", "guest-get-time"];

/// An agent.
pub(crate) trait Peer {
    fn connect(&self) -> UnixStream;
    /// Ends what a stream may have begun.
    fn reset(&self);
}

/// The streams, by how the agent is started.
pub(crate) fn cases() -> Vec<(Mode, Vec<&'static str>)> {
    let sections = include_str!("cases.txt").split("# ").skip(1);
    let parse = |section: &'static str| {
        let mut lines = section.lines();
        let mode = lines.next().expect("a mode");
        let all = [Mode::Normal, Mode::Blocked, Mode::Allowed, Mode::Both, Mode::Frozen];
        (all.into_iter().find(|known| known.to_string() == mode).expect("a known mode"), lines.collect())
    };
    sections.map(parse).collect()
}

/// Sends a stream, and returns it with the answers.
pub(crate) fn transcript(stream: &str, agent: &impl Peer) -> String {
    let answers = exchange(agent.connect(), &unescape(stream));
    agent.reset();
    let mut text = format!("{stream}\n");
    for line in answers.split_inclusive(|&byte| byte == b'\n') {
        let line = line.strip_suffix(b"\n").expect("a complete line");
        let (mark, line) = line.strip_prefix(b"\xff").map_or(("", line), |line| ("0xFF ", line));
        assert!(!line.ends_with(b"\r"), "lines end in LF");
        let answer: Value = serde_json::from_slice(line).expect("JSON");
        text += &format!("    {mark}{}\n", without_versions(answer));
    }
    text
}

/// Sends a stream to its end, and returns all bytes that come back.
pub(crate) fn exchange(mut connection: UnixStream, stream: &[u8]) -> Vec<u8> {
    connection.set_read_timeout(Some(test_support::TIME_LIMIT)).expect("a timeout");
    connection.write_all(stream).expect("the agent reads");
    connection.shutdown(Shutdown::Write).expect("a socket");
    let mut received = Vec::new();
    connection.read_to_end(&mut received).expect("the agent closes");
    received
}

fn unescape(stream: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = stream;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let (byte, len) = match &rest[at + 1..=at + 1] {
            "n" => (b'\n', 2),
            "r" => (b'\r', 2),
            _ => (u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("\\xNN"), 4),
        };
        bytes.push(byte);
        rest = &rest[at + len..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// Takes out what depends on the version: the version itself, commands that our schema does not have, the order of the
/// list, and the positions in the texts of QEMU 11.
fn without_versions(mut answer: Value) -> Value {
    if let Some(Value::String(desc)) = answer.pointer_mut("/error/desc")
        && let Some((position, text)) = desc.split_once(": JSON")
        && position.chars().all(|c| c.is_ascii_digit() || c == ':')
    {
        *desc = format!("JSON{text}");
    }
    if let Some(version) = answer.pointer_mut("/return/version") {
        *version = json!("VERSION");
    }
    if let Some(Value::Array(commands)) = answer.pointer_mut("/return/supported_commands") {
        let schema = include_str!("schema.json");
        commands.retain(|command| schema.contains(&format!("'command': '{}'", command["name"].as_str().unwrap())));
        commands.sort_by_key(|command| command["name"].to_string());
    }
    answer
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Normal => "normal",
            Self::Blocked => "blocked",
            Self::Allowed => "allowed",
            Self::Both => "both",
            Self::Frozen => "frozen",
        })
    }
}

//! Framing: where messages begin and end, in both directions.

use std::thread;
use std::time::Duration;

use serde_json::json;

use super::basics::ECHOES;
use super::ids::echoes;
use crate::conform::bytes::quoted;
use crate::conform::finding::{Probed, expect};
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("General Definitions");

/// The pause between the parts of a request. Long enough for the server to see them in several reads.
const PAUSE: Duration = Duration::from_millis(15);

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "framing/line-end",
        duty: "ends each message with a line end: CR LF, or LF alone",
        reason: "Many clients read lines, and wait forever for a line that does not end.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: line_end,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/crlf",
        duty: "ends each message with CR LF",
        reason: "The specification has CR LF for servers, and libvirt waits for it.",
        spec: SPEC,
        class: Class::Compat,
        needs: &["framing/line-end"],
        probe: |target| line_end_is(target, b"\r\n"),
        ..Rule::MONITOR
    },
    Rule {
        id: "framing/lf",
        duty: "ends each message with LF alone",
        reason: "QEMU's guest agent does, and clients written for it may keep a CR as part of the message.",
        spec: Spec::Qmp("QGA Synchronization"),
        class: Class::Compat,
        needs: &["framing/line-end"],
        probe: |target| line_end_is(target, b"\n"),
        ..Rule::AGENT
    },
    Rule {
        id: "framing/one-line",
        duty: "sends each message on one line",
        reason: "Many clients take a line for a message.",
        spec: SPEC,
        class: Class::Compat,
        needs: &[ECHOES],
        probe: one_line,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/ascii",
        duty: "sends ASCII only, and escapes all other characters",
        reason: "The specification promises ASCII, so that clients need not decode UTF-8 across reads.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: ascii,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/no-line-end",
        duty: "acts on a request when its last bracket arrives, without a line end",
        reason: "Clients such as qmp-shell send no line end and wait for the reply.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: no_line_end,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/several-lines",
        duty: "accepts a request that is broken into lines",
        reason: "White space between the tokens of JSON means nothing, and a line end is white space.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: several_lines,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/split",
        duty: "accepts a request that arrives in several parts",
        reason: "A stream has no boundaries: the network may split a message at any byte.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: split,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/joined",
        duty: "answers all requests that arrive at once",
        reason: "A client may send several requests in one write, and waits for a reply to each.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: joined,
        ..Rule::BOTH
    },
    Rule {
        id: "framing/long",
        duty: "accepts a request of 100 kB",
        reason: "Arguments such as a list of block nodes exceed the usual buffer of 64 KiB.",
        spec: SPEC,
        class: Class::Compat,
        needs: &[ECHOES],
        probe: |target| echoes(target, &json!("x".repeat(100_000))),
        ..Rule::BOTH
    },
];

/// The bytes between two messages, which end the first of them.
fn first_line_end(target: &Target) -> Probed<Vec<u8>> {
    let mut connection = target.ready()?;
    connection.ask(connection.ping("1"))?;
    Ok(connection.ask(connection.ping("2"))?.before)
}

fn line_end(target: &Target) -> Probed {
    let before = first_line_end(target)?;
    expect(before.ends_with(b"\n"), "a line end between two messages", quoted(&before))?;
    let mut connection = target.ready()?;
    connection.ask(connection.ping("1"))?;
    connection.following().map(drop)
}

fn line_end_is(target: &Target, line_end: &[u8]) -> Probed {
    let before = first_line_end(target)?;
    expect(before == line_end, format!("the line end {}", quoted(line_end)), quoted(&before))
}

fn one_line(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(connection.ping(r#"{"a": [1, 2]}"#))?;
    expect(!reply.text.contains(&b'\n'), "a message on one line", &reply)
}

fn ascii(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(connection.ping("\"caf\u{e9} \u{20ac} \u{1f600}\""))?;
    expect(reply.text.is_ascii(), "ASCII", &reply)
}

fn no_line_end(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    connection.send(connection.ping("1"))?;
    connection.reply()?.success().map(drop)
}

fn several_lines(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let request = connection.ping("1").replace(": ", "\r\n:\n").replace(", ", "\n,\r\n");
    connection.ask(request)?.success().map(drop)
}

fn split(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let request = connection.ping(r#""split""#) + "\n";
    for part in request.as_bytes().chunks(request.len() / 4) {
        connection.send(part)?;
        thread::sleep(PAUSE);
    }
    connection.reply()?.success().map(drop)
}

fn joined(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    connection.send(format!("{}{}\n", connection.ping("1"), connection.ping("2")))?;
    for _ in 0..2 {
        connection.reply()?.success()?;
    }
    Ok(())
}

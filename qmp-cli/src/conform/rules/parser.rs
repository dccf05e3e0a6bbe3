//! Malformed input: it is answered, and the connection stays usable.

use super::basics::{ANSWERS, ECHOES, RESYNC};
use crate::conform::connection::Connection;
use crate::conform::finding::{Probed, expect};
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Forcing the JSON parser into known-good state");

/// The number of mistakes in a row. More than a server may collapse when they arrive as a flood.
const MISTAKES: usize = 70;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: ANSWERS,
        duty: "answers text that is not JSON with an error, and goes on",
        reason: "Silence or a closed connection leaves a client without the reason.",
        spec: Spec::Qmp("Error"),
        needs: &[ECHOES],
        probe: answers,
        ..Rule::BOTH
    },
    Rule {
        id: "parser/answers-each",
        duty: "answers each of 70 mistakes of a client that waits for every answer",
        reason: "Floods of errors may be cut short, but a client that waits must not wait forever.",
        spec: Spec::Qmp("Error"),
        needs: &[ANSWERS],
        probe: answers_each,
        ..Rule::BOTH
    },
    Rule {
        id: "parser/error-class",
        duty: "reports text that is not JSON with the class GenericError",
        reason: "The other classes are about commands and devices, and a client may act on them.",
        spec: Spec::Qmp("Error"),
        needs: &[ANSWERS],
        probe: error_class,
        ..Rule::BOTH
    },
    Rule {
        id: "parser/no-id",
        duty: "adds no id to the error reply of text that is not JSON",
        reason: "The id of a message that cannot be parsed is not known.",
        spec: Spec::Qmp("Error"),
        needs: &[ANSWERS],
        probe: no_id,
        ..Rule::BOTH
    },
    Rule {
        id: "parser/mismatch",
        duty: "answers a bracket that does not match the last one that was opened, as in `{]`",
        reason: "A server that waits for the missing bracket swallows all requests that follow.",
        spec: Spec::Qmp("Error"),
        needs: &[ANSWERS],
        probe: mismatch,
        ..Rule::BOTH
    },
    Rule {
        id: RESYNC,
        duty: "is ready for a new message after the byte 0xFF, whatever came before it",
        reason: "A client that finds a connection in an unknown state has no other way to begin.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| resynchronises(target, br#"{"execute": "query-version", "arguments": {"#, 0xFF),
        ..Rule::BOTH
    },
    Rule {
        id: "parser/resync-in-string",
        duty: "is ready for a new message after the byte 0xFF inside a string",
        reason: "The unknown state may be an open string, which swallows everything but this byte.",
        spec: SPEC,
        needs: &[RESYNC],
        probe: |target| resynchronises(target, br#"{"execute": "query-ver"#, 0xFF),
        ..Rule::BOTH
    },
    Rule {
        id: "parser/resync-nested",
        duty: "is ready for a new message after the byte 0xFF inside nested lists and objects",
        reason: "The unknown state may be a message that is open many levels deep.",
        spec: SPEC,
        needs: &[RESYNC],
        probe: |target| resynchronises(target, br#"[[[{"a": [[{"b": {"c": ["#, 0xFF),
        ..Rule::BOTH
    },
    Rule {
        id: "parser/resync-idle",
        duty: "answers the byte 0xFF between messages with one error at most",
        reason: "A client that synchronises a connection as a precaution expects at most one error.",
        spec: SPEC,
        needs: &[RESYNC],
        probe: idle,
        ..Rule::BOTH
    },
    Rule {
        id: "parser/resync-control",
        duty: "is ready for a new message after a control character such as 0x00",
        reason: "QEMU accepts these bytes instead of 0xFF, which some transports cannot carry.",
        spec: SPEC,
        class: Class::Compat,
        needs: &[RESYNC],
        probe: |target| resynchronises(target, br#"{"execute": "query-version", "arguments": {"#, 0x00),
        ..Rule::BOTH
    },
    Rule {
        id: "parser/foreign",
        duty: "survives a client that speaks another protocol",
        reason: "Port scanners and browsers connect to anything, and must not take a server down.",
        spec: SPEC,
        needs: &[RESYNC],
        probe: |target| resynchronises(target, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: {[\"'\r\n\r\n", 0xFF),
        ..Rule::BOTH
    },
    Rule {
        id: "parser/per-connection",
        duty: "forgets an incomplete message when the client disconnects",
        reason: "Otherwise the next client's first command completes the message of another.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: per_connection,
        ..Rule::BOTH
    },
];

/// Sends the bytes, the byte that resets the parser and a line end, as clients do, and then a command.
fn resynchronises(target: &Target, bytes: &[u8], reset: u8) -> Probed {
    let mut connection = target.ready()?;
    connection.send([bytes, &[reset], b"\n"].concat())?;
    all_errors(&mut connection)
}

/// Returns a finding unless the server answers everything so far with errors alone, and the next command as usual.
fn all_errors(connection: &mut Connection) -> Probed {
    connection.mark()?.iter().try_for_each(|reply| reply.error().map(drop))
}

fn answers(target: &Target) -> Probed {
    let replies = target.ready()?.replies(r#"{"execute" "query-version"}"#)?;
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn answers_each(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    (0..MISTAKES).try_for_each(|_| connection.ask("{,}")?.error().map(drop))?;
    connection.mark().map(drop)
}

fn error_class(target: &Target) -> Probed {
    let replies = target.ready()?.replies(r#"{"execute" "query-version"}"#)?;
    replies.iter().try_for_each(|reply| expect(reply.class() == "GenericError", "the class GenericError", reply))
}

fn no_id(target: &Target) -> Probed {
    let replies = target.ready()?.replies(r#"{"id": "qmp-conform-error", "execute" "query-version"}"#)?;
    replies.iter().try_for_each(|reply| expect(reply.id().is_none(), "no id", reply))
}

fn mismatch(target: &Target) -> Probed {
    let replies = target.ready()?.replies("{]")?;
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn idle(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    connection.send(b"\xff")?;
    let replies = connection.mark()?;
    expect(replies.len() <= 1, "one reply at most", format!("{} replies", replies.len()))?;
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn per_connection(target: &Target) -> Probed {
    let mut gone = target.ready()?;
    gone.mark()?;
    gone.send(r#"{"execute": "query-version", "arguments": {"#)?;
    drop(gone);
    target.ready()?.mark().map(drop)
}

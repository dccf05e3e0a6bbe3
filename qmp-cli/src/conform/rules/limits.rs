//! Messages beyond all reason: a server survives them. All these probes are invasive.

use serde_json::json;

use super::basics::{ANSWERS, RESYNC};
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Forcing the JSON parser into known-good state");

/// Deeper than QEMU reads.
const DEPTH: usize = 1100;
/// QEMU reads byte by byte, some 350 kB in a second.
const LENGTH: usize = 256 << 10;
const MISTAKES: usize = 2000;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "limits/depth",
        duty: "survives a message of 1,100 nested lists",
        reason: "A parser that recurses without a limit overflows its stack, which ends the process.",
        spec: SPEC,
        is_invasive: true,
        needs: &[ANSWERS, RESYNC],
        probe: depth,
        ..Rule::BOTH
    },
    Rule {
        id: "limits/length",
        duty: "survives a request of 256 KiB: it answers as usual, or with an error",
        reason: "A client that sent too much learns it from an error, not from a lost connection.",
        spec: SPEC,
        is_invasive: true,
        needs: &["framing/long", RESYNC],
        probe: length,
        ..Rule::BOTH
    },
    Rule {
        id: "limits/mistakes",
        duty: "survives 2,000 mistakes that arrive at once, and answers them with 2,000 errors at most",
        reason: "A client in an unknown state may send anything, and the server has to be usable afterwards.",
        spec: SPEC,
        is_invasive: true,
        needs: &[ANSWERS, RESYNC],
        probe: mistakes,
        ..Rule::BOTH
    },
];

fn depth(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let nested = [vec![b'['; DEPTH], vec![b']'; DEPTH], vec![0xFF]].concat();
    let replies = connection.replies(nested)?;
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn length(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    connection.send_line(connection.ping(&json!("x".repeat(LENGTH)).to_string()))?;
    connection.reply()?;
    connection.send(b"\xff\n")?;
    connection.mark().map(drop)
}

fn mistakes(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let replies = connection.replies("{,}".repeat(MISTAKES))?;
    expect(replies.len() <= MISTAKES, format!("{MISTAKES} errors at most"), format!("{}", replies.len()))?;
    let other = replies.iter().find(|reply| reply.error().is_err());
    other.map_or(Ok(()), |reply| Err(Finding::broken("errors alone", reply)))
}

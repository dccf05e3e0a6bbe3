//! Out-of-band execution: commands that overtake others.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::basics::{READY_WITH_IDS, SCHEMA};
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Out-of-band execution");
const ENABLES: &str = "oob/enables";
const EXECUTES: &str = "oob/executes";

/// The commands that are in flight when another is to overtake them.
const FEW: usize = 6;
/// As many commands as a client may have in flight and still be sure that another overtakes them.
const EIGHT: usize = 8;

/// In-band commands that take less time may all be finished before the server reads the one that is to overtake them.
const SLOW: Duration = Duration::from_millis(400);

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "oob/off",
        duty: "refuses `exec-oob` if the client has not enabled the capability",
        reason: "A client without the capability expects replies in order.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: off,
        ..Rule::MONITOR
    },
    Rule {
        id: ENABLES,
        duty: "enables the capability `oob` that its greeting offers",
        reason: "A capability that is offered can be used.",
        spec: Spec::Qmp("Capabilities Negotiation"),
        needs: READY_WITH_IDS,
        probe: |target| target.ready_for_oob()?.mark().map(drop),
        ..Rule::MONITOR
    },
    Rule {
        id: "oob/unsuitable",
        duty: "refuses to execute commands out of band that do not allow it",
        reason: "Such a command could run at the same time as another that it does not expect.",
        spec: SPEC,
        needs: &[ENABLES, SCHEMA],
        probe: unsuitable,
        ..Rule::MONITOR
    },
    Rule {
        id: "oob/both",
        duty: "refuses a request with both `execute` and `exec-oob`",
        reason: "It does not say which of the two commands is meant, nor whether it may overtake.",
        spec: SPEC,
        needs: &[ENABLES],
        probe: both,
        ..Rule::MONITOR
    },
    Rule {
        id: EXECUTES,
        duty: "executes commands out of band that allow it, and repeats their ids",
        reason: "A client that lost control of the in-band commands recovers with these.",
        spec: SPEC,
        needs: &[ENABLES, SCHEMA],
        probe: executes,
        ..Rule::MONITOR
    },
    Rule {
        id: "oob/in-band",
        duty: "executes commands in-band, too, that allow out-of-band execution",
        reason: "The capability adds a way to execute them, and takes none away.",
        spec: SPEC,
        needs: &[EXECUTES],
        probe: in_band,
        ..Rule::MONITOR
    },
    Rule {
        id: "oob/overtakes",
        duty: "answers a command out of band while commands before it still run",
        reason: "The command that unblocks another must not wait for it.",
        spec: SPEC,
        needs: &[EXECUTES, "framing/joined"],
        probe: |target| overtakes(target, FEW),
        ..Rule::MONITOR
    },
    Rule {
        id: "oob/overtakes-eight",
        duty: "reads a command that is to be executed out of band while eight commands wait",
        reason: "The specification allows a client to have eight commands in flight.",
        spec: SPEC,
        is_invasive: true,
        needs: &["oob/overtakes"],
        probe: |target| overtakes(target, EIGHT),
        ..Rule::MONITOR
    },
];

fn off(target: &Target) -> Probed {
    let command = query(target).unwrap_or("query-version");
    target.ready()?.ask(format!(r#"{{"exec-oob": "{command}"}}"#))?.error().map(drop)
}

fn unsuitable(target: &Target) -> Probed {
    if target.introspection()?.allows_oob("query-version") {
        return Err(Finding::not_tried("`query-version` allows out-of-band execution"));
    }
    target.ready_for_oob()?.ask(r#"{"exec-oob": "query-version"}"#)?.error().map(drop)
}

fn both(target: &Target) -> Probed {
    let mut connection = target.ready_for_oob()?;
    connection.ask(r#"{"execute": "query-version", "exec-oob": "query-version"}"#)?.error().map(drop)
}

/// A query that may be executed out of band, and needs no arguments: it changes nothing.
fn query(target: &Target) -> Probed<&str> {
    let schema = target.introspection()?;
    let is_harmless =
        |name: &&str| name.starts_with("query-") && !schema.arguments(name).iter().any(|member| member.is_mandatory);
    let found = schema.commands().filter(is_harmless).find(|name| schema.allows_oob(name));
    found.ok_or_else(|| Finding::not_tried("no query without arguments allows out-of-band execution"))
}

fn executes(target: &Target) -> Probed {
    let request = format!(r#"{{"exec-oob": "{}", "id": "oob"}}"#, query(target)?);
    let reply = target.ready_for_oob()?.ask(request)?;
    reply.success()?;
    expect(reply.id() == Some(&Value::from("oob")), "the id `\"oob\"`", &reply)
}

fn in_band(target: &Target) -> Probed {
    let request = format!(r#"{{"execute": "{}"}}"#, query(target)?);
    target.ready_for_oob()?.ask(request)?.success().map(drop)
}

fn overtakes(target: &Target, in_flight: usize) -> Probed {
    let urgent = format!(r#"{{"exec-oob": "{}", "id": "oob"}}"#, query(target)?);
    // Of the harmless commands, this one takes the longest.
    let slow = r#"{"execute": "query-qmp-schema"}"#.repeat(in_flight);
    let mut connection = target.ready_for_oob()?;
    let start = Instant::now();
    connection.send_line(slow + &urgent)?;
    let mut position = 0;
    // All replies are read, because QEMU sends a reply that is late to the next client.
    for number in 0..=in_flight {
        if connection.reply()?.id() == Some(&Value::from("oob")) {
            position = number;
        }
    }
    let time = start.elapsed();
    if position == in_flight && time < SLOW {
        return Err(Finding::not_tried("its queries are too fast to be overtaken"));
    }
    let expected = format!("the reply to `exec-oob` before those to {in_flight} other commands");
    expect(position < in_flight, expected, format!("it after them, and after {} ms", time.as_millis()))
}

//! Guest agents: what they do instead of a greeting and negotiation.

use serde_json::json;

use super::basics::SYNCHRONISES;
use crate::conform::bytes::quoted;
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("QGA Synchronization");

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "agent/quiet",
        duty: "sends nothing before the first command",
        reason: "A client of a guest agent takes the first message for the reply to its command.",
        spec: SPEC,
        probe: quiet,
        ..Rule::AGENT
    },
    Rule {
        id: SYNCHRONISES,
        duty: "returns the number that `guest-sync-delimited` was given",
        reason: "The transport may hold replies to an earlier client, and the number tells them apart.",
        spec: SPEC,
        probe: |target| target.ready().map(drop),
        ..Rule::AGENT
    },
    Rule {
        id: "agent/delimiter",
        duty: "sends the byte 0xFF before the reply to `guest-sync-delimited`",
        reason: "A client whose parser is in an unknown state begins anew at this byte.",
        spec: SPEC,
        needs: &[SYNCHRONISES],
        probe: delimiter,
        ..Rule::AGENT
    },
    Rule {
        id: "agent/plain-sync",
        duty: "returns the number that `guest-sync` was given, without the byte 0xFF",
        reason: "Clients that read lines synchronise with this command.",
        spec: SPEC,
        needs: &[SYNCHRONISES],
        probe: plain_sync,
        ..Rule::AGENT
    },
    Rule {
        id: "agent/info",
        duty: "lists its commands by `guest-info`",
        reason: "Guest agents have no other introspection.",
        spec: SPEC,
        needs: &[SYNCHRONISES],
        probe: info,
        ..Rule::AGENT
    },
];

fn quiet(target: &Target) -> Probed {
    let reply = target.connect()?.ask(r#"{"execute": "guest-ping"}"#)?;
    match reply.value.get("QMP") {
        Some(_) => Err(Finding::broken("the reply to the first command", format!("{reply} (a greeting: no --agent)"))),
        None => reply.success().map(drop),
    }
}

fn delimiter(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(r#"{"execute": "guest-sync-delimited", "arguments": {"id": 7}}"#)?;
    let found = format!("{} before it", quoted(&reply.before));
    expect(reply.before.ends_with(b"\xff"), "the byte 0xFF right before the reply", found)
}

fn plain_sync(target: &Target) -> Probed {
    let reply = target.ready()?.ask(r#"{"execute": "guest-sync", "arguments": {"id": 8}}"#)?;
    expect(reply.success()? == &json!(8), "the number 8", &reply)?;
    expect(!reply.before.contains(&0xFF), "no byte 0xFF before the reply", &reply)
}

fn info(target: &Target) -> Probed {
    let reply = target.ready()?.ask(r#"{"execute": "guest-info"}"#)?;
    let commands = reply.success()?["supported_commands"].as_array();
    let lists = |name| commands.is_some_and(|commands| commands.iter().any(|command| command["name"] == name));
    expect(lists("guest-sync") && lists("guest-info"), "`supported_commands` with guest-sync and guest-info", &reply)
}

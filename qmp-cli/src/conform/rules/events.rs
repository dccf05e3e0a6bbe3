//! Events: the probes look at those that arrived during the run, because no harmless command causes one.

use serde_json::Value;

use super::basics::{NEGOTIATES, SCHEMA};
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::message::{Message, is_downstream};
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Asynchronous events");
const TIMESTAMP: &str = "events/timestamp";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: TIMESTAMP,
        duty: "dates each event in integers: `timestamp` with `seconds` and `microseconds`",
        reason: "Clients order events by time, and events may be delayed.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: |target| each(target, has_timestamp),
        ..Rule::MONITOR
    },
    Rule {
        id: "events/members",
        duty: "puts `event`, `timestamp` and `data`, an object, into events, and nothing else",
        reason: "Clients tell events from replies by their members.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: |target| each(target, has_members),
        ..Rule::MONITOR
    },
    Rule {
        id: "events/described",
        duty: "describes each event that it sends by `query-qmp-schema`",
        reason: "A client finds out by the schema which events to expect.",
        spec: Spec::Qapi("Client JSON Protocol introspection"),
        needs: &[SCHEMA],
        probe: described,
        ..Rule::MONITOR
    },
];

fn each(target: &Target, check: fn(&Message) -> Probed) -> Probed {
    let events = target.events();
    match events.is_empty() {
        true => Err(Finding::not_tried("no event arrived during the run")),
        false => events.iter().try_for_each(check),
    }
}

fn has_timestamp(event: &Message) -> Probed {
    let timestamp = &event.value["timestamp"];
    let is_dated = timestamp["seconds"].is_i64() && timestamp["microseconds"].is_i64();
    expect(is_dated, "`timestamp` with the integers `seconds` and `microseconds`", event)
}

fn has_members(event: &Message) -> Probed {
    let is_known = |(key, value): (&String, &Value)| match key.as_str() {
        "event" => value.is_string(),
        "data" => value.is_object(),
        key => key == "timestamp" || is_downstream(key),
    };
    let members = event.value.as_object();
    let are_known = members.is_some_and(|members| members.iter().all(is_known));
    expect(are_known, "the members `event`, `timestamp` and `data`", event)
}

fn described(target: &Target) -> Probed {
    let schema = target.introspection()?;
    each(target, |_| Ok(()))?;
    let missing = target.events().into_iter().find(|event| {
        let name = event.value["event"].as_str().unwrap_or_default();
        !schema.has(name, "event")
    });
    missing.map_or(Ok(()), |event| expect(false, "an event of the schema", &event))
}

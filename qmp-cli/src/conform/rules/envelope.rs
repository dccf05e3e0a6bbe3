//! The envelope: the outermost object of requests and replies.

use serde_json::Value;

use super::basics::{ECHOES, READY_WITH_IDS};
use crate::conform::finding::{Probed, expect};
use crate::conform::flavour::Flavour;
use crate::conform::message::{Message, is_downstream};
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Issuing Commands");
const UNKNOWN: &str = "envelope/unknown-command";

/// The error classes of QMP.
const CLASSES: [&str; 5] = ["GenericError", "CommandNotFound", "DeviceNotActive", "DeviceNotFound", "KVMMissingCap"];

/// A rule about a request that is valid JSON and no valid request.
macro_rules! invalid {
    ($id:literal, $duty:literal, $reason:literal, $($request:literal),+) => {
        Rule {
            id: $id,
            duty: $duty,
            reason: $reason,
            spec: SPEC,
            needs: &[ECHOES],
            probe: |target| [$($request),+].iter().try_for_each(|request| refuses(target, request)),
            ..Rule::BOTH
        }
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "envelope/success",
        duty: "puts nothing beside `return` and `id` into a success reply",
        reason: "Clients tell replies from events and from errors by their members.",
        spec: Spec::Qmp("Success"),
        needs: READY_WITH_IDS,
        probe: success,
        ..Rule::BOTH
    },
    Rule {
        id: UNKNOWN,
        duty: "answers an unknown command with the class CommandNotFound",
        reason: "Clients find out by the class whether a server has a command, and use another if not.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: |target| is_unknown(target, "qmp-conform-unknown"),
        ..Rule::BOTH
    },
    Rule {
        id: "envelope/error",
        duty: "puts the strings `class` and `desc`, and nothing else, into `error`",
        reason: "Clients decide by the class and show the description to people.",
        spec: Spec::Qmp("Error"),
        needs: &[UNKNOWN],
        probe: error,
        ..Rule::BOTH
    },
    Rule {
        id: "envelope/error-class",
        duty: "uses QEMU's error classes only",
        reason: "Clients read the class as an enumeration, and some fail on a value that they do not know.",
        spec: Spec::Qmp("Error"),
        class: Class::Compat,
        needs: &["envelope/error"],
        probe: error_class,
        ..Rule::BOTH
    },
    Rule {
        id: "envelope/exact-names",
        duty: "distinguishes upper case from lower case, and `-` from `_`, in names of commands",
        reason: "A name that works by accident on one server fails on the next.",
        spec: SPEC,
        needs: &[UNKNOWN],
        probe: exact_names,
        ..Rule::BOTH
    },
    invalid! {
        "envelope/object", "refuses a request that is not an object",
        "Only an object can name a command.",
        r#"["execute", "query-version"]"#, r#""query-version""#
    },
    invalid! {
        "envelope/execute", "refuses an object that names no command",
        "Silence would leave the client waiting for its reply.",
        "{}", r#"{"arguments": {}}"#
    },
    invalid! {
        "envelope/execute-type", "refuses a command's name that is not a string",
        "A request of the wrong type is a mistake, which the client needs to learn of.",
        r#"{"execute": 1}"#, r#"{"execute": ["query-version"]}"#
    },
    invalid! {
        "envelope/arguments-type", "refuses arguments that are not an object",
        "Arguments by position would depend on the order of members, which may change.",
        r#"{"execute": "query-version", "arguments": []}"#, r#"{"execute": "guest-ping", "arguments": []}"#
    },
    invalid! {
        "envelope/unexpected-member", "refuses members other than execute, arguments and id",
        "A misspelt `arguments` would otherwise execute the command without them.",
        r#"{"execute": "query-version", "argument": {}}"#, r#"{"execute": "guest-ping", "argument": {}}"#
    },
    Rule {
        id: "envelope/order",
        duty: "answers requests in their order, malformed ones included",
        reason: "The specification promises order in-band, and clients without ids depend on it.",
        spec: SPEC,
        needs: &["framing/joined", "parser/answers", "ids/error"],
        probe: order,
        ..Rule::BOTH
    },
];

/// Sends a request and returns a finding unless there are only errors.
fn refuses(target: &Target, request: &str) -> Probed {
    let replies = target.ready()?.replies(request)?;
    replies.iter().try_for_each(|reply| reply.error().map(drop))
}

fn success(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(connection.ping("1"))?;
    reply.success()?;
    let is_known = |reply: &Message| {
        let members = reply.value.as_object();
        members.is_some_and(|members| members.keys().all(|key| key == "return" || key == "id" || is_downstream(key)))
    };
    expect(is_known(&reply), "the members `return` and `id`", &reply)
}

fn is_unknown(target: &Target, command: &str) -> Probed {
    let reply = target.ready()?.ask(format!(r#"{{"execute": "{command}", "id": 1}}"#))?;
    expect(reply.class() == "CommandNotFound", "an error of the class CommandNotFound", &reply)
}

fn error(target: &Target) -> Probed {
    let reply = target.ready()?.ask(r#"{"execute": "qmp-conform-unknown", "id": 1}"#)?;
    let error = reply.error()?;
    let members = error.as_object().map_or(0, serde_json::Map::len);
    let are_strings = error["class"].is_string() && error["desc"].is_string();
    expect(are_strings && members == 2, "the strings `class` and `desc`", &reply)?;
    let has_others = reply.value.as_object().is_some_and(|members| members.len() > 2);
    expect(!has_others, "the members `error` and `id`", &reply)
}

fn error_class(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    for request in [r#"{"execute": null}"#, r#"{"execute": "qmp-conform-unknown"}"#] {
        let reply = connection.ask(request)?;
        expect(CLASSES.contains(&reply.class()), "one of QEMU's error classes", &reply)?;
    }
    Ok(())
}

fn exact_names(target: &Target) -> Probed {
    let names = match target.flavour() {
        Flavour::Monitor => ["query_version", "Query-Version"],
        Flavour::Agent => ["guest_ping", "Guest-Ping"],
    };
    names.iter().try_for_each(|name| is_unknown(target, name))
}

fn order(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let unknown = r#"{"execute": "qmp-conform-unknown", "id": "second"}"#;
    let (first, last) = (connection.ping("\"first\""), connection.ping("\"last\""));
    connection.send_line(format!("{first} {unknown} {{,}} {last}"))?;
    for expected in ["first", "second", "", "last"] {
        let reply = connection.reply()?;
        let what = match expected {
            "" => "the error reply to text that is not JSON".to_owned(),
            id => format!("the reply with the id `{id}`"),
        };
        expect(reply.id().and_then(Value::as_str).unwrap_or_default() == expected, what, &reply)?;
    }
    Ok(())
}

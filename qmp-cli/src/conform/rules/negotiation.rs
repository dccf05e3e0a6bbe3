//! Capabilities negotiation: the state of a connection before the first command.

use super::basics::NEGOTIATES;
use crate::conform::connection::Connection;
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::message::Message;
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Capabilities Negotiation");
const REQUIRED: &str = "negotiation/required";
const NEGOTIATE: &str = r#"{"execute": "qmp_capabilities"}"#;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: NEGOTIATES,
        duty: "answers `qmp_capabilities` with an empty object",
        reason: "Each client sends this command first, and cannot go on if it fails.",
        spec: SPEC,
        needs: &["greeting/arrives"],
        probe: succeeds,
        ..Rule::MONITOR
    },
    Rule {
        id: REQUIRED,
        duty: "executes no other command before `qmp_capabilities`",
        reason: "Until then the two sides have not agreed on what the other may send.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: |target| refused(&target.greeted()?.ask(r#"{"execute": "query-version"}"#)?),
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/refusal-class",
        duty: "refuses commands before `qmp_capabilities` with the class CommandNotFound",
        reason: "A client recognises by the class that negotiation is missing, not that its arguments are wrong.",
        spec: SPEC,
        needs: &[REQUIRED],
        probe: refusal_class,
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/quiet",
        duty: "sends no event before the client has sent `qmp_capabilities`",
        reason: "A client that still negotiates takes the next message for the reply.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: quiet,
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/once",
        duty: "refuses a second `qmp_capabilities`, with the class CommandNotFound",
        reason: "Capabilities must not change under commands that are in flight.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: once,
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/unknown-capability",
        duty: "refuses to enable a capability that does not exist",
        reason: "A client that believes a capability to be enabled will use it.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: |target| refused(&enable(&mut target.greeted()?, "qmp-conform-unknown")?),
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/unoffered-capability",
        duty: "refuses to enable `oob` if its greeting does not offer it",
        reason: "A client that believes a capability to be enabled will use it.",
        spec: SPEC,
        needs: &[NEGOTIATES, "greeting/capabilities"],
        probe: unoffered,
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/retry",
        duty: "lets a client negotiate again after `qmp_capabilities` failed, and executes nothing in between",
        reason: "A client tries the capabilities of newer servers first, and falls back to those of older ones.",
        spec: SPEC,
        needs: &[REQUIRED, "negotiation/unknown-capability"],
        probe: retry,
        ..Rule::MONITOR
    },
    Rule {
        id: "negotiation/per-connection",
        duty: "starts each connection with its own negotiation",
        reason: "A client must not inherit the capabilities that another client enabled.",
        spec: SPEC,
        needs: &[REQUIRED],
        probe: per_connection,
        ..Rule::MONITOR
    },
];

/// Returns a finding unless the reply is an error.
fn refused(reply: &Message) -> Probed {
    reply.error().map(drop)
}

fn has_class(reply: &Message, class: &str) -> Probed {
    expect(reply.class() == class, format!("an error of the class {class}"), reply)
}

fn enable(connection: &mut Connection, capability: &str) -> Probed<Message> {
    connection.ask(format!(r#"{{"execute": "qmp_capabilities", "arguments": {{"enable": ["{capability}"]}}}}"#))
}

fn succeeds(target: &Target) -> Probed {
    let reply = target.greeted()?.ask(NEGOTIATE)?;
    let returned = reply.success()?.as_object();
    expect(returned.is_some_and(serde_json::Map::is_empty), "an empty object in `return`", &reply)
}

fn refusal_class(target: &Target) -> Probed {
    has_class(&target.greeted()?.ask(r#"{"execute": "query-version"}"#)?, "CommandNotFound")
}

fn quiet(target: &Target) -> Probed {
    let mut connection = target.greeted()?;
    connection.send_line(r#"{"execute": "query-version"}"#)?;
    let message = connection.next()?;
    expect(!message.is_event(), "no event", &message)
}

fn once(target: &Target) -> Probed {
    has_class(&target.ready()?.ask(NEGOTIATE)?, "CommandNotFound")
}

fn unoffered(target: &Target) -> Probed {
    if target.offers_oob()? {
        return Err(Finding::not_tried("the server offers `oob`, the only capability there is"));
    }
    refused(&enable(&mut target.greeted()?, "oob")?)
}

fn retry(target: &Target) -> Probed {
    let mut connection = target.greeted()?;
    refused(&enable(&mut connection, "qmp-conform-unknown")?)?;
    refused(&connection.ask(r#"{"execute": "query-version"}"#)?)?;
    connection.ask(NEGOTIATE)?.success().map(drop)
}

fn per_connection(target: &Target) -> Probed {
    target.ready()?.ask(r#"{"execute": "query-version"}"#)?.success()?;
    refused(&target.greeted()?.ask(r#"{"execute": "query-version"}"#)?)
}

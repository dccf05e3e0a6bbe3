//! Ids: they tell a client which request a reply answers.

use serde_json::{Value, json};

use super::basics::{ECHOES, READY};
use crate::conform::finding::{Probed, expect};
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Issuing Commands");

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: ECHOES,
        duty: "repeats the id of a request in its success reply",
        reason: "A client that has several requests in flight finds the one that a reply answers by its id.",
        spec: SPEC,
        needs: READY,
        probe: |target| echoes(target, &json!("qmp-conform-echo")),
        ..Rule::BOTH
    },
    Rule {
        id: "ids/error",
        duty: "repeats the id of a request in its error reply",
        reason: "Without it, a client cannot tell which of its requests failed.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| error_echoes(target, r#"{"execute": "qmp-conform-unknown", "id": "qmp-conform-error"}"#),
        ..Rule::BOTH
    },
    Rule {
        id: "ids/bad-envelope",
        duty: "repeats the id of an object that is not a valid request",
        reason: "Without it, a client cannot tell which of its requests was malformed.",
        spec: SPEC,
        needs: &["ids/error"],
        probe: |target| error_echoes(target, r#"{"id": "qmp-conform-error", "execute": null}"#),
        ..Rule::BOTH
    },
    Rule {
        id: "ids/absent",
        duty: "adds no id to the reply of a request that has none",
        reason: "A client that finds an id looks for the request that had it.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: absent,
        ..Rule::BOTH
    },
    Rule {
        id: "ids/number",
        duty: "repeats numeric ids",
        reason: "An id may be any JSON value, and many clients count their requests.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| [json!(0), json!(42), json!(-1)].iter().try_for_each(|id| echoes(target, id)),
        ..Rule::BOTH
    },
    Rule {
        id: "ids/null",
        duty: "repeats the id `null`",
        reason: "An id may be any JSON value, and `null` is one.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: |target| echoes(target, &Value::Null),
        ..Rule::BOTH
    },
    Rule {
        id: "ids/structure",
        duty: "repeats ids that are objects, lists or booleans",
        reason: "An id may be any JSON value, and a client may keep its own data in it.",
        spec: SPEC,
        needs: &[ECHOES],
        probe: structure,
        ..Rule::BOTH
    },
];

/// Sends a request with this id, and compares the id of the reply.
pub(super) fn echoes(target: &Target, id: &Value) -> Probed {
    let mut connection = target.ready()?;
    let reply = connection.ask(connection.ping(&id.to_string()))?;
    reply.success()?;
    expect(reply.id() == Some(id), format!("the id `{id}`"), &reply)
}

fn error_echoes(target: &Target, request: &str) -> Probed {
    let reply = target.ready()?.ask(request)?;
    reply.error()?;
    expect(reply.id() == Some(&json!("qmp-conform-error")), "the id `\"qmp-conform-error\"`", &reply)
}

fn absent(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let success = connection.ask(format!(r#"{{"execute": "{}"}}"#, connection.ping_name()))?;
    let error = connection.ask(r#"{"execute": "qmp-conform-unknown"}"#)?;
    [success, error].iter().try_for_each(|reply| expect(reply.id().is_none(), "no id", reply))
}

fn structure(target: &Target) -> Probed {
    let ids = [json!({"a": [1, {"b": null}], "c": {}}), json!([]), json!([[0], "x"]), json!(true)];
    ids.iter().try_for_each(|id| echoes(target, id))
}

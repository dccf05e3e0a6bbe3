//! The greeting: the first message of a server, on each connection.

use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::message::Message;
use crate::conform::rule::{Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Server Greeting");
const ARRIVES: &str = "greeting/arrives";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: ARRIVES,
        duty: "sends a message to each client that connects",
        reason: "A client waits for the greeting before it sends anything, so it hangs without one.",
        spec: SPEC,
        probe: |target| target.connect()?.next().map(drop).map_err(busy),
        ..Rule::MONITOR
    },
    Rule {
        id: "greeting/first",
        duty: "sends nothing before the greeting, an object with the member `QMP`",
        reason: "A client takes the first message for the greeting, and another one there for a different protocol.",
        spec: SPEC,
        needs: &[ARRIVES],
        probe: first,
        ..Rule::MONITOR
    },
    Rule {
        id: "greeting/version",
        duty: "says its version: `qemu` with the integers major, minor and micro, and the string `package`",
        reason: "Clients choose by version how they use a server, and some refuse a greeting without it.",
        spec: SPEC,
        needs: &["greeting/first"],
        probe: version,
        ..Rule::MONITOR
    },
    Rule {
        id: "greeting/capabilities",
        duty: "lists its capabilities as strings",
        reason: "A client may enable only what is listed, and needs the list even if it is empty.",
        spec: Spec::Qmp("Capabilities"),
        needs: &["greeting/first"],
        probe: capabilities,
        ..Rule::MONITOR
    },
];

/// Explains a missing greeting: its most frequent reason is no fault of the server.
fn busy(finding: Finding) -> Finding {
    match finding {
        Finding::Broken { expected, found } if expected == "a message" => Finding::broken(
            "a greeting",
            format!(
                "{found} (a server that serves one client at a time, as QEMU does, is silent while another is connected; a guest agent needs --agent)"
            ),
        ),
        other => other,
    }
}

fn greeting(target: &Target) -> Probed<Message> {
    target.connect()?.next()
}

fn first(target: &Target) -> Probed {
    let greeting = greeting(target)?;
    expect(greeting.value["QMP"].is_object(), "an object with the member `QMP`", &greeting)
}

fn version(target: &Target) -> Probed {
    let greeting = greeting(target)?;
    let version = &greeting.value["QMP"]["version"];
    let numbers = ["major", "minor", "micro"].iter().all(|part| version["qemu"][part].is_u64());
    expect(numbers, "`version` with `qemu`: `major`, `minor` and `micro`", &greeting)?;
    expect(version["package"].is_string(), "`version` with the string `package`", &greeting)
}

fn capabilities(target: &Target) -> Probed {
    let greeting = greeting(target)?;
    let list = greeting.value["QMP"]["capabilities"].as_array();
    let are_strings = list.is_some_and(|list| list.iter().all(|capability| capability.is_string()));
    expect(are_strings, "`capabilities`, a list of strings", &greeting)
}

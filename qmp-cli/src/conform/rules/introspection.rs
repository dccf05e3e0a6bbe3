//! Introspection: what a server says of its version, its commands and its schema.

use std::collections::HashSet;

use super::basics::{ECHOES, READY_WITH_IDS, SCHEMA};
use crate::conform::finding::{Probed, expect};
use crate::conform::introspection::query_commands;
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qapi("Client JSON Protocol introspection");
const COMMANDS: &str = "introspection/commands";

/// The commands that each server has.
const BUILTINS: [&str; 4] = ["qmp_capabilities", "query-version", "query-commands", "query-qmp-schema"];

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "introspection/version",
        duty: "returns by `query-version` what its greeting says",
        reason: "A client may learn the version either way, and must come to the same conclusions.",
        spec: Spec::Qmp("Server Greeting"),
        needs: &["greeting/version", ECHOES],
        probe: version,
        ..Rule::MONITOR
    },
    Rule {
        id: COMMANDS,
        duty: "lists its commands by `query-commands`",
        reason: "Clients choose the commands they use from this list, and shells complete from it.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: |target| query_commands(&mut target.ready()?).map(drop),
        ..Rule::MONITOR
    },
    Rule {
        id: "introspection/unique",
        duty: "lists no command twice",
        reason: "A command that is listed twice leaves open which of the two is executed.",
        spec: SPEC,
        needs: &[COMMANDS],
        probe: unique,
        ..Rule::MONITOR
    },
    Rule {
        id: "introspection/builtins",
        duty: "lists the commands that each server has: qmp_capabilities, query-version, query-commands, query-qmp-schema",
        reason: "A client that prepares for any server relies on these.",
        spec: SPEC,
        needs: &[COMMANDS],
        probe: builtins,
        ..Rule::MONITOR
    },
    Rule {
        id: SCHEMA,
        duty: "describes its commands, events and types by `query-qmp-schema`",
        reason: "Clients find out by it which arguments and values a server has; version numbers do not say.",
        spec: SPEC,
        needs: &[COMMANDS],
        probe: |target| target.introspection().map(drop),
        ..Rule::MONITOR
    },
    Rule {
        id: "introspection/consistent",
        duty: "describes each type that its schema refers to, by the rules of introspection",
        reason: "A client follows the references, and a missing type stops it.",
        spec: SPEC,
        needs: &[SCHEMA],
        probe: consistent,
        ..Rule::MONITOR
    },
    Rule {
        id: "introspection/described",
        duty: "describes each command that it lists",
        reason: "A client cannot learn the arguments of a command that is not described.",
        spec: SPEC,
        needs: &[SCHEMA],
        probe: described,
        ..Rule::MONITOR
    },
    Rule {
        id: "introspection/listed",
        duty: "lists each command that it describes",
        reason: "Clients that look a command up in the schema expect it to work. (A server may disable commands by policy.)",
        spec: SPEC,
        class: Class::Compat,
        needs: &[SCHEMA],
        probe: listed,
        ..Rule::MONITOR
    },
];

fn version(target: &Target) -> Probed {
    let mut connection = target.connect()?;
    let greeting = connection.next()?;
    connection.ask(r#"{"execute": "qmp_capabilities"}"#)?.success()?;
    let reply = connection.ask(r#"{"execute": "query-version"}"#)?;
    let expected = &greeting.value["QMP"]["version"];
    expect(reply.success()? == expected, format!("`{expected}`"), &reply)
}

fn unique(target: &Target) -> Probed {
    let names = query_commands(&mut target.ready()?)?;
    let mut seen = HashSet::new();
    let twice = names.iter().find(|name| !seen.insert(name.as_str()));
    twice.map_or(Ok(()), |name| expect(false, "each command once", format!("`{name}` twice")))
}

fn builtins(target: &Target) -> Probed {
    let names = query_commands(&mut target.ready()?)?;
    let missing = BUILTINS.iter().find(|builtin| !names.iter().any(|name| name == *builtin));
    missing.map_or(Ok(()), |name| expect(false, format!("`{name}` in the list"), "a list without it"))
}

fn consistent(target: &Target) -> Probed {
    let schema = target.introspection()?;
    match qmp_schema::import("query-qmp-schema", &schema.text) {
        Ok(_) => Ok(()),
        Err(report) => {
            let first = report.diagnostics().first().map_or(String::new(), |first| first.message.clone());
            expect(false, "a valid schema", format!("an error in it: {first}"))
        }
    }
}

fn described(target: &Target) -> Probed {
    let schema = target.introspection()?;
    let missing = schema.listed.iter().find(|name| !schema.has(name, "command"));
    missing.map_or(Ok(()), |name| expect(false, format!("the command `{name}` in the schema"), "a schema without it"))
}

fn listed(target: &Target) -> Probed {
    let schema = target.introspection()?;
    let missing = schema.described.iter().find(|name| !schema.listed.contains(name));
    missing.map_or(Ok(()), |name| expect(false, format!("`{name}` in `query-commands`"), "a list without it"))
}

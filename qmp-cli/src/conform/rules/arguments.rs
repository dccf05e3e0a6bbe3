//! Arguments: a server checks all of them before it executes the command.
//!
//! No probe here sends a command that a correct server would execute. The commands that change something get an unexpected
//! argument, and are tried only after the server has refused unexpected arguments of queries, and only if they also lack
//! an argument that the schema says is mandatory. A server that checks no arguments at all would fail them before its handlers
//! see a complete request.

use serde_json::{Map, Value, json};

use super::basics::{NEGOTIATES, READY, READY_WITH_IDS, SCHEMA};
use crate::conform::connection::Connection;
use crate::conform::finding::{Finding, Probed, expect};
use crate::conform::flavour::Flavour;
use crate::conform::introspection::{Introspection, Member};
use crate::conform::message::Message;
use crate::conform::rule::{Class, Rule, Spec};
use crate::conform::target::Target;

const SPEC: Spec = Spec::Qmp("Compatibility Considerations");
const UNEXPECTED: &str = "arguments/unexpected";
const QUERIES: &str = "arguments/unexpected-of-queries";

/// The name of an argument that no command has.
const STRANGER: &str = "qmp-conform-unexpected";

/// QEMU hands the arguments of this query to its handler unchecked, and the handler takes none.
const UNCHECKED: &str = "query-qmp-schema";

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "arguments/empty",
        duty: "takes an empty object of arguments for none",
        reason: "Clients such as qmp-shell always send `arguments`.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: empty,
        ..Rule::BOTH
    },
    Rule {
        id: UNEXPECTED,
        duty: "refuses arguments that a command does not have",
        reason: "A misspelt argument would otherwise be ignored, and the command do something else.",
        spec: SPEC,
        needs: READY_WITH_IDS,
        probe: unexpected,
        ..Rule::BOTH
    },
    Rule {
        id: "arguments/type",
        duty: "refuses an argument of the wrong type",
        reason: "A value that is converted by guess is not what the client meant.",
        spec: SPEC,
        needs: READY,
        probe: |target| mistyped(target, [r#"{"enable": "oob"}"#, r#"{"id": "1"}"#]),
        ..Rule::BOTH
    },
    Rule {
        id: "arguments/element-type",
        duty: "refuses a list with an element of the wrong type",
        reason: "A value that is converted by guess is not what the client meant.",
        spec: SPEC,
        needs: &[NEGOTIATES],
        probe: |target| mistyped(target, [r#"{"enable": [1]}"#, ""]),
        ..Rule::MONITOR
    },
    Rule {
        id: "arguments/null",
        duty: "takes `null` for a value, not for a missing argument",
        reason: "Some commands give `null` a meaning of its own.",
        spec: SPEC,
        needs: READY,
        probe: |target| mistyped(target, [r#"{"enable": null}"#, r#"{"id": null}"#]),
        ..Rule::BOTH
    },
    Rule {
        id: "arguments/missing",
        duty: "refuses a command without an argument that it needs",
        reason: "The command cannot do what the client means.",
        spec: SPEC,
        needs: &["agent/sync"],
        probe: |target| mistyped(target, ["", "{}"]),
        ..Rule::AGENT
    },
    Rule {
        id: QUERIES,
        duty: "refuses unexpected arguments of each query",
        reason: "A misspelt argument would otherwise be ignored, and the reply be about something else.",
        spec: SPEC,
        needs: &[UNEXPECTED, SCHEMA],
        probe: unexpected_of_queries,
        ..Rule::MONITOR
    },
    Rule {
        id: "arguments/missing-of-queries",
        duty: "refuses each query without an argument that its schema says is mandatory",
        reason: "A schema that is not kept to misleads the clients that were generated from it.",
        spec: SPEC,
        needs: &[SCHEMA],
        probe: |target| refuses_queries(target, no_arguments, "missing"),
        ..Rule::MONITOR
    },
    Rule {
        id: "arguments/type-of-queries",
        duty: "refuses arguments of each query that do not have the type of its schema",
        reason: "A schema that is not kept to misleads the clients that were generated from it.",
        spec: SPEC,
        needs: &[SCHEMA],
        probe: |target| refuses_queries(target, mistyped_arguments, "of the wrong type"),
        ..Rule::MONITOR
    },
    Rule {
        id: "arguments/all-commands",
        duty: "knows each command that it lists, and refuses it without the arguments that its schema says are mandatory",
        reason: "A listed command that does not exist, or that runs without what it needs, misleads clients.",
        spec: SPEC,
        needs: &[QUERIES, "arguments/missing-of-queries"],
        probe: all_commands,
        ..Rule::MONITOR
    },
    Rule {
        id: "arguments/error-class",
        duty: "reports bad arguments with the class GenericError",
        reason: "CommandNotFound would make a client believe that the server lacks the command.",
        spec: Spec::Qmp("Error"),
        needs: &[UNEXPECTED],
        probe: error_class,
        ..Rule::BOTH
    },
    Rule {
        id: "arguments/description",
        duty: "names the argument in the description of the error",
        reason: "People who read the description need to know which argument to correct.",
        spec: Spec::Qmp("Error"),
        class: Class::Compat,
        needs: &[UNEXPECTED],
        probe: description,
        ..Rule::BOTH
    },
];

/// Executes a command with these arguments.
fn ask(connection: &mut Connection, command: &str, arguments: &Map<String, Value>) -> Probed<Message> {
    connection.ask(json!({"execute": command, "arguments": arguments, "id": command}).to_string())
}

fn stranger() -> Map<String, Value> {
    Map::from_iter([(STRANGER.to_owned(), json!(0))])
}

fn ask_with_stranger(target: &Target) -> Probed<Message> {
    let mut connection = target.ready()?;
    let command = connection.ping_name();
    ask(&mut connection, command, &stranger())
}

fn empty(target: &Target) -> Probed {
    let mut connection = target.ready()?;
    let command = connection.ping_name();
    ask(&mut connection, command, &Map::new())?.success().map(drop)
}

fn unexpected(target: &Target) -> Probed {
    ask_with_stranger(target)?.error().map(drop)
}

fn error_class(target: &Target) -> Probed {
    let reply = ask_with_stranger(target)?;
    expect(reply.class() == "GenericError", "an error of the class GenericError", &reply)
}

fn description(target: &Target) -> Probed {
    let reply = ask_with_stranger(target)?;
    expect(reply.desc().contains(STRANGER), format!("a description with the name `{STRANGER}`"), &reply)
}

/// Executes the command of the flavour that has an argument and changes nothing. A failed negotiation leaves things as they are.
fn mistyped(target: &Target, [of_monitor, of_agent]: [&str; 2]) -> Probed {
    let (mut connection, command, arguments) = match target.flavour() {
        Flavour::Monitor => (target.greeted()?, "qmp_capabilities", of_monitor),
        Flavour::Agent => (target.ready()?, "guest-sync", of_agent),
    };
    connection.ask(format!(r#"{{"execute": "{command}", "arguments": {arguments}}}"#))?.error().map(drop)
}

/// The commands that change nothing, by the convention of their names.
fn queries(schema: &Introspection) -> impl Iterator<Item = &str> {
    schema.commands().filter(|name| name.starts_with("query-") && *name != UNCHECKED)
}

fn unexpected_of_queries(target: &Target) -> Probed {
    let schema = target.introspection()?;
    let mut connection = target.ready()?;
    queries(schema).try_for_each(|query| ask(&mut connection, query, &stranger())?.error().map(drop))
}

/// Executes each query with each of these arguments, which are all wrong.
fn refuses_queries(target: &Target, wrong: impl Fn(&[Member]) -> Vec<Map<String, Value>>, what: &str) -> Probed {
    let schema = target.introspection()?;
    let mut connection = target.ready()?;
    let mut is_tried = false;
    for query in queries(schema) {
        for arguments in wrong(&schema.arguments(query)) {
            ask(&mut connection, query, &arguments)?.error()?;
            is_tried = true;
        }
    }
    match is_tried {
        true => Ok(()),
        false => Err(Finding::not_tried(format!("no query has an argument that can be {what}"))),
    }
}

fn no_arguments(members: &[Member]) -> Vec<Map<String, Value>> {
    members.iter().filter(|member| member.is_mandatory).take(1).map(|_| Map::new()).collect()
}

/// For each argument, the arguments that consist of it alone, with a value of the wrong type.
fn mistyped_arguments(members: &[Member]) -> Vec<Map<String, Value>> {
    let wrong = |member: &Member| Some(Map::from_iter([(member.name.clone(), member.mistyped.clone()?)]));
    members.iter().filter_map(wrong).collect()
}

fn all_commands(target: &Target) -> Probed {
    let schema = target.introspection()?;
    let mut connection = target.ready()?;
    for command in schema.commands().filter(|name| !name.starts_with("query-")) {
        if schema.arguments(command).iter().any(|member| member.is_mandatory) {
            let reply = ask(&mut connection, command, &stranger())?;
            reply.error()?;
            // QEMU lists deprecated and unstable commands also if its policy rejects them.
            let is_known = reply.class() != "CommandNotFound" || reply.desc().ends_with("disabled by policy");
            expect(is_known, format!("the command `{command}`"), &reply)?;
        }
    }
    Ok(())
}

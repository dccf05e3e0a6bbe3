//! The commands that QMP itself defines. The runtime answers them; a schema may define them too, but only as QMP does.

mod describe;
mod shape;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule, WrongOption};
use crate::introspect::Introspection;
use crate::model::{Command, Schema};

use super::config::Config;
use super::context::Context;
use describe::Describer;
use shape::{Shape, fits};

/// A command of the protocol and what it takes and returns.
struct Builtin {
    name: &'static str,
    arguments: Shape,
    returns: Shape,
}

const NOTHING: Shape = Shape::Object(&[]);

const BUILTINS: &[Builtin] = &[
    Builtin {
        name: "qmp_capabilities",
        arguments: Shape::Object(&[("*enable", Shape::List(&Shape::Enum(&["oob"])))]),
        returns: NOTHING,
    },
    Builtin {
        name: "query-version",
        arguments: NOTHING,
        returns: Shape::Object(&[
            ("qemu", Shape::Object(&[("major", Shape::Int), ("minor", Shape::Int), ("micro", Shape::Int)])),
            ("package", Shape::Str),
        ]),
    },
    Builtin {
        name: "query-commands",
        arguments: NOTHING,
        returns: Shape::List(&Shape::Object(&[("name", Shape::Str)])),
    },
    Builtin { name: "query-qmp-schema", arguments: NOTHING, returns: Shape::List(&SCHEMA_INFO) },
];

/// An entry of the reply to `query-qmp-schema`; `*` marks members that older schemas lack.
const SCHEMA_INFO: Shape = Shape::Union(
    &[("name", Shape::Str), ("*features", Shape::List(&Shape::Str))],
    "meta-type",
    &[
        ("builtin", &[("json-type", Shape::Enum(&["string", "number", "int", "boolean", "null", "value"]))]),
        ("enum", &[("values", Shape::List(&Shape::Str)), ("*members", Shape::List(&ENUM_MEMBER))]),
        ("array", &[("element-type", Shape::Str)]),
        ("object", &[("members", Shape::List(&MEMBER)), ("*tag", Shape::Str), ("*variants", Shape::List(&VARIANT))]),
        ("alternate", &[("members", Shape::List(&Shape::Object(&[("type", Shape::Str)])))]),
        ("command", &[("arg-type", Shape::Str), ("ret-type", Shape::Str), ("*allow-oob", Shape::Bool)]),
        ("event", &[("arg-type", Shape::Str)]),
    ],
);
const FEATURES: (&str, Shape) = ("*features", Shape::List(&Shape::Str));
const ENUM_MEMBER: Shape = Shape::Object(&[("name", Shape::Str), FEATURES]);
const MEMBER: Shape = Shape::Object(&[("name", Shape::Str), ("type", Shape::Str), ("*default", Shape::Any), FEATURES]);
const VARIANT: Shape = Shape::Object(&[("case", Shape::Str), ("type", Shape::Str)]);

/// Returns whether the runtime answers the command: it is built in, and the user does not handle it.
pub(super) fn is_answered_by_runtime(cx: &Context<'_>, command: &Command) -> bool {
    let name = &command.def.name;
    BUILTINS.iter().any(|builtin| builtin.name == name) && !cx.config.handled_builtins.contains(name)
}

/// Returns the introspection data of the built-in commands that the schema does not have, or that are not selected.
pub(super) fn undescribed(schema: &Schema, introspection: &Introspection) -> Vec<String> {
    let mut describer = Describer::new(introspection);
    for builtin in BUILTINS {
        if !schema.commands.iter().any(|command| command.def.name == builtin.name) {
            describer.command(builtin.name, &builtin.arguments, &builtin.returns);
        }
    }
    describer.finish()
}

/// Checks that the schema defines QMP's own commands as QMP does, and that it defines those that the user handles.
pub(super) fn check(schema: &Schema, config: &Config) -> Result<(), Report> {
    let mut diagnostics = Diagnostics::default();
    for (command, builtin) in defined(schema) {
        let arguments = command.arguments.map_or(Ok(()), |id| fits(schema, id, &builtin.arguments));
        let returned = match command.returns {
            Some(id) => fits(schema, id, &builtin.returns),
            None if matches!(builtin.returns, Shape::Object([])) => Ok(()),
            None => Err("something is returned".to_owned()),
        };
        let wrong = |part, result: Result<(), String>| result.err().map(|wanted| format!("QMP's {part}: {wanted}"));
        if let Some(difference) = wrong("arguments", arguments).or(wrong("return value", returned)) {
            diagnostics.error(Rule::DiffersFromProtocol, command.def.span, &[builtin.name, &difference]);
        }
    }
    for handled in &config.handled_builtins {
        if !defined(schema).any(|(_, builtin)| builtin.name == handled) {
            let option = WrongOption { name: "handle_builtins", value: handled.clone() };
            let names = BUILTINS.iter().map(|builtin| builtin.name);
            diagnostics.wrong_option(Rule::NothingSelected, option, "built-in command of the schema", names);
        }
    }
    Report::new(diagnostics, Arc::new(schema.sources.clone()), Vec::new()).into_result()
}

fn defined(schema: &Schema) -> impl Iterator<Item = (&Command, &'static Builtin)> {
    let builtin = |command: &Command| BUILTINS.iter().find(|builtin| builtin.name == command.def.name);
    schema.commands.iter().filter_map(move |command| Some((command, builtin(command)?)))
}

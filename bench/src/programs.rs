//! Programs that use bindings: every command on both sides, or `query-status` alone.

use qmp_schema::model::{Command, Schema};

use crate::derive::snake;

/// Calls and handles every command, with our bindings.
pub fn ours(schema: &Schema) -> String {
    let attribute = |command: &Command| if has_arguments(command) { "#[qmp_command(whole)]" } else { "#[qmp_command]" };
    let handlers = per_command(schema, |command| format!("    {}\n{}", attribute(command), handler(command)));
    format!(
        "{OURS}\n#[qmp_types::handlers(qmp)]\nimpl Machine {{\n{handlers}}}\n\n{}",
        callers(schema, "&Client", |command| match command.generate {
            true => snake(&command.def.name),
            // The method takes the struct of the arguments that the schema names, not the arguments as they are sent.
            false => format!("call::<commands::{}>", snake(&command.def.name)),
        })
    )
}

/// Calls and handles every command, with the baseline's bindings.
pub fn derived(schema: &Schema) -> String {
    let handlers = per_command(schema, handler);
    format!(
        "{DERIVED}\nimpl Handler for Machine {{\n{handlers}}}\n\n{}",
        callers(schema, "&mut Client", |command| snake(&command.def.name))
    )
}

/// Asks a QEMU for its status, with our bindings.
pub const OURS_STATUS: &str = include_str!("programs/ours_status.rs");

/// Asks a QEMU for its status, with `qapi`.
pub const QAPI_STATUS: &str = include_str!("programs/qapi_status.rs");

const OURS: &str = include_str!("programs/ours.rs");

const DERIVED: &str = include_str!("programs/derived.rs");

/// A handler that the optimiser cannot see through.
fn handler(command: &Command) -> String {
    let name = snake(&command.def.name);
    let ty = format!("<commands::{name} as Command>");
    let (parameter, value) = match has_arguments(command) {
        true => (format!(", arguments: {ty}::Arguments"), "arguments"),
        false => (String::new(), "()"),
    };
    format!("    fn {name}(&self{parameter}) -> Result<{ty}::Return, Error> {{\n        handled({value})\n    }}\n")
}

/// A function that calls every command.
fn callers(schema: &Schema, client: &str, method: impl Fn(&Command) -> String) -> String {
    let calls = per_command(schema, |command| {
        let name = snake(&command.def.name);
        let argument = has_arguments(command).then(|| format!("given::<<commands::{name} as Command>::Arguments>()"));
        format!("    used(client.{}({}));\n", method(command), argument.unwrap_or_default())
    });
    format!("fn call_all(client: {client}) {{\n{calls}}}\n")
}

fn per_command(schema: &Schema, text: impl FnMut(&Command) -> String) -> String {
    schema.commands.iter().map(text).collect()
}

fn has_arguments(command: &Command) -> bool {
    command.arguments.is_some()
}

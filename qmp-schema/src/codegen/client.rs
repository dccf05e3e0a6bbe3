//! The client side: a method for each command, on the blocking client and on the asynchronous one.

use crate::model::{Command, has_feature};

use super::command::{arguments_type, return_type};
use super::context::{Arguments, Context, Scope};
use super::docs;
use super::output::{Code, line};

/// What the clients have beside the schema's commands; a command of such a name gets a `_` behind it.
pub(super) const METHODS: &[&str] = &[
    "call",
    "connect_guest_agent",
    "connect_unix",
    "connect_unix_with",
    "events",
    "expect",
    "from_stream",
    "from_stream_with",
    "next_event",
    "schema_changes",
    "timeout",
];

/// Both clients.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    let runtime = cx.runtime();
    line!(code, "/// The blocking client.");
    code.block("pub mod blocking", |code| {
        line!(code, "{runtime}::private::blocking_client!(super::Event, super::INTROSPECTION);");
        methods(cx, Scope::Submodule, code, |command| {
            format!("{runtime}::Result<{}>", return_type(cx, command, Scope::Submodule))
        });
    });
    code.gap();
    line!(code, "// The asynchronous client: nothing where the runtime's feature `tokio` is off.");
    code.block(format!("{runtime}::private::if_tokio!"), |code| {
        line!(code, "{runtime}::private::tokio_client!(Event, INTROSPECTION);");
        methods(cx, Scope::Root, code, |command| {
            format!("{runtime}::tokio::Call<commands::{}>", cx.names.command(command).marker)
        });
    });
    code.gap();
}

fn methods(cx: &Context<'_>, scope: Scope, code: &mut Code, returns: impl Fn(&Command) -> String) {
    code.block("impl Client", |code| {
        for command in &cx.schema.commands {
            method(cx, command, scope, &returns(command), code);
        }
    });
}

fn method(cx: &Context<'_>, command: &Command, scope: Scope, returns: &str, code: &mut Code) {
    let names = cx.names.command(command);
    let marker = format!("{}commands::{}", scope.root_prefix(), names.marker);
    code.doc(&docs::method(cx, command, &marker));
    if has_feature(&command.def.features, "deprecated") {
        line!(code, "#[deprecated{}]", docs::deprecation(cx, &command.def));
    }
    let (parameter, value) = match cx.arguments(command) {
        Arguments::None => (String::new(), "()"),
        Arguments::Inline(..) | Arguments::Named(_) => {
            let ty = arguments_type(cx, command, scope);
            (format!(", arguments: impl ::std::convert::Into<{ty}>"), "arguments.into()")
        }
    };
    code.block(format!("pub fn {}(&self{parameter}) -> {returns}", names.function), |code| {
        line!(code, "self.call::<{marker}>({value})");
    });
}

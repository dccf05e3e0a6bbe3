//! The client side: a method per command, on the blocking client and on the asynchronous one.

use crate::model::Command;

use super::context::{Arguments, Context, Scope};
use super::docs;
use super::output::{Code, line};

/// Emits both clients.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    let runtime = cx.runtime();
    line!(code, "/// The blocking client of this schema.");
    code.block("pub mod blocking", |code| {
        line!(code, "{runtime}::private::blocking_client!(super::Event, super::INTROSPECTION);");
        methods(cx, Scope::Submodule, code, |command| {
            format!("{runtime}::Result<{}>", cx.return_type(command, Scope::Submodule))
        });
    });
    code.gap();
    line!(code, "// The asynchronous client. Expands to nothing if the runtime's feature `tokio` is off.");
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
    code.doc(&docs::method(cx, command, scope));
    code.attribute(docs::deprecated(cx, &command.def.features, &docs::described(cx, &command.def)).as_deref());
    let (parameter, value) = match cx.arguments(command) {
        Arguments::None => (String::new(), "()"),
        arguments => {
            let ty = cx.call_type(command, scope);
            let value = match arguments {
                Arguments::Raw(Some(_)) => "arguments.into().into()",
                _ => "arguments.into()",
            };
            (format!(", arguments: impl ::std::convert::Into<{ty}>"), value)
        }
    };
    line!(code, "#[inline]");
    code.block(format!("pub fn {}(&self{parameter}) -> {returns}", names.function), |code| {
        line!(code, "self.call::<{marker}>({value})");
    });
}

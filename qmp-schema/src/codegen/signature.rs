//! The signatures of handlers: `#[qmp_command]` has rustc compare a handler with them, and takes the texts of errors from them.

use crate::model::Command;

use super::context::{Arguments, Context, Scope};
use super::output::{Code, line};
use super::parameters::{Parameter, parameters, returned};
use super::tables::private;
use super::types::shown;

/// Emits the implementations of `Handled`.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    if cx.schema.commands.is_empty() {
        return;
    }
    private(cx, code, |code| cx.schema.commands.iter().for_each(|command| handled(cx, command, code)));
    code.gap();
}

fn handled(cx: &Context<'_>, command: &Command, code: &mut Code) {
    let parameters = parameters(cx, command);
    code.block(format!("impl p::Handled for commands::{}", cx.names.command(command).marker), |code| {
        let rows: Vec<String> = parameters.iter().map(|parameter| row(cx, parameter)).collect();
        let head = match cx.arguments(command) {
            Arguments::Named(_) | Arguments::Raw(_) => "named(&[".to_owned(),
            _ => format!("inline(\"{}\", &[", shown(&cx.arguments_type(command, Scope::Root))),
        };
        let tail = format!("], {});", row(cx, &returned(cx, command)));
        code.list(&format!("const SIGNATURE: p::Signature = p::Signature::{head}"), &rows, &tail);
        let list = parameters.iter().rfold("()".to_owned(), |rest, parameter| format!("({}, {rest})", parameter.ty));
        line!(code, "type Types = {list};");
        match (parameters.as_slice(), cx.arguments(command)) {
            ([data], Arguments::Named(_) | Arguments::Raw(_)) => sole(&data.ty, "arguments", code),
            ([parameter], _) => sole(&parameter.ty, &format!("arguments.{}", parameter.name), code),
            _ => {
                line!(code, "type Sole = p::NotOne;");
                line!(code, "#[inline]");
                code.block("fn sole(_: Self::Arguments) -> Self::Sole", |code| line!(code, "p::NotOne"));
            }
        }
    });
}

fn sole(ty: &str, value: &str, code: &mut Code) {
    line!(code, "type Sole = p::Is<{ty}>;");
    line!(code, "#[inline]");
    code.block("fn sole(arguments: Self::Arguments) -> Self::Sole", |code| line!(code, "p::Is({value})"));
}

/// The parameter as the runtime describes it.
fn row(cx: &Context<'_>, parameter: &Parameter) -> String {
    let (ty, position) = (shown(&parameter.ty), cx.position(parameter.span));
    format!("p::Parameter::new(\"{}\", \"{ty}\", \"{}\", {position:?})", parameter.name, parameter.schema)
}

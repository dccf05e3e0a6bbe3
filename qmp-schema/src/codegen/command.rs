//! Commands: marker types, and the structs of inline arguments.

use crate::model::{Command, TypeId, has_feature};

use super::context::{Arguments, Context, Scope};
use super::names::of_members;
use super::object::Record;
use super::output::{Code, line};
use super::{builtin, docs};

/// The argument structs of all commands, and the module `commands`.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    for command in &cx.schema.commands {
        if let Arguments::Inline(id, _) = cx.arguments(command) {
            arguments(cx, command, id, code);
        }
    }
    line!(code, "/// The commands, as marker types.");
    code.block("pub mod commands", |code| {
        for command in &cx.schema.commands {
            marker(cx, command, code);
        }
        let names = cx.schema.commands.iter().map(|command| cx.names.command(command));
        let aliases: Vec<String> = names.map(|names| format!("{} as {}", names.marker, names.function)).collect();
        if !aliases.is_empty() {
            line!(code, "// By the name of the handler function, for `#[qmp_command]`.");
            line!(code, "#[doc(hidden)]");
            code.list("pub use self::{", &aliases, "};");
        }
    });
    code.gap();
}

/// The type of a command's arguments.
pub(super) fn arguments_type(cx: &Context<'_>, command: &Command, scope: Scope) -> String {
    match cx.arguments(command) {
        Arguments::None => "()".to_owned(),
        Arguments::Inline(..) => format!("{}{}", scope.root_prefix(), cx.names.command(command).arguments),
        Arguments::Named(id) => cx.value_type(id, scope),
    }
}

/// The type of what a command returns.
pub(super) fn return_type(cx: &Context<'_>, command: &Command, scope: Scope) -> String {
    command.returns.map_or("()".to_owned(), |id| cx.value_type(id, scope))
}

fn arguments(cx: &Context<'_>, command: &Command, id: Option<TypeId>, code: &mut Code) {
    let names = cx.names.command(command);
    let record = Record::new(cx, &names.arguments, id, &command.def, Scope::Root, !command.generate);
    let docs = format!("Arguments of [`{}`](commands::{}).", command.def.name, names.marker);
    record.emit(cx, &docs, code);
    record.emit_from(code);
    code.gap();
}

fn marker(cx: &Context<'_>, command: &Command, code: &mut Code) {
    let names = cx.names.command(command);
    code.doc(&docs::definition(cx, &command.def, Scope::Submodule));
    line!(code, "#[derive(Clone, Copy, Debug)]");
    line!(code, "pub struct {};", names.marker);
    let runtime = cx.runtime();
    code.block(format!("impl {runtime}::Command for {}", names.marker), |code| {
        line!(code, "const SPEC: &'static {runtime}::CommandSpec =");
        line!(code, "    &{};", spec(cx, command));
        line!(code, "type Arguments = {};", arguments_type(cx, command, Scope::Submodule));
        line!(code, "type Return = {};", return_type(cx, command, Scope::Submodule));
        sole(cx, command, code);
    });
}

/// Name and rules.
fn spec(cx: &Context<'_>, command: &Command) -> String {
    let mut spec =
        format!("{}::CommandSpec::new(\"{}\", {:?})", cx.runtime(), command.def.name, cx.position(command.def.span));
    if let Some(parameters) = parameters(cx, command) {
        let quoted: Vec<String> = parameters.iter().map(|parameter| format!("\"{parameter}\"")).collect();
        spec += &format!(".parameters(&[{}])", quoted.join(", "));
    }
    let flags = [
        (command.allow_oob, ".allow_oob()"),
        (command.allow_preconfig, ".allow_preconfig()"),
        (!command.success_response, ".no_success_response()"),
        (has_feature(&command.def.features, "deprecated"), ".deprecated()"),
        (has_feature(&command.def.features, "unstable"), ".unstable()"),
        (builtin::is_answered_by_runtime(cx, command), ".built_in()"),
    ];
    spec.extend(flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag));
    spec
}

/// The Rust names of inline arguments.
fn parameters(cx: &Context<'_>, command: &Command) -> Option<Vec<String>> {
    match cx.arguments(command) {
        Arguments::None => Some(Vec::new()),
        Arguments::Named(_) => None,
        Arguments::Inline(_, members) => {
            let extra = !command.generate;
            let mut names = of_members(members.iter().map(|member| &*member.name), extra);
            names.extend(extra.then(|| "extra".to_owned()));
            Some(names)
        }
    }
}

/// What a handler with one by-value parameter is given.
fn sole(cx: &Context<'_>, command: &Command, code: &mut Code) {
    let runtime = cx.runtime();
    let sole = match (cx.arguments(command), parameters(cx, command).as_deref()) {
        (Arguments::Inline(Some(id), members), Some([parameter])) if !members.is_empty() => {
            Some((cx.member_type(id, members[0], Scope::Submodule), format!("arguments.{parameter}")))
        }
        (Arguments::Inline(..), Some([_])) => Some((extra_type(cx), "arguments.extra".to_owned())),
        (Arguments::Named(id), _) => Some((cx.value_type(id, Scope::Submodule), "arguments".to_owned())),
        _ => None,
    };
    match sole {
        Some((ty, value)) => {
            line!(code, "type Sole = {runtime}::private::Is<{ty}>;");
            code.block("fn sole(arguments: Self::Arguments) -> Self::Sole", |code| {
                line!(code, "{runtime}::private::Is({value})");
            });
        }
        None => {
            line!(code, "type Sole = {runtime}::private::NotOne;");
            code.block("fn sole(_: Self::Arguments) -> Self::Sole", |code| {
                line!(code, "{runtime}::private::NotOne");
            });
        }
    }
}

/// The type of the field for what the schema does not name.
fn extra_type(cx: &Context<'_>) -> String {
    format!("{0}::Map<{1}, {0}::Value>", cx.runtime(), super::types::STRING)
}

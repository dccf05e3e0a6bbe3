//! Commands: marker types, and structs for inline arguments.

use crate::model::{Command, TypeId, has_feature};

use super::context::{Arguments, Context, Scope};
use super::output::{Code, line};
use super::record::Record;
use super::{builtin, docs};

/// The argument structs of all commands, and the module `commands`.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    for command in &cx.schema.commands {
        match cx.arguments(command) {
            Arguments::Inline(id) => arguments(cx, command, id, code),
            Arguments::Raw(id @ Some(_)) => {
                arguments(cx, command, id, code);
                line!(code, "{}::private::raw_arguments!({});", cx.runtime(), cx.names.command(command).arguments);
                code.gap();
            }
            Arguments::Raw(None) | Arguments::None | Arguments::Named(_) => {}
        }
    }
    line!(code, "/// The commands, as marker types. Each has the documentation of its command.");
    if cx.config.side.has_client() {
        line!(code, "///");
        line!(code, "/// The examples call the blocking client; calls of the asynchronous client need `.await`.");
    }
    code.block("pub mod commands", |code| {
        for command in &cx.schema.commands {
            marker(cx, command, code);
        }
        let names = cx.schema.commands.iter().map(|command| cx.names.command(command));
        let aliases: Vec<String> = names.map(|names| format!("{} as {}", names.marker, names.function)).collect();
        if !aliases.is_empty() {
            line!(code, "// By the names of handler functions, for `#[qmp_command]`.");
            line!(code, "#[doc(hidden)]");
            code.list("pub use self::{", &aliases, "};");
        }
    });
    code.gap();
}

fn arguments(cx: &Context<'_>, command: &Command, id: Option<TypeId>, code: &mut Code) {
    let names = cx.names.command(command);
    let record = Record::new(cx, &names.arguments, id, &command.def, Scope::Root, !command.generate);
    let docs = format!("The arguments of [`{}`](commands::{}).", command.def.name, names.marker);
    record.emit(cx, &docs, None, code);
    record.emit_from(code);
    record.emit_from_nothing(code);
    code.gap();
}

fn marker(cx: &Context<'_>, command: &Command, code: &mut Code) {
    let names = cx.names.command(command);
    code.doc(&docs::marker(cx, command));
    line!(code, "#[derive(Clone, Copy, Debug)]");
    line!(code, "pub struct {};", names.marker);
    let runtime = cx.runtime();
    code.block(format!("impl {runtime}::Command for {}", names.marker), |code| {
        line!(code, "const SPEC: &'static {runtime}::CommandSpec =");
        line!(code, "    &{};", spec(cx, command));
        line!(code, "type Arguments = {};", cx.arguments_type(command, Scope::Submodule));
        line!(code, "type Return = {};", cx.return_type(command, Scope::Submodule));
    });
    line!(code, "{runtime}::private::definition!(Command {});", names.marker);
    if command.allow_oob {
        line!(code, "impl {runtime}::OobCommand for {} {{}}", names.marker);
    }
}

/// Name and properties.
fn spec(cx: &Context<'_>, command: &Command) -> String {
    let mut spec =
        format!("{}::CommandSpec::new(\"{}\", {:?})", cx.runtime(), command.def.name, cx.position(command.def.span));
    let flags = [
        (command.allow_oob, ".allow_oob()"),
        (command.allow_preconfig, ".allow_preconfig()"),
        (!command.success_response, ".no_success_response()"),
        (has_feature(&command.def.features, "deprecated"), ".deprecated()"),
        (has_feature(&command.def.features, "unstable"), ".unstable()"),
        (builtin::is_answered_by_runtime(cx, command), ".built_in()"),
        (cx.takes_fd(command), ".takes_fd()"),
    ];
    spec.extend(flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag));
    spec
}

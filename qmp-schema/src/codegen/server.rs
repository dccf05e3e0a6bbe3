//! The server side: the commands that need a handler, and the tables of all of them.

use crate::introspect::Introspection;
use crate::model::Command;

use super::builtin;
use super::context::Context;
use super::output::{Code, line};

/// The module `required` and the functions `server` and `local_server`.
pub(super) fn emit(cx: &Context<'_>, introspection: &Introspection, code: &mut Code) {
    let mut handled: Vec<&Command> =
        cx.schema.commands.iter().filter(|command| !builtin::is_answered_by_runtime(cx, command)).collect();
    handled.sort_by(|a, b| a.def.name.cmp(&b.def.name));

    line!(
        code,
        "/// The commands that a server handles: one trait each, so that the compiler can name a missing handler."
    );
    line!(code, "#[doc(hidden)]");
    let markers: Vec<&str> = handled.iter().map(|command| cx.names.command(command).marker.as_str()).collect();
    code.block("pub mod required", |code| {
        handled.iter().for_each(|command| required(cx, command, code));
        code.list(&format!("{}::private::required! {{ ", cx.runtime()), &markers, " }");
    });
    code.gap();

    let in_band = cx.schema.commands.iter().filter(|command| !command.allow_oob);
    let in_band: Vec<&str> = in_band.map(|command| cx.names.command(command).marker.as_str()).collect();
    code.list(&format!("{}::private::in_band! {{ ", cx.runtime()), &in_band, " }");
    code.gap();

    let runtime = cx.runtime();
    code.enclosed(
        &format!("static SCHEMA: {runtime}::private::ServerSchema = {runtime}::private::ServerSchema"),
        "{",
        "};",
        |code| {
            line!(code, "introspection: INTROSPECTION,");
            line!(code, "builtins: r#\"{}\"#,", builtin::undescribed(cx.schema, introspection).join(", "));
        },
    );
    code.gap();
    line!(code, "/// Creates a server for this schema. The state has a handler for each command.");
    line!(code, "#[must_use]");
    line!(code, "pub fn server<S>(state: S) -> {runtime}::Server<S>");
    line!(code, "where");
    code.indented(|code| {
        line!(code, "S: ::std::marker::Send + ::std::marker::Sync + 'static,");
        markers.iter().for_each(|marker| line!(code, "S: required::{marker},"));
    });
    code.block("", |code| {
        line!(code, "// Sorted by name.");
        let entry = |marker: &&str| format!("{runtime}::private::Entry::of::<commands::{marker}>()");
        let entries: Vec<String> = markers.iter().map(entry).collect();
        code.list(&format!("{runtime}::Server::new(state, const {{ &["), &entries, "] }, &SCHEMA)");
    });
    code.gap();
    code.list(&format!("{runtime}::private::local_server! {{ "), &markers, " }");
    code.gap();
}

/// How a handler that changes the state in place is put under a lock.
const EXCLUSIVE: &str = "if it takes `&mut self`, put the state behind a lock: `Mutex<..>`";

/// Why the lock of the whole state is none for the handler of an out-of-band command.
const OUT_OF_BAND: &str = "the command allows out-of-band execution, so it cannot be handled behind the `Mutex` of the \
                           whole state: give it a part of the state of its own, with `&self` handlers";

fn required(cx: &Context<'_>, command: &Command, code: &mut Code) {
    let names = cx.names.command(command);
    let name = &command.def.name;
    let (marker, function) = (&names.marker, &names.function);
    let handle = format!("{}::Handle<super::commands::{marker}>", cx.runtime());
    let place = format!("`{name}` ({})", cx.position(command.def.span)).escape_default().to_string();
    code.enclosed("", "#[diagnostic::on_unimplemented(", ")]", |code| {
        line!(code, "message = \"no handler for command {place}: write it, or leave it out of the selection\",");
        line!(code, "label = \"`{{Self}}` does not handle `{name}`\",");
        line!(code, "note = \"a handler is a function `{function}` with `#[qmp_command]`\",");
        line!(code, "note = \"{}\"", if command.allow_oob { OUT_OF_BAND } else { EXCLUSIVE });
    });
    line!(code, "pub trait {marker}: {handle} {{}}");
}

//! The client side: a method per command, in traits for everything that executes commands, and on the clients.

use crate::model::{Command, has_feature};

use super::context::{Arguments, Context, Scope};
use super::docs;
use super::output::{Code, line};

/// Emits the traits with a method per command, and the clients.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    let is_unstable = |command: &&Command| has_feature(&command.def.features, "unstable");
    let (unstable, stable): (Vec<&Command>, Vec<&Command>) = cx.schema.commands.iter().partition(is_unstable);
    emit_trait(cx, &COMMANDS, &stable, Scope::Root, code);
    code.gap();
    let oob: Vec<&Command> = stable.iter().copied().filter(|command| command.allow_oob).collect();
    if !oob.is_empty() {
        emit_trait(cx, &OUT_OF_BAND, &oob, Scope::Root, code);
        code.gap();
    }
    if !unstable.is_empty() {
        line!(code, "/// The unstable commands, in a module that glob imports do not look into.");
        code.block("pub mod unstable", |code| emit_trait(cx, &UNSTABLE, &unstable, Scope::Submodule, code));
        code.gap();
    }
    emit_clients(cx, &stable, code);
}

/// A trait with methods for some of the commands.
struct CommandTrait {
    name: &'static str,
    docs: &'static str,
    /// The trait of the runtime that executes the commands.
    executor: &'static str,
}

const COMMANDS: CommandTrait = CommandTrait {
    name: "Commands",
    docs: "A method per command, for everything that executes commands: clients, adapters around them, a server in the \
           same process, and a mock of your own.\n\n\
           A function with a parameter `&impl Commands` can make single calls, and return their replies. A sequence of \
           calls has to wait for replies: see `blocking::Commands` and `AsyncCommands`.",
    executor: "Adapt",
};

const UNSTABLE: CommandTrait = CommandTrait {
    name: "UnstableCommands",
    docs: "A method per unstable command. Import this trait to call them: they may change or disappear with the next \
           release of the server.",
    executor: "Execute",
};

const OUT_OF_BAND: CommandTrait = CommandTrait {
    name: "OobCommands",
    docs: "A method per command that may be executed out of band, for what `oob()` returns.",
    executor: "ExecuteOob",
};

fn emit_trait(cx: &Context<'_>, group: &CommandTrait, commands: &[&Command], scope: Scope, code: &mut Code) {
    let CommandTrait { name, docs, executor } = group;
    let executor = format!("{}::client::{executor}", cx.runtime());
    code.doc(docs);
    code.block(format!("pub trait {name}: {executor}"), |code| {
        commands.iter().for_each(|command| method(cx, command, "fn", "Self::Mode", scope, code));
    });
    line!(code, "impl<E: {executor} + ?::std::marker::Sized> {name} for E {{}}");
}

/// The clients have the methods themselves, so that calls need no import.
fn emit_clients(cx: &Context<'_>, commands: &[&Command], code: &mut Code) {
    let runtime = cx.runtime();
    line!(code, "{runtime}::private::typed_client! {{}}");
    code.block(format!("impl<E: {runtime}::client::Execute> TypedClient<E>"), |code| {
        commands.iter().for_each(|command| method(cx, command, "pub fn", "E::Mode", Scope::Root, code));
    });
    code.gap();
    line!(code, "/// The blocking client of this schema, and the trait for code that blocks.");
    code.block("pub mod blocking", |code| {
        line!(code, "/// The blocking client of this schema, with the methods of [`TypedClient`](super::TypedClient).");
        line!(code, "pub type Client = super::TypedClient<{runtime}::blocking::Client>;");
        line!(code, "{runtime}::private::blocking_client!(super::Event, super::INTROSPECTION, super::CONDITIONS);");
    });
    code.gap();
    line!(code, "// Expands to a client whose use is an error if the runtime's feature `tokio` is off.");
    code.block(format!("{runtime}::private::if_tokio!"), |code| {
        line!(code, "/// The asynchronous client of this schema, with the methods of [`TypedClient`].");
        line!(code, "pub type Client = TypedClient<{runtime}::tokio::Client>;");
        line!(code, "{runtime}::private::tokio_client!(Event, INTROSPECTION, CONDITIONS);");
    });
    code.gap();
}

/// A method that sends a command, and waits for the reply as `mode` says.
fn method(cx: &Context<'_>, command: &Command, keyword: &str, mode: &str, scope: Scope, code: &mut Code) {
    let (runtime, names) = (cx.runtime(), cx.names.command(command));
    let marker = format!("{}commands::{}", scope.root_prefix(), names.marker);
    code.doc(&docs::method(cx, command, scope));
    code.attribute(docs::deprecated(cx, &command.def.features, &docs::described(cx, &command.def)).as_deref());
    let takes_fd = cx.takes_fd(command);
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
    let returns = format!("{runtime}::client::Reply<{mode}, {marker}>");
    let fd = if takes_fd { ", fd: impl ::std::os::fd::AsFd" } else { "" };
    code.block(format!("{keyword} {}(&self{parameter}{fd}) -> {returns}", names.function), |code| match takes_fd {
        true => {
            line!(code, "self.execute({runtime}::client::Invocation::<{marker}>::new({value}).with_fd(fd))")
        }
        false => line!(code, "self.call::<{marker}>({value})"),
    });
}

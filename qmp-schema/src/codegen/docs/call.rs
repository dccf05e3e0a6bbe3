//! Examples: how a client calls a command, and the function that handles it.

use crate::model::{Command, has_feature};

use super::super::context::{Arguments, Context, Scope};
use super::super::parameters::{Parameter, fields, parameters};
use super::super::types::shown;

/// The maximum number of optional arguments in an example.
const SHOWN: usize = 2;

/// The width beyond which lines are broken.
const WIDTH: usize = 90;

/// A call by a client, as a section.
pub(super) fn example(cx: &Context<'_>, command: &Command) -> String {
    if !cx.config.side.has_client() {
        return String::new();
    }
    let binding = if command.returns.is_some() { "let reply = " } else { "" };
    let method = &cx.names.command(command).function;
    let arguments = arguments(cx, command);
    let fd = match (cx.takes_fd(command), arguments.is_empty()) {
        (true, true) => "fd",
        (true, false) => ", fd",
        (false, _) => "",
    };
    let call = format!("{binding}client.{method}({arguments}{fd})?;");
    let import = match has_feature(&command.def.features, "unstable") {
        true => "use qmp::unstable::UnstableCommands;\n\n",
        false => "",
    };
    format!("# Call\n\n```text\n{import}{call}\n```")
}

/// The function that handles the command, as a section.
pub(super) fn handler(cx: &Context<'_>, command: &Command) -> String {
    if !cx.config.side.has_server() {
        return String::new();
    }
    let parameters = parameters(cx, command).into_iter().map(|parameter| {
        let name = if parameter.name.is_empty() { "arguments" } else { &parameter.name };
        format!("{name}: {}", shown(&parameter.ty))
    });
    let parameters: Vec<String> = ["&self".to_owned()].into_iter().chain(parameters).collect();
    let head = format!("fn {}(", cx.names.command(command).function);
    let tail = format!(") -> Result<{}>", shown(&cx.return_type(command, Scope::Root)));
    format!("# Handler\n\n```text\n#[qmp_command]\n{}\n```", list(&head, &parameters, &tail))
}

/// The arguments of a call: a value if it converts, else the struct.
fn arguments(cx: &Context<'_>, command: &Command) -> String {
    let fields = fields(cx, command);
    let (optional, required): (Vec<&Parameter>, Vec<&Parameter>) = fields.iter().partition(|field| field.optional);
    let required: Vec<String> = required.iter().map(|field| field.name.clone()).collect();
    let ty = match cx.arguments(command) {
        Arguments::None => return String::new(),
        Arguments::Inline(..) if required.len() == 1 && optional.is_empty() => return required.concat(),
        Arguments::Raw(None) => return "arguments".to_owned(),
        Arguments::Raw(Some(_)) if required.len() == 1 && optional.is_empty() => return required.concat(),
        _ => shown(&cx.call_type(command, Scope::Root)),
    };
    if required.is_empty() && optional.is_empty() {
        return "()".to_owned();
    }
    let minimum = list(&format!("{ty}::new("), &required, ")");
    let recommended = optional.iter().filter(|field| !field.deprecated).take(SHOWN);
    let setters: Vec<String> = recommended.map(|field| format!(".{0}({0})", field.name)).collect();
    let line = format!("{minimum}{}", setters.concat());
    if line.len() <= WIDTH || setters.is_empty() {
        return line;
    }
    let setters: Vec<String> = setters.iter().map(|setter| indented(&indented(setter))).collect();
    format!("\n{}\n{},\n", indented(&minimum), setters.join("\n"))
}

/// `HEAD ITEM, ITEM TAIL` on one line if it fits, else with an item per line.
fn list(head: &str, items: &[String], tail: &str) -> String {
    let line = format!("{head}{}{tail}", items.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let items: String = items.iter().map(|item| indented(item) + ",\n").collect();
    format!("{head}\n{items}{tail}")
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

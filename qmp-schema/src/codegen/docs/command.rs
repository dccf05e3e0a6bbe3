//! The rustdoc of a command: its arguments, its return value, its events, how it is called and handled.

use std::collections::HashSet;

use crate::model::{Command, Doc, TypeId, TypeKind};

use super::super::context::{Arguments, Context, Scope};
use super::super::parameters::{Parameter, fields};
use super::super::types::shown;
use super::markdown::Markdown;
use super::{body, call, described, doc_of, facts, features, joined, only_in, sections};

/// The rustdoc of a command's marker type, which has everything.
pub(in super::super) fn marker(cx: &Context<'_>, command: &Command) -> String {
    let def = &command.def;
    let body = body(cx, def, Scope::Submodule);
    let (first, last) = if body.is_empty() { (facts(cx, def), body) } else { (body, facts(cx, def)) };
    let mut paragraphs = vec![first, arguments(cx, command), returns(cx, command)];
    paragraphs.extend(sections(cx, def, Scope::Submodule, |tag| tag != RETURNS));
    paragraphs.push(events(cx, command));
    paragraphs.push(features(cx, &def.features, &described(cx, def), Scope::Submodule));
    paragraphs.push(call::example(cx, command));
    paragraphs.push(call::handler(cx, command));
    paragraphs.push(last);
    joined(&paragraphs)
}

/// The rustdoc of a client's method: what the command is for, its arguments, the type that it returns, and a link to
/// everything else.
pub(in super::super) fn method(cx: &Context<'_>, command: &Command, scope: Scope) -> String {
    let body = doc_of(cx, &command.def).map(|doc| doc.body.split("\n\n").next().unwrap_or_default());
    let first = Markdown::new(&cx.links, scope).text(body.unwrap_or_default());
    let (root, names) = (scope.root_prefix(), cx.names.command(command));
    let mut sends = format!("Sends [`{}`]({root}commands::{})", command.def.name, names.marker);
    let (optional, required): (Vec<_>, Vec<_>) = fields(cx, command).into_iter().partition(|field| field.optional);
    for (label, fields) in [(" with", required), ("; optional:", optional)] {
        let quoted: Vec<String> = fields.iter().map(|field| format!("`{}`", field.wire_name)).collect();
        if !quoted.is_empty() {
            sends += &format!("{label} {}", quoted.join(", "));
        }
    }
    let returns = command.returns.map(|id| format!(" Returns {}.", linked(cx, id, scope)));
    joined(&[first, sends + "." + &returns.unwrap_or_default(), only_in(cx, command.def.versions)])
}

const RETURNS: &str = "Returns";

/// What a handler of a command with `'gen': false` has to know.
const RAW: &str = "The schema says `'gen': false`: a handler gets the arguments unchecked, as a map. `try_from` converts the map into the struct.";

/// The arguments, each with a link to the field that has its documentation.
fn arguments(cx: &Context<'_>, command: &Command) -> String {
    let arguments = cx.arguments(command);
    match arguments {
        Arguments::None => return String::new(),
        Arguments::Raw(None) => return "# Arguments\n\nAny members.".to_owned(),
        Arguments::Raw(Some(_)) | Arguments::Inline(_) | Arguments::Named(_) => {}
    }
    let path = cx.call_type(command, Scope::Submodule);
    let field = |field: Parameter| {
        let deprecated = if field.deprecated { ", deprecated" } else { "" };
        let ty = shown(&field.ty);
        format!("- [`{}`](field@{path}::{}): `{ty}`{deprecated}\n", field.wire_name, field.name)
    };
    let list: String = fields(cx, command).into_iter().map(field).collect();
    let intro = format!("# Arguments\n\nThe fields of [`{}`]({path})", shown(&path));
    let fields = if list.is_empty() { intro + ", which has none." } else { format!("{intro}:\n\n{}", list.trim_end()) };
    let is_raw = matches!(arguments, Arguments::Raw(_));
    joined(&[fields, if is_raw { RAW.to_owned() } else { String::new() }])
}

/// The return type, and what the documentation says about the return value.
fn returns(cx: &Context<'_>, command: &Command) -> String {
    let text = doc_of(cx, &command.def).and_then(|doc| doc.section(RETURNS)).unwrap_or_default();
    let ty = match command.returns {
        Some(id) => capitalized(&linked(cx, id, Scope::Submodule)),
        None if !command.success_response => "Nothing, and no reply on success".to_owned(),
        None => String::new(),
    };
    let repeats_type = command.returns.is_some_and(|id| text.trim_start_matches('@') == cx.schema.ty(id).def.name);
    let text = if repeats_type { "" } else { text };
    let label = if ty.is_empty() || text.is_empty() { ty } else { ty + ": " };
    match Markdown::new(&cx.links, Scope::Submodule).labelled(&label, text) {
        text if text.is_empty() => text,
        text => format!("# {RETURNS}\n\n{text}"),
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

/// A type with a link, if it has a name: `` a list of [`BlockInfo`](super::BlockInfo) ``.
fn linked(cx: &Context<'_>, id: TypeId, scope: Scope) -> String {
    match &cx.schema.ty(id).kind {
        TypeKind::Array(element) => format!("a list of {}", linked(cx, *element, scope)),
        _ => {
            let path = cx.value_type(id, scope);
            let name = shown(&path);
            match cx.types.contains(&id) {
                true if path == name => format!("[`{name}`]"),
                true => format!("[`{name}`]({path})"),
                false => format!("`{name}`"),
            }
        }
    }
}

/// The events that the documentation names.
fn events(cx: &Context<'_>, command: &Command) -> String {
    let Some(doc) = doc_of(cx, &command.def) else { return String::new() };
    let words: HashSet<&str> = texts(doc).flat_map(words).collect();
    let named = cx.schema.events.iter().filter(|event| words.contains(event.def.name.as_str()));
    let links: Vec<String> =
        named.map(|event| format!("- [`{}`](super::events::{})", event.def.name, cx.names.event(event).data)).collect();
    if links.is_empty() { String::new() } else { format!("# Events\n\nNamed above:\n\n{}", links.join("\n")) }
}

fn texts(doc: &Doc) -> impl Iterator<Item = &str> {
    let parts = doc.members.iter().chain(&doc.features).chain(&doc.sections);
    [doc.body.as_str()].into_iter().chain(parts.map(|(_, text)| text.as_str()))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
}

//! Documentation: what stands above each generated item.
//!
//! The schema's text, if it is wanted, and in any case what the schema itself says: the name on the wire, where it is
//! defined, conditions, features.

mod inline;
mod markdown;

use crate::model::{Branch, Command, Condition, Definition, Described, Doc, EnumValue, Feature, Member};

use super::context::{Context, Scope};
use markdown::Markdown;

/// A type, the marker of a command, or an event.
pub(super) fn definition(cx: &Context<'_>, def: &Definition, scope: Scope) -> String {
    let mut paragraphs = Vec::new();
    if let Some(doc) = doc_of(cx, def) {
        let markdown = Markdown::new(&cx.links, scope);
        paragraphs.push(markdown.text(&doc.body));
        paragraphs.extend(doc.sections.iter().map(|(tag, text)| section(&markdown, tag, text)));
    }
    paragraphs.push(features(cx, &def.features, &described(cx, def), scope));
    paragraphs.push(facts(cx, def));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n")
}

/// A client's method: what the command is for; the rest stands at its marker.
pub(super) fn method(cx: &Context<'_>, command: &Command, marker: &str) -> String {
    let name = &command.def.name;
    let scope = if marker.starts_with("super::") { Scope::Submodule } else { Scope::Root };
    let body = doc_of(cx, &command.def).map(|doc| doc.body.split("\n\n").next().unwrap_or_default());
    let first = body.map(|body| Markdown::new(&cx.links, scope).text(body)).unwrap_or_default();
    let separator = if first.is_empty() { "" } else { "\n\n" };
    format!("{first}{separator}[`{name}`]({marker})")
}

/// What `#[deprecated]` has behind it.
pub(super) fn deprecation(cx: &Context<'_>, def: &Definition) -> String {
    let doc = doc_of(cx, def);
    let text = doc.and_then(|doc| doc.features.iter().find(|(name, _)| name == "deprecated")).map(|(_, text)| text);
    text.map_or(String::new(), |text| format!("(note = {:?})", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// What the documentation of a definition says of its parts.
pub(super) fn described<'a>(cx: &Context<'_>, def: &'a Definition) -> Described<'a> {
    if cx.config.docs { def.described() } else { Described::default() }
}

/// A field. `described` is what the definition that the member is written in says.
pub(super) fn member(cx: &Context<'_>, member: &Member, described: &Described<'_>, scope: Scope) -> String {
    part(cx, &member.name, described, &member.condition, &member.features, scope)
}

/// A variant of an enum.
pub(super) fn value(cx: &Context<'_>, value: &EnumValue, described: &Described<'_>) -> String {
    part(cx, &value.name, described, &value.condition, &value.features, Scope::Root)
}

/// A variant of an alternate.
pub(super) fn branch(cx: &Context<'_>, branch: &Branch, described: &Described<'_>) -> String {
    part(cx, &branch.name, described, &branch.condition, &[], Scope::Root)
}

/// Member, value or branch: its name, what the documentation says of it, features, condition.
fn part(
    cx: &Context<'_>,
    name: &str,
    described: &Described<'_>,
    condition: &Condition,
    of_features: &[Feature],
    scope: Scope,
) -> String {
    let text = described.members.get(name).copied().unwrap_or_default();
    let mut docs = match text.is_empty() {
        true => format!("`{name}`"),
        false => Markdown::new(&cx.links, scope).labelled(&format!("`{name}`: "), text),
    };
    for paragraph in [features(cx, of_features, described, scope), only_if(condition)] {
        if !paragraph.is_empty() {
            docs += &format!("\n\n{paragraph}");
        }
    }
    docs
}

/// A tagged section; without a tag it is mere text.
fn section(markdown: &Markdown<'_>, tag: &str, text: &str) -> String {
    match tag {
        "Since" | "TODO" => String::new(),
        "" => markdown.text(text),
        "Example" | "Examples" => format!("# {tag}\n\n{}", markdown.example(text)),
        "Note" | "Notes" => markdown.labelled(&format!("**{tag}:** "), text),
        _ => format!("# {tag}\n\n{}", markdown.text(text)),
    }
}

/// What the documentation says of each feature, or its name.
fn features(cx: &Context<'_>, features: &[Feature], described: &Described<'_>, scope: Scope) -> String {
    let feature = |feature: &Feature| {
        let label = match feature.name.as_str() {
            "deprecated" => "**Deprecated**".to_owned(),
            "unstable" => "**Unstable**".to_owned(),
            name => format!("Feature `{name}`"),
        };
        let text = described.features.get(&*feature.name).filter(|text| !text.is_empty());
        let text = text
            .map_or(format!("{label}."), |text| Markdown::new(&cx.links, scope).labelled(&format!("{label}: "), text));
        // What is more than a paragraph may end with a fence or a list.
        let separator = if text.contains("\n\n") { "\n\n" } else { " " };
        match only_if(&feature.condition) {
            condition if condition.is_empty() => text,
            condition => text + separator + &condition,
        }
    };
    features.iter().map(feature).collect::<Vec<_>>().join("\n\n")
}

/// Name, place, first release, condition: one line.
fn facts(cx: &Context<'_>, def: &Definition) -> String {
    let mut facts = format!("`{}`", def.name);
    let position = cx.position(def.span);
    if !position.is_empty() {
        facts += &format!(", `{position}`");
    }
    if let Some(since) = doc_of(cx, def).and_then(|doc| doc.section("Since")) {
        facts += &format!(", since {}", inline::escaped(since.trim()));
    }
    let condition = only_if(&def.condition);
    if condition.is_empty() { facts } else { format!("{facts}. {condition}") }
}

fn only_if(condition: &Condition) -> String {
    match condition {
        Condition::Always => String::new(),
        condition => format!("Only if `{}`.", expression(condition)),
    }
}

fn expression(condition: &Condition) -> String {
    let joined = |conditions: &[Condition], operator: &str| {
        let operands: Vec<String> = conditions.iter().map(expression).collect();
        format!("({})", operands.join(operator))
    };
    match condition {
        Condition::Always => String::new(),
        Condition::Name(name) => name.clone(),
        Condition::All(all) => joined(all, " && "),
        Condition::Any(any) => joined(any, " || "),
        Condition::Not(not) => format!("!{}", expression(not)),
    }
}

fn doc_of<'a>(cx: &Context<'_>, def: &'a Definition) -> Option<&'a Doc> {
    def.doc.as_ref().filter(|_| cx.config.docs)
}

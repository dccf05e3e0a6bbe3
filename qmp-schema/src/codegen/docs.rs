//! Writes the rustdoc of each generated item.
//!
//! It has the schema's documentation, unless that is switched off, and always the facts of the definition: the name on the
//! wire, the position in the schema, conditions, features.

mod call;
mod command;
mod inline;
mod markdown;

use crate::markup::{Block, blocks};
use crate::model::{Branch, Condition, Definition, Described, Doc, EnumValue, Feature, Member, Versions, has_feature};

use super::context::{Context, Scope};
pub(super) use command::{marker, method};
use markdown::Markdown;

/// The rustdoc of a type or an event.
pub(super) fn definition(cx: &Context<'_>, def: &Definition, scope: Scope) -> String {
    let mut paragraphs = vec![body(cx, def, scope)];
    paragraphs.extend(sections(cx, def, scope, |_| true));
    paragraphs.push(features(cx, &def.features, &described(cx, def), scope));
    paragraphs.push(facts(cx, def));
    joined(&paragraphs)
}

/// Returns whether something has the attribute `#[deprecated]`. Bindings for servers have none: to handle or to send something
/// deprecated is no mistake.
pub(super) fn is_deprecated(cx: &Context<'_>, of_features: &[Feature]) -> bool {
    cx.config.side.has_client() && has_feature(of_features, DEPRECATED)
}

/// The attribute `#[deprecated]`, if something has it.
pub(super) fn deprecated(cx: &Context<'_>, of_features: &[Feature], described: &Described<'_>) -> Option<String> {
    if !is_deprecated(cx, of_features) {
        return None;
    }
    let text = described.features.get(DEPRECATED).map(|text| first_paragraph(text)).unwrap_or_default();
    Some(match text.is_empty() {
        true => "#[deprecated]".to_owned(),
        false => format!("#[deprecated(note = {text:?})]"),
    })
}

/// Returns the documentation of the parts of a definition.
pub(super) fn described<'a>(cx: &Context<'_>, def: &'a Definition) -> Described<'a> {
    if cx.config.docs { def.described() } else { Described::default() }
}

/// The rustdoc of a field. `described` is the documentation of the definition that the member is part of.
pub(super) fn member(cx: &Context<'_>, member: &Member, described: &Described<'_>, scope: Scope) -> String {
    let known = Known { condition: &member.condition, features: &member.features, versions: member.versions };
    part(cx, &member.name, described, known, scope)
}

/// The rustdoc of a variant of an enum.
pub(super) fn value(cx: &Context<'_>, value: &EnumValue, described: &Described<'_>) -> String {
    let known = Known { condition: &value.condition, features: &value.features, versions: value.versions };
    part(cx, &value.name, described, known, Scope::Root)
}

/// The rustdoc of a variant of an alternate.
pub(super) fn branch(cx: &Context<'_>, branch: &Branch, described: &Described<'_>) -> String {
    let known = Known { condition: &branch.condition, features: &[], versions: branch.versions };
    part(cx, &branch.name, described, known, Scope::Root)
}

const DEPRECATED: &str = "deprecated";

/// Begins the first line of something deprecated. Readers of the documentation do not see rustc's warning.
const MARK: &str = "**Deprecated.** ";

/// The facts about a member, value or branch.
struct Known<'a> {
    condition: &'a Condition,
    features: &'a [Feature],
    versions: Versions,
}

/// A member, value or branch: its name, what the documentation says of it, features, versions, condition.
fn part(cx: &Context<'_>, name: &str, described: &Described<'_>, known: Known<'_>, scope: Scope) -> String {
    let text = described.members.get(name).copied().unwrap_or_default();
    let label = format!("{}`{name}`", mark(known.features));
    let label = if text.is_empty() { label } else { label + ": " };
    let text = Markdown::new(&cx.links, scope).labelled(&label, text);
    let features = features(cx, known.features, described, scope);
    joined(&[text, features, only_in(cx, known.versions), only_if(known.condition)])
}

/// The text in front of all sections.
fn body(cx: &Context<'_>, def: &Definition, scope: Scope) -> String {
    let text = doc_of(cx, def).map(|doc| doc.body.as_str()).unwrap_or_default();
    Markdown::new(&cx.links, scope).labelled(mark(&def.features), text)
}

fn mark(of_features: &[Feature]) -> &'static str {
    if has_feature(of_features, DEPRECATED) { MARK } else { "" }
}

/// The sections with a tag that `is_wanted`.
fn sections(cx: &Context<'_>, def: &Definition, scope: Scope, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let markdown = Markdown::new(&cx.links, scope);
    let sections = doc_of(cx, def).map(|doc| doc.sections.as_slice()).unwrap_or_default();
    sections.iter().filter(|(tag, _)| is_wanted(tag)).map(|(tag, text)| section(&markdown, tag, text)).collect()
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

/// The documentation of each feature, or its name. [`MARK`] has named `deprecated` already.
fn features(cx: &Context<'_>, features: &[Feature], described: &Described<'_>, scope: Scope) -> String {
    let feature = |feature: &Feature| {
        let label = match feature.name.as_str() {
            DEPRECATED => "**Deprecated**".to_owned(),
            "unstable" => "**Unstable**".to_owned(),
            name => format!("Feature `{name}`"),
        };
        let text = described.features.get(&*feature.name).filter(|text| !text.is_empty());
        let condition = only_if(&feature.condition);
        let text = match text {
            Some(text) => Markdown::new(&cx.links, scope).labelled(&format!("{label}: "), text),
            None if feature.name == DEPRECATED && condition.is_empty() => String::new(),
            None => format!("{label}."),
        };
        // More than a paragraph may end with a fence or a list.
        let separator = if text.contains("\n\n") { "\n\n" } else { " " };
        if condition.is_empty() { text } else { text + separator + &condition }
    };
    joined(&features.iter().map(feature).collect::<Vec<_>>())
}

/// Name, position, first release, versions, condition: one line.
fn facts(cx: &Context<'_>, def: &Definition) -> String {
    let mut facts = format!("`{}`", def.name);
    let position = cx.position(def.span);
    if !position.is_empty() {
        facts += &format!(", `{position}`");
    }
    if let Some(since) = doc_of(cx, def).and_then(|doc| doc.section("Since")) {
        facts += &format!(", since {}", inline::escaped(since.trim()));
    }
    let sentences = [only_in(cx, def.versions), only_if(&def.condition)];
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).filter(|sentence| !sentence.is_empty()).collect();
    if sentences.is_empty() { facts } else { format!("{facts}. {}", sentences.join(" ")) }
}

/// The versions that have something, if some lack it.
fn only_in(cx: &Context<'_>, versions: Versions) -> String {
    cx.schema.describe_versions(versions).map(|text| inline::escaped(&text)).unwrap_or_default()
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

/// The first paragraph of a text, without markup.
fn first_paragraph(text: &str) -> String {
    match blocks(text).first() {
        Some(Block::Paragraph(lines)) => inline::plain(&lines.join(" ")),
        _ => String::new(),
    }
}

/// Paragraphs with an empty line between each two.
fn joined(paragraphs: &[String]) -> String {
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    paragraphs.join("\n\n")
}

fn doc_of<'a>(cx: &Context<'_>, def: &'a Definition) -> Option<&'a Doc> {
    def.doc.as_ref().filter(|_| cx.config.docs)
}

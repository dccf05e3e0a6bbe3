//! Markup within a paragraph: literals, references, emphasis, addresses. Everything else is escaped.

use super::html::{code, escape};
use super::links::Links;

/// Converts the text of a paragraph.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find(['`', '@', ':', 'h', '*']) {
        let (plain, special) = rest.split_at(at);
        out.push_str(&escape(plain));
        before = plain.chars().next_back().unwrap_or(before);
        let (html, used) = markup(special, before, links).unwrap_or_else(|| (escape(&special[..1]), 1));
        out.push_str(&html);
        before = special[..used].chars().next_back().unwrap_or(before);
        rest = &special[used..];
    }
    out + &escape(rest)
}

/// What the text begins with, as HTML, and its length; none for a plain character.
fn markup(text: &str, before: char, links: &Links<'_>) -> Option<(String, usize)> {
    if let Some(literal) = between(text, "``") {
        return Some((links.named(literal), literal.len() + 4));
    }
    if let Some(target) = between(text, "`") {
        return Some((reference(target, links), target.len() + 2));
    }
    if before.is_alphanumeric() {
        return None;
    }
    if let Some(role) = role(text) {
        let target = between(&text[role..], "`")?;
        return Some((reference(target, links), role + target.len() + 2));
    }
    if let Some(strong) = between(text, "**") {
        return Some((format!("<strong>{}</strong>", escape(strong)), strong.len() + 4));
    }
    if let Some(emphasis) = between(text, "*").filter(|text| !text.starts_with(' ') && !text.ends_with(' ')) {
        return Some((format!("<em>{}</em>", escape(emphasis)), emphasis.len() + 2));
    }
    if let Some(name) = text.strip_prefix('@').map(name).filter(|name| !name.is_empty()) {
        return Some((links.named(name), name.len() + 1));
    }
    address(text).map(|url| (format!("<a href=\"{0}\">{0}</a>", escape(url)), url.len()))
}

/// `text <target>`, `~target`, or a name.
fn reference(target: &str, links: &Links<'_>) -> String {
    let text = target.split_once('<').map_or(target, |(text, _)| text).trim().trim_start_matches(['~', '!']);
    match links.address(text) {
        Some(_) => links.named(text),
        None if text.contains(' ') => format!("<em>{}</em>", escape(text)),
        None => code(text),
    }
}

/// The text between two delimiters at the beginning of `text`.
fn between<'t>(text: &'t str, delimiter: &str) -> Option<&'t str> {
    let inner = text.strip_prefix(delimiter)?;
    let found = &inner[..inner.find(delimiter)?];
    (!found.trim().is_empty() && !found.contains('`')).then_some(found)
}

/// The length of a role such as `:ref:` in front of a backtick.
fn role(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(':')?;
    let end = inner.find(":`")?;
    let is_role = inner[..end].bytes().all(|byte| byte.is_ascii_lowercase() || b":-".contains(&byte));
    (end > 0 && is_role).then_some(end + 2)
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-'])
}

fn address(text: &str) -> Option<&str> {
    let is_address = text.starts_with("http://") || text.starts_with("https://");
    let end = text.find(|c: char| c.is_whitespace() || "<>()\"'`".contains(c)).unwrap_or(text.len());
    is_address.then(|| text[..end].trim_end_matches(['.', ',', ';', ':']))
}

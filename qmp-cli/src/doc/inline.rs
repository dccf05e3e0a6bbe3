//! Markup within a paragraph: literals, references, emphasis, addresses. Everything else is escaped.

use qmp_schema::markup::{Markup, markup};

use super::html::escape;
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
        let (html, used) = html(special, before, links).unwrap_or_else(|| (escape(&special[..1]), 1));
        out.push_str(&html);
        before = special[..used].chars().next_back().unwrap_or(before);
        rest = &special[used..];
    }
    out + &escape(rest)
}

/// What the text begins with, as HTML, and its length; none for a plain character.
fn html(text: &str, before: char, links: &Links<'_>) -> Option<(String, usize)> {
    let (markup, len) = markup(text, before)?;
    let html = match markup {
        Markup::Literal(text) | Markup::Name(text) => links.named(text),
        // The title of a section elsewhere.
        Markup::Reference(text) if text.contains(' ') => format!("<em>{}</em>", escape(text)),
        Markup::Reference(text) => links.named(text),
        Markup::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Markup::Emphasis(text) => format!("<em>{}</em>", escape(text)),
        Markup::Address(url) => format!("<a href=\"{0}\">{0}</a>", escape(url)),
    };
    Some((html, len))
}

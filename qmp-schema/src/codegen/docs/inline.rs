//! Converts the markup within a line.

use crate::markup::{Markup, Piece, pieces};

/// The characters that Markdown or rustdoc would take for markup.
const ESCAPED: &str = "<>[]\\`&";

/// Converts running text: `@name`, ``literals``, roles and addresses become Markdown, everything that Markdown or rustdoc would
/// take for markup is escaped. `link` returns the path that a name links to.
pub(super) fn convert(text: &str, link: &impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for piece in pieces(text) {
        match piece {
            Piece::Plain(text) => push_escaped(&mut out, text),
            Piece::Markup(markup) => out.push_str(&markdown(markup, link)),
        }
    }
    out
}

/// Converts running text to text for a terminal: names in backticks, no other markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(text) => out.push_str(text),
            Piece::Markup(Markup::Literal(name) | Markup::Reference(name) | Markup::Name(name)) => {
                out.push_str(&format!("`{name}`"));
            }
            Piece::Markup(markup) => out.push_str(markup.text()),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes text in which nothing is markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Escapes what only counts at the beginning of a line.
pub(super) fn at_line_start(text: &str) -> String {
    match text.starts_with(['#', '=', '+', '-', '~', '|']) {
        true => format!("\\{text}"),
        false => text.to_owned(),
    }
}

fn markdown(markup: Markup<'_>, link: &impl Fn(&str) -> Option<String>) -> String {
    match markup {
        Markup::Literal(text) | Markup::Reference(text) | Markup::Name(text) => code(text, link),
        Markup::Strong(text) => format!("**{}**", convert(text, link)),
        Markup::Emphasis(text) => format!("*{}*", convert(text, link)),
        Markup::Address(address) => format!("<{address}>"),
        Markup::Link { text, address } => format!("[{}](<{address}>)", escaped(text)),
    }
}

/// A code span, a link if the name is that of something generated.
fn code(text: &str, link: &impl Fn(&str) -> Option<String>) -> String {
    match link(text) {
        Some(path) if path == text => format!("[`{text}`]"),
        Some(path) => format!("[`{text}`]({path})"),
        None => format!("`{}`", text.trim().replace('\n', " ")),
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        if ESCAPED.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
}

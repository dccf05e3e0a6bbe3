//! Markup within a line.

use crate::markup::{self, Markup};

/// What Markdown or rustdoc would take for markup.
const ESCAPED: &str = "<>[]\\`&";

/// What may be markup in the source or is escaped; `h` begins an address.
const SPECIAL: &str = "`@:h<>[]\\&";

/// Converts running text: `@name`, ``literals``, roles and addresses become Markdown, everything that Markdown or rustdoc would
/// take for markup is escaped. `link` tells the path of what a name can link to.
pub(super) fn convert(text: &str, link: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find(|c| SPECIAL.contains(c)) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let used = match markup(special, before, &link) {
            Some((markup, used)) => {
                out.push_str(&markup);
                used
            }
            None => {
                push_escaped(&mut out, &special[..1]);
                1
            }
        };
        before = special[..used].chars().next_back().unwrap_or(before);
        rest = &special[used..];
    }
    out + rest
}

/// Plain text: nothing in it is markup.
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

/// What the text begins with, converted, and its length; none for a plain character, and for what Markdown has alike.
fn markup(text: &str, before: char, link: &impl Fn(&str) -> Option<String>) -> Option<(String, usize)> {
    let (markup, len) = markup::markup(text, before)?;
    match markup {
        Markup::Literal(text) | Markup::Reference(text) | Markup::Name(text) => Some((code(text, link), len)),
        Markup::Address(address) => Some((format!("<{address}>"), len)),
        Markup::Strong(_) | Markup::Emphasis(_) => None,
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

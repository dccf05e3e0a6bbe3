//! Markup within a paragraph: literals, references, emphasis, addresses. Everything else is escaped.

use qmp_schema::markup::{Markup, markup};

use super::html::escape;
use super::links::Links;

/// Converts the text of a paragraph.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    cut(text, |piece| match piece {
        Piece::Plain(text) => out.push_str(&escape(text)),
        Piece::Markup(markup) => out.push_str(&html(markup, links)),
    });
    out
}

/// The text of a paragraph without its markup, on one line.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    cut(text, |piece| match piece {
        Piece::Plain(text)
        | Piece::Markup(
            Markup::Literal(text)
            | Markup::Name(text)
            | Markup::Reference(text)
            | Markup::Strong(text)
            | Markup::Emphasis(text)
            | Markup::Address(text),
        ) => out.push_str(text),
    });
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

enum Piece<'t> {
    Plain(&'t str),
    Markup(Markup<'t>),
}

fn cut<'t>(text: &'t str, mut take: impl FnMut(Piece<'t>)) {
    let mut rest = text;
    let mut before = ' ';
    while let Some(at) = rest.find(['`', '@', ':', 'h', '*']) {
        let (plain, special) = rest.split_at(at);
        take(Piece::Plain(plain));
        before = plain.chars().next_back().unwrap_or(before);
        let (piece, used) = match markup(special, before) {
            Some((markup, used)) => (Piece::Markup(markup), used),
            None => (Piece::Plain(&special[..1]), 1),
        };
        take(piece);
        before = special[..used].chars().next_back().unwrap_or(before);
        rest = &special[used..];
    }
    take(Piece::Plain(rest));
}

fn html(markup: Markup<'_>, links: &Links<'_>) -> String {
    match markup {
        Markup::Literal(text) | Markup::Name(text) => links.named(text),
        // The title of a section elsewhere.
        Markup::Reference(text) if text.contains(' ') => format!("<em>{}</em>", escape(text)),
        Markup::Reference(text) => links.named(text),
        Markup::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Markup::Emphasis(text) => format!("<em>{}</em>", escape(text)),
        Markup::Address(url) => format!("<a href=\"{0}\">{0}</a>", escape(url)),
    }
}

//! Converts the markup within a paragraph: literals, references, emphasis, addresses. All other text is escaped.

use qmp_schema::markup::{Markup, Piece, pieces};

use super::html::escape;
use super::links::Links;

/// Converts the text of a paragraph.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    let html = |piece| match piece {
        Piece::Plain(text) => escape(text),
        Piece::Markup(markup) => html(markup, links),
    };
    pieces(text).map(html).collect()
}

fn html(markup: Markup<'_>, links: &Links<'_>) -> String {
    match markup {
        Markup::Literal(text) | Markup::Name(text) => links.named(text),
        // The title of a section of another document.
        Markup::Reference(text) if text.contains(' ') => format!("<em>{}</em>", escape(text)),
        Markup::Reference(text) => links.reference(text),
        Markup::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Markup::Emphasis(text) => format!("<em>{}</em>", escape(text)),
        Markup::Address(url) => format!("<a href=\"{0}\">{0}</a>", escape(url)),
        Markup::Link { text, address } => format!("<a href=\"{}\">{}</a>", escape(address), escape(text)),
    }
}

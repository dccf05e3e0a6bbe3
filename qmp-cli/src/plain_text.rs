//! Documentation as plain text: without its markup.

use qmp_schema::markup::{Piece, pieces};

/// Removes the markup within the text of a paragraph. Line breaks stay.
pub(crate) fn without_markup(text: &str) -> String {
    let plain = |piece| match piece {
        Piece::Plain(text) => text,
        Piece::Markup(markup) => markup.text(),
    };
    pieces(text).map(plain).collect()
}

/// Removes the markup within the text of a paragraph and puts it on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    without_markup(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

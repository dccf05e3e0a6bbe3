//! The markup of QAPI's documentation to HTML.

use qmp_schema::markup::{self, Block, blocks};

use super::html::pre;
use super::inline;
use super::links::Links;

/// Text with all its markup.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    all(&blocks(text), links)
}

/// An example, as it is.
pub(super) fn example(text: &str) -> String {
    pre(&markup::literal(text).join("\n"))
}

fn all(blocks: &[Block<'_>], links: &Links<'_>) -> String {
    blocks.iter().map(|block| one(block, links)).collect()
}

fn one(block: &Block<'_>, links: &Links<'_>) -> String {
    match block {
        Block::Paragraph(lines) => paragraph(&lines.join("\n"), links),
        Block::List { start: None, items } => format!("<ul>\n{}</ul>\n", list(items, links)),
        Block::List { start: Some(1), items } => format!("<ol>\n{}</ol>\n", list(items, links)),
        Block::List { start: Some(start), items } => format!("<ol start=\"{start}\">\n{}</ol>\n", list(items, links)),
        Block::Literal(lines) => pre(&lines.join("\n")),
        Block::Example { title, lines } => {
            let title = title.map(|title| paragraph(&format!("{title}:"), links));
            title.unwrap_or_default() + &pre(&lines.join("\n"))
        }
        Block::Admonition { kind, blocks } => {
            format!("<aside class=\"{kind}\">\n{}</aside>\n", all(blocks, links))
        }
    }
}

fn paragraph(text: &str, links: &Links<'_>) -> String {
    format!("<p>{}</p>\n", inline::convert(text, links))
}

fn list(items: &[Vec<Block<'_>>], links: &Links<'_>) -> String {
    items.iter().map(|blocks| format!("<li>{}</li>\n", all(blocks, links))).collect()
}

//! Converts the markup of QAPI's documentation to HTML.

use qmp_schema::markup::{self, Block, Cell, Row, Table, blocks};

use super::highlight::pre;
use super::inline;
use super::links::Links;

/// Converts a text.
pub(super) fn convert(text: &str, links: &Links<'_>) -> String {
    all(&blocks(text), links)
}

/// Converts an example, of which all text is literal.
pub(super) fn example(text: &str) -> String {
    pre(&markup::literal(text).join("\n"))
}

/// Converts blocks.
pub(super) fn all(blocks: &[Block<'_>], links: &Links<'_>) -> String {
    blocks.iter().map(|block| one(block, links)).collect()
}

/// Converts a block.
pub(super) fn one(block: &Block<'_>, links: &Links<'_>) -> String {
    let inline = |text| inline::convert(text, links);
    match block {
        Block::Heading(heading) => format!("<p><strong>{}</strong></p>\n", inline(heading.title)),
        Block::Paragraph(lines) => paragraph(&lines.join("\n"), links),
        Block::List { start: None, items } => format!("<ul>\n{}</ul>\n", list(items, links)),
        Block::List { start: Some(1), items } => format!("<ol>\n{}</ol>\n", list(items, links)),
        Block::List { start: Some(start), items } => format!("<ol start=\"{start}\">\n{}</ol>\n", list(items, links)),
        Block::Literal(lines) => pre(&lines.join("\n")),
        Block::Table(table) => self::table(table, links),
        Block::Example { title, blocks } => {
            let title = title.map(|title| format!("<p class=\"label\">{}</p>\n", inline(title))).unwrap_or_default();
            format!("<div class=\"example\">\n{title}{}</div>\n", all(blocks, links))
        }
        Block::Admonition { kind, label, blocks } => {
            let label = format!("<p class=\"label\">{}</p>\n", inline(label));
            format!("<aside class=\"{kind}\">\n{label}{}</aside>\n", all(blocks, links))
        }
    }
}

fn paragraph(text: &str, links: &Links<'_>) -> String {
    format!("<p>{}</p>\n", inline::convert(text, links))
}

fn list(items: &[Vec<Block<'_>>], links: &Links<'_>) -> String {
    items.iter().map(|blocks| format!("<li>{}</li>\n", all(blocks, links))).collect()
}

/// Converts a table, in a box that scrolls, because the table may be wider than the page.
fn table(table: &Table<'_>, links: &Links<'_>) -> String {
    let cell = |cell: &Cell<'_>, tag: &str| {
        let span = if cell.columns > 1 { format!(" colspan=\"{}\"", cell.columns) } else { String::new() };
        format!("<{tag}{span}>{}</{tag}>", inline::convert(&cell.lines.join("\n"), links))
    };
    let row = |row: &Row<'_>, tag: &str| {
        let cells: String = row.iter().map(|part| cell(part, tag)).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let caption = table.caption.map(|caption| format!("<caption>{}</caption>\n", inline::convert(caption, links)));
    let header: String = table.header.iter().map(|cells| row(cells, "th")).collect();
    let header = if header.is_empty() { header } else { format!("<thead>\n{header}</thead>\n") };
    let rows: String = table.rows.iter().map(|cells| row(cells, "td")).collect();
    let caption = caption.unwrap_or_default();
    format!("<div class=\"wide\"><table>\n{caption}{header}<tbody>\n{rows}</tbody>\n</table></div>\n")
}

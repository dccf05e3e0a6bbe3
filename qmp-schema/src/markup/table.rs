//! Tables: grids of `+---+`, and simple tables of `===  ===`. Text that is neither is shown as it is.

mod grid;
mod simple;

use super::block::{Block, push_filled};
use super::lines::as_they_are;

/// The largest number of columns. Bounded because a short row below a long border has as many cells as a long row.
const MAX_COLUMNS: usize = 64;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'t> {
    /// The title of the table.
    pub caption: Option<&'t str>,
    /// The rows above the line that separates them from the others; none without such a line.
    pub header: Vec<Row<'t>>,
    /// The other rows.
    pub rows: Vec<Row<'t>>,
    /// The whole table as it was written.
    pub lines: Vec<&'t str>,
}

/// The cells of a row. Together they span all columns of the table.
pub type Row<'t> = Vec<Cell<'t>>;

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The lines of text, with [markup](super::pieces()) in it.
    pub lines: Vec<&'t str>,
    /// The number of columns that the cell spans.
    pub columns: usize,
}

/// Whether a line begins a table, or must be shown as it is in any case.
pub(super) fn is_table(text: &str) -> bool {
    text.starts_with("+-")
        || text.starts_with("| ")
        || (text.len() > 2 && text.bytes().all(|byte| b"=-~^ ".contains(&byte)))
}

/// Adds the lines as a table. Lines that are not a table are added as they are, behind the caption.
pub(super) fn table<'t>(lines: &[&'t str], caption: Option<&'t str>, blocks: &mut Vec<Block<'t>>) {
    let lines = as_they_are(lines);
    if let Some(Rows { header, rows }) = grid::parse(&lines).or_else(|| simple::parse(&lines)) {
        blocks.push(Block::Table(Table { caption, header, rows, lines }));
    } else {
        push_filled(Vec::from_iter(caption), Block::Paragraph, blocks);
        push_filled(lines, Block::Literal, blocks);
    }
}

/// The rows of a table.
#[derive(Default)]
struct Rows<'t> {
    header: Vec<Row<'t>>,
    rows: Vec<Row<'t>>,
}

impl Rows<'_> {
    /// Turns the rows so far into the header; none if there is a header, or no row.
    fn end_header(&mut self) -> Option<()> {
        (self.header.is_empty() && !self.rows.is_empty()).then(|| self.header = std::mem::take(&mut self.rows))
    }
}

/// Adds a line of text to each cell.
fn add_line<'t>(row: &mut Row<'t>, texts: impl IntoIterator<Item = &'t str>) {
    for (cell, text) in row.iter_mut().zip(texts).filter(|(_, text)| !text.trim().is_empty()) {
        cell.lines.push(text.trim());
    }
}

/// The byte offset of each character of a line, and that of its end.
fn offsets(line: &str) -> Vec<usize> {
    line.char_indices().map(|(at, _)| at).chain([line.len()]).collect()
}

//! Rows and cells, of which both kinds of tables are made.

/// The largest number of columns. Bounded because a short row below a long border has as many cells as a long row.
pub(super) const MAX_COLUMNS: usize = 64;

/// The cells of a row. Together they span all columns of the table.
pub type Row<'t> = Vec<Cell<'t>>;

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The lines of text, with [markup](crate::markup::pieces()) in it.
    pub lines: Vec<&'t str>,
    /// The number of columns that the cell spans.
    pub columns: usize,
}

/// The rows of a table.
#[derive(Default)]
pub(super) struct Rows<'t> {
    pub(super) header: Vec<Row<'t>>,
    pub(super) rows: Vec<Row<'t>>,
}

impl Rows<'_> {
    /// Turns the rows so far into the header; none if there is a header, or no row.
    pub(super) fn end_header(&mut self) -> Option<()> {
        (self.header.is_empty() && !self.rows.is_empty()).then(|| self.header = std::mem::take(&mut self.rows))
    }
}

/// Adds a line of text to each cell.
pub(super) fn add_line<'t>(row: &mut Row<'t>, texts: impl IntoIterator<Item = &'t str>) {
    for (cell, text) in row.iter_mut().zip(texts).filter(|(_, text)| !text.trim().is_empty()) {
        cell.lines.push(text.trim());
    }
}

/// The byte offset of each character of a line, and that of its end.
pub(super) fn offsets(line: &str) -> Vec<usize> {
    line.char_indices().map(|(at, _)| at).chain([line.len()]).collect()
}

//! Tables: grids of `+---+`, and simple tables of `===  ===`. Text that is neither is shown as it is.

mod grid;
mod rows;
mod simple;

use rows::Rows;
pub use rows::{Cell, Row};

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

/// Whether a line begins a table, or must be shown as it is in any case.
pub(super) fn is_table(text: &str) -> bool {
    text.starts_with("+-")
        || text.starts_with("| ")
        || (text.len() > 2 && text.bytes().all(|byte| b"=-~^ ".contains(&byte)))
}

/// Reads the lines as a table; none if they are not one.
pub(super) fn table<'t>(lines: &[&'t str], caption: Option<&'t str>) -> Option<Table<'t>> {
    let Rows { header, rows } = grid::parse(lines).or_else(|| simple::parse(lines))?;
    Some(Table { caption, header, rows, lines: lines.to_vec() })
}

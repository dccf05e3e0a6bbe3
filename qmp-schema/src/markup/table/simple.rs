//! Simple tables: cells below the `===` of a border.

use super::rows::{Cell, MAX_COLUMNS, Row, Rows, add_line, offsets};

/// Parses a simple table. Columns begin where the runs of `=` do, and the last one ends with the line. Runs of `-` below a row join
/// the columns that they underline.
pub(super) fn parse<'t>(lines: &[&'t str]) -> Option<Rows<'t>> {
    let columns = runs(lines.first()?, b'=').filter(|columns| columns.len() <= MAX_COLUMNS)?;
    let end = lines.len() - 1;
    let mut rows = Rows::default();
    let mut text: Vec<&str> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with('=') {
            if runs(line, b'=')? != columns {
                return None;
            }
            end_row(&mut rows, &mut text, &columns, &columns)?;
            if index < end {
                rows.end_header()?;
            }
        } else if let Some(underlined) = runs(line, b'-') {
            if text.is_empty() {
                return None;
            }
            end_row(&mut rows, &mut text, &columns, &underlined)?;
        } else {
            // A line without text in its first column continues the row.
            if !text.is_empty() && !first_column(line, &columns).is_empty() {
                end_row(&mut rows, &mut text, &columns, &columns)?;
            }
            text.push(line);
        }
    }
    (text.is_empty() && lines[end].starts_with('=') && !rows.rows.is_empty()).then_some(rows)
}

/// A run of border characters: its first column and the one behind its last.
type Run = (usize, usize);

/// Adds the lines as a row whose cells are as wide as the runs. No lines are no row.
fn end_row<'t>(rows: &mut Rows<'t>, text: &mut Vec<&'t str>, columns: &[Run], cells: &[Run]) -> Option<()> {
    if text.is_empty() {
        return Some(());
    }
    let spans = spans(columns, cells)?;
    let mut row: Row<'t> = spans.iter().map(|&columns| Cell { lines: Vec::new(), columns }).collect();
    for line in text.drain(..) {
        add_line(&mut row, texts(line, cells)?);
    }
    rows.rows.push(row);
    Some(())
}

/// The number of columns that each cell spans; none if a cell does not begin and end with a column, or a column has no cell.
fn spans(columns: &[Run], cells: &[Run]) -> Option<Vec<usize>> {
    let mut rest = columns;
    let mut spans = Vec::with_capacity(cells.len());
    for &(start, end) in cells {
        let last = rest.iter().position(|column| column.1 == end)?;
        if rest[0].0 != start {
            return None;
        }
        spans.push(last + 1);
        rest = &rest[last + 1..];
    }
    rest.is_empty().then_some(spans)
}

/// The runs of a character in a border, which has nothing but this character and spaces.
fn runs(line: &str, of: u8) -> Option<Vec<Run>> {
    let bytes = line.as_bytes();
    if bytes.first() != Some(&of) || bytes.iter().any(|&byte| byte != of && byte != b' ') {
        return None;
    }
    let is_edge = |at: &usize, beside: Option<usize>| {
        bytes[*at] == of && beside.and_then(|beside| bytes.get(beside)) != Some(&of)
    };
    let starts = (0..bytes.len()).filter(|at| is_edge(at, at.checked_sub(1)));
    let ends = (0..bytes.len()).filter(|at| is_edge(at, at.checked_add(1))).map(|at| at + 1);
    Some(starts.zip(ends).collect())
}

/// The text of a line in the first column.
fn first_column<'t>(line: &'t str, columns: &[Run]) -> &'t str {
    let offsets = offsets(line);
    let end = columns.get(1).and_then(|&(start, _)| offsets.get(start)).copied().unwrap_or(line.len());
    line[..end].trim()
}

/// The texts of a line in the cells; none if there is text between two cells. The last cell ends with the line.
fn texts<'t>(line: &'t str, cells: &[Run]) -> Option<Vec<&'t str>> {
    let offsets = offsets(line);
    let at = |column: usize| offsets.get(column).copied().unwrap_or(line.len());
    let next = |index: usize| cells.get(index + 1).map_or(line.len(), |&(start, _)| at(start));
    let is_empty_between = (0..cells.len() - 1).all(|index| line[at(cells[index].1)..next(index)].trim().is_empty());
    let texts = cells.iter().enumerate().map(|(index, &(start, _))| &line[at(start)..next(index)]);
    is_empty_between.then(|| texts.collect())
}

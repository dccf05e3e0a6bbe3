//! Tables: grids of `+---+` and simple ones of `===  ===`. What deviates from either is shown as it is.

use super::block::{Block, push_filled};
use super::lines::as_they_are;

/// A table of more columns is shown as it is: a short row below a long border has as many cells as a long one.
const MOST_COLUMNS: usize = 64;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'t> {
    /// What it shows.
    pub caption: Option<&'t str>,
    /// The rows above the line that separates them from the others; none without such a line.
    pub header: Vec<Row<'t>>,
    /// The other rows.
    pub rows: Vec<Row<'t>>,
    /// All of it as it was written.
    pub lines: Vec<&'t str>,
}

/// A cell for each column, each some lines of text with [markup](super::pieces()) in it.
pub type Row<'t> = Vec<Vec<&'t str>>;

/// Whether a line begins a table, or is to be shown as it is in any case.
pub(super) fn is_table(text: &str) -> bool {
    text.starts_with("+-")
        || text.starts_with("| ")
        || (text.len() > 2 && text.bytes().all(|byte| b"=-~^ ".contains(&byte)))
}

/// Adds the lines as a table, or as they are behind the caption.
pub(super) fn table<'t>(lines: &[&'t str], caption: Option<&'t str>, blocks: &mut Vec<Block<'t>>) {
    let lines = as_they_are(lines);
    if let Some((header, rows)) = grid(&lines).or_else(|| simple(&lines)) {
        blocks.push(Block::Table(Table { caption, header, rows, lines }));
    } else {
        push_filled(Vec::from_iter(caption), Block::Paragraph, blocks);
        push_filled(lines, Block::Literal, blocks);
    }
}

/// Rows of the header, and the others.
type Rows<'t> = (Vec<Row<'t>>, Vec<Row<'t>>);

/// A grid: the same columns from the first line to the last. Cells that span several are not understood.
fn grid<'t>(lines: &[&'t str]) -> Option<Rows<'t>> {
    let corners = corners(lines.first()?).filter(|corners| corners.len() <= MOST_COLUMNS + 1)?;
    let (mut header, mut rows, mut row) = (Vec::new(), Vec::new(), Row::new());
    for line in &lines[1..] {
        if !line.starts_with('+') {
            let cells = between(line, &corners)?;
            row.resize(cells.len(), Vec::new());
            add(&mut row, cells);
            continue;
        }
        if self::corners(line)? != corners || row.is_empty() {
            return None;
        }
        rows.push(std::mem::take(&mut row));
        if line.contains('=') {
            header = begin_body(&mut rows, &header)?;
        }
    }
    (row.is_empty() && !(header.is_empty() && rows.is_empty())).then_some((header, rows))
}

/// Where the `+` stand in a line of a grid's border.
fn corners(line: &str) -> Option<Vec<usize>> {
    let is_border = line.len() > 2 && line.starts_with('+') && line.ends_with('+');
    let is_of_one = |c: char| line.bytes().all(|byte| byte == b'+' || byte == c as u8);
    (is_border && (is_of_one('-') || is_of_one('='))).then(|| line.match_indices('+').map(|(at, _)| at).collect())
}

/// The texts between the `|`, which stand where the corners do.
fn between<'t>(line: &'t str, corners: &[usize]) -> Option<Vec<&'t str>> {
    let offsets = offsets(line);
    let is_edge = |&column: &usize| offsets.get(column).is_some_and(|&at| line[at..].starts_with('|'));
    let is_row = corners.iter().all(is_edge) && offsets.len() == corners.last()? + 2;
    is_row.then(|| corners.windows(2).map(|pair| &line[offsets[pair[0]] + 1..offsets[pair[1]]]).collect())
}

/// A simple table: columns begin where the `=` do, the last ends with the line.
fn simple<'t>(lines: &[&'t str]) -> Option<Rows<'t>> {
    let columns = columns(lines.first()?).filter(|columns| columns.len() <= MOST_COLUMNS)?;
    let end = lines.len() - 1;
    let (mut header, mut rows) = (Vec::new(), Vec::<Row<'t>>::new());
    for (index, line) in lines.iter().enumerate().skip(1) {
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with('=') {
            if self::columns(line)? != columns {
                return None;
            } else if index < end {
                header = begin_body(&mut rows, &header)?;
            }
            continue;
        }
        let cells = below(line, &columns)?;
        // A row that begins with nothing goes on with the one before.
        match rows.last_mut().filter(|_| cells[0].trim().is_empty()) {
            Some(row) => add(row, cells),
            None => {
                let mut row = vec![Vec::new(); cells.len()];
                add(&mut row, cells);
                rows.push(row);
            }
        }
    }
    (lines[end].starts_with('=') && !rows.is_empty()).then_some((header, rows))
}

/// From where to where the `=` of a border go.
fn columns(line: &str) -> Option<Vec<(usize, usize)>> {
    let is_border = line.starts_with('=') && line.bytes().all(|byte| byte == b'=' || byte == b' ');
    let bytes = line.as_bytes();
    let edge = |of: u8, beside: Option<&u8>| of == b'=' && beside != Some(&b'=');
    let starts = (0..bytes.len()).filter(|&at| edge(bytes[at], at.checked_sub(1).and_then(|at| bytes.get(at))));
    let ends = (0..bytes.len()).filter(|&at| edge(bytes[at], bytes.get(at + 1))).map(|at| at + 1);
    let columns: Vec<(usize, usize)> = starts.zip(ends).collect();
    is_border.then_some(columns)
}

/// The texts below the columns. Nothing may stand between two, and a line of `-` would join some.
fn below<'t>(line: &'t str, columns: &[(usize, usize)]) -> Option<Vec<&'t str>> {
    let offsets = offsets(line);
    let at = |column: usize| offsets.get(column).copied().unwrap_or(line.len());
    let next = |index: usize| columns.get(index + 1).map_or(line.len(), |&(start, _)| at(start));
    let is_empty_between =
        (0..columns.len() - 1).all(|index| line[at(columns[index].1)..next(index)].trim().is_empty());
    let joins = line.bytes().all(|byte| byte == b'-' || byte == b' ');
    let cells = columns.iter().enumerate().map(|(index, &(start, _))| &line[at(start)..next(index)]);
    (is_empty_between && !joins).then(|| cells.collect())
}

/// The offset of each character, and that of the end.
fn offsets(line: &str) -> Vec<usize> {
    line.char_indices().map(|(at, _)| at).chain([line.len()]).collect()
}

fn add<'t>(row: &mut Row<'t>, cells: Vec<&'t str>) {
    for (cell, text) in row.iter_mut().zip(cells).filter(|(_, text)| !text.trim().is_empty()) {
        cell.push(text.trim());
    }
}

/// What has been read is the header; there can be one.
fn begin_body<'t>(rows: &mut Vec<Row<'t>>, header: &[Row<'t>]) -> Option<Vec<Row<'t>>> {
    (header.is_empty() && !rows.is_empty()).then(|| std::mem::take(rows))
}

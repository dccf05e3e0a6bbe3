//! Grids: cells between `|`, rows between lines of `+---+`.

use super::rows::{Cell, MAX_COLUMNS, Row, Rows, add_line, offsets};

/// Parses a grid. A cell may span columns, but not rows.
pub(super) fn parse<'t>(lines: &[&'t str]) -> Option<Rows<'t>> {
    let borders = lines.iter().filter_map(|line| corners(line));
    let mut all: Vec<usize> = borders.flatten().collect();
    all.sort_unstable();
    all.dedup();
    if all.len() > MAX_COLUMNS + 1 {
        return None;
    }
    let mut grid = Grid { corners: all, above: corners(lines.first()?)?, edges: Vec::new(), rows: Rows::default() };
    let mut text: Vec<&str> = Vec::new();
    for line in &lines[1..] {
        match corners(line) {
            Some(below) => {
                grid.row(&text, below)?;
                text.clear();
                if line.contains('=') {
                    grid.rows.end_header()?;
                }
            }
            None => text.push(line),
        }
    }
    // The corners of the last border belong to the last row.
    let is_complete = text.is_empty() && grid.above == grid.edges && lines.len() > 1;
    is_complete.then_some(grid.rows)
}

struct Grid<'t> {
    /// The positions of the corners of all borders.
    corners: Vec<usize>,
    /// The corners of the border above the next row.
    above: Vec<usize>,
    /// The edges of the cells of the last row.
    edges: Vec<usize>,
    rows: Rows<'t>,
}

impl<'t> Grid<'t> {
    /// Adds a row: some lines of text above a border. An edge between two cells is a `|` in all lines, between two corners.
    fn row(&mut self, text: &[&'t str], below: Vec<usize>) -> Option<()> {
        let lines: Vec<(&str, Vec<usize>)> = text.iter().map(|line| (*line, offsets(line))).collect();
        let is_wall = |column: usize| {
            let is_wall = |(line, offsets): &(&str, Vec<usize>)| {
                offsets.get(column).is_some_and(|&at| line[at..].starts_with('|'))
            };
            lines.iter().all(is_wall)
        };
        let is_edge = |column: &usize| self.above.contains(column) && below.contains(column) && is_wall(*column);
        let edges: Vec<usize> = self.corners.iter().copied().filter(is_edge).collect();
        // Every corner of a border is the end of an edge above or below it.
        let is_used = |corner: &usize| edges.contains(corner) || self.edges.contains(corner);
        let width = self.corners.last()? + 1;
        let is_outer = |edge: Option<&usize>, column| edge == Some(&column);
        let is_row = !lines.is_empty()
            && self.above.iter().all(is_used)
            && is_outer(edges.first(), 0)
            && is_outer(edges.last(), width - 1)
            && lines.iter().all(|(_, offsets)| offsets.len() == width + 1);
        if !is_row {
            return None;
        }
        let columns = |pair: &[usize]| self.corners.iter().filter(|corner| (pair[0]..pair[1]).contains(corner)).count();
        let cell = |pair: &[usize]| Cell { lines: Vec::new(), columns: columns(pair) };
        let mut row: Row<'t> = edges.windows(2).map(cell).collect();
        for (line, offsets) in &lines {
            add_line(&mut row, edges.windows(2).map(|pair| &line[offsets[pair[0]] + 1..offsets[pair[1]]]));
        }
        self.rows.rows.push(row);
        (self.above, self.edges) = (below, edges);
        Some(())
    }
}

/// The positions of the `+` in a border.
fn corners(line: &str) -> Option<Vec<usize>> {
    let is_border = line.len() > 2 && line.starts_with('+') && line.ends_with('+');
    let is_of = |c: char| line.bytes().all(|byte| byte == b'+' || byte == c as u8);
    (is_border && (is_of('-') || is_of('='))).then(|| line.match_indices('+').map(|(at, _)| at).collect())
}

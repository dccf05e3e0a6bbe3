//! Lays out text in the QAPI language as QEMU's own schemas are: up to 80 columns, entries below each other.
//!
//! ```text
//! { 'command': 'eject',
//!   'data': { 'device': 'str',
//!             '*force': 'bool' } }
//! ```
//!
//! A [`Group`] that is not broken has one line, if that fits. Otherwise its entries are aligned below the first one (they hang), or,
//! if that is too wide, are indented by four columns.

mod group;

pub(crate) use group::{Bracket, Entry, Group, Node};
use group::{INDENT, WIDTH};

/// Lays out an expression from the first column on, without a line end behind it.
pub(crate) fn lay_out(expression: &Group<'_>) -> String {
    let mut writer = Writer::default();
    writer.group(expression, 0, 0);
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    /// The width of the current line so far.
    column: usize,
}

impl Writer {
    /// Writes a group of an entry at the column `start`. Its last line has `behind` more columns behind it.
    fn group(&mut self, group: &Group<'_>, start: usize, behind: usize) {
        let open = self.column;
        let fits = |width| open + width + behind <= WIDTH;
        if group.is_empty() || group.flat_width().is_some_and(fits) {
            return self.flat(group);
        }
        self.push(group.bracket.open());
        let is_hanging = open + 2 <= start + INDENT || group.fits_hanging(open, behind);
        let (column, close) = if is_hanging { (open + 2, open) } else { (start + INDENT, start) };
        match is_hanging {
            true => self.push(" "),
            false => self.new_line(column),
        }
        match group.bracket {
            Bracket::List => self.list(group, column, behind),
            Bracket::Object => self.object(group, column, behind),
        }
        self.closing(group, column, close);
    }

    fn object(&mut self, group: &Group<'_>, column: usize, behind: usize) {
        for index in 0..group.entries.len() {
            if index > 0 {
                self.new_line(column);
            }
            self.entry(group, index, column, behind);
        }
    }

    /// Writes the elements of a list: strings of a filled run side by side, everything else on lines of their own.
    fn list(&mut self, group: &Group<'_>, column: usize, behind: usize) {
        for (index, entry) in group.entries.iter().enumerate() {
            let fits = |width| self.column + 1 + width + group.behind(index, behind) <= WIDTH;
            if index > 0 {
                match group.is_filled(index) && entry.value.flat_width().is_some_and(fits) {
                    true => self.push(" "),
                    false => self.new_line(column),
                }
            }
            self.entry(group, index, column, behind);
        }
    }

    /// Writes an entry with its comments and the comma behind it.
    fn entry(&mut self, group: &Group<'_>, index: usize, column: usize, behind: usize) {
        let entry = &group.entries[index];
        for line in &entry.before {
            self.push(line);
            self.new_line(column);
        }
        self.key(entry);
        match &entry.value {
            Node::Atom(atom) => self.push(atom),
            Node::Group(inner) => self.group(inner, column, group.behind(index, behind)),
        }
        if !group.is_last(index) {
            self.push(",");
        }
        if let Some(comment) = &entry.trailing {
            self.push(" ");
            self.push(comment);
        }
    }

    /// Writes the comments behind the last entry and the closing bracket.
    fn closing(&mut self, group: &Group<'_>, column: usize, close: usize) {
        if !group.closes_on_own_line() {
            self.push(" ");
            return self.push(group.bracket.close());
        }
        for (index, line) in group.closing.iter().enumerate() {
            if index > 0 || !group.entries.is_empty() {
                self.new_line(column);
            }
            self.push(line);
        }
        self.new_line(close);
        self.push(group.bracket.close());
    }

    fn flat(&mut self, group: &Group<'_>) {
        self.push(group.bracket.open());
        for (index, entry) in group.entries.iter().enumerate() {
            self.push(if index > 0 { ", " } else { " " });
            self.key(entry);
            match &entry.value {
                Node::Atom(atom) => self.push(atom),
                Node::Group(inner) => self.flat(inner),
            }
        }
        self.push(if group.entries.is_empty() { "" } else { " " });
        self.push(group.bracket.close());
    }

    fn key(&mut self, entry: &Entry<'_>) {
        if let Some(key) = &entry.key {
            self.push(key);
            self.push(": ");
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    /// Begins a line. White space at the end of the last one is left out.
    fn new_line(&mut self, column: usize) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', column));
        self.column = column;
    }
}

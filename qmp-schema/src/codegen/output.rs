//! Writes formatted Rust: lines, blocks, lists and documentation, with indentation.

use std::fmt::{Arguments, Write};

/// The column beyond which lists are broken into several lines.
const WIDTH: usize = 110;

/// Rust source that is being written.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    depth: usize,
    /// The source to write at the end of the module.
    postponed: String,
}

/// Appends one line, formatted as by `format!`.
macro_rules! line {
    ($code:expr, $($format:tt)+) => { $code.line(format_args!($($format)+)) };
}
pub(super) use line;

impl Code {
    pub(super) fn line(&mut self, line: Arguments<'_>) {
        self.indent();
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(line);
        self.text.push('\n');
    }

    /// Writes `HEAD { BODY }`, on one line if the body writes nothing.
    pub(super) fn block(&mut self, head: impl AsRef<str>, body: impl FnOnce(&mut Self)) {
        self.enclosed(head.as_ref(), "{", "}", body);
    }

    /// Writes `HEAD OPEN BODY CLOSE`, with a space between the head and the opening.
    pub(super) fn enclosed(&mut self, head: &str, open: &str, close: &str, body: impl FnOnce(&mut Self)) {
        self.indent();
        self.text.extend([head, if head.is_empty() { "" } else { " " }, open]);
        let before = self.text.len();
        self.text.push('\n');
        self.depth += 1;
        body(self);
        self.depth -= 1;
        if self.text.len() == before + 1 {
            self.text.truncate(before);
        } else {
            self.indent();
        }
        self.text.push_str(close);
        self.text.push('\n');
    }

    /// Writes `HEAD ITEM, ITEM, ... TAIL` on one line if it fits, and otherwise as many items per line as fit.
    pub(super) fn list(&mut self, head: &str, items: &[impl AsRef<str>], tail: &str) {
        let items = || items.iter().map(AsRef::as_ref);
        let width: usize = items().map(|item| item.len() + 2).sum();
        self.indent();
        self.text.push_str(head);
        if self.depth * 4 + head.len() + width + tail.len() <= WIDTH {
            for (index, item) in items().enumerate() {
                self.text.extend([if index == 0 { "" } else { ", " }, item]);
            }
        } else {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.depth += 1;
            self.filled(items());
            self.depth -= 1;
            self.text.push('\n');
            self.indent();
        }
        self.text.push_str(tail);
        self.text.push('\n');
    }

    /// Writes the items of a list on lines of their own, as many per line as fit.
    fn filled<'a>(&mut self, items: impl Iterator<Item = &'a str>) {
        let mut column = WIDTH;
        for item in items {
            if column + item.len() + 2 > WIDTH {
                self.text.push('\n');
                self.indent();
                column = self.depth * 4;
            } else {
                self.text.push(' ');
            }
            self.text.extend([item, ","]);
            column += item.len() + 2;
        }
    }

    /// Indents the lines that the body writes.
    pub(super) fn indented(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    /// Writes each line of a text as a doc comment.
    pub(super) fn doc(&mut self, markdown: &str) {
        for line in markdown.lines() {
            self.indent();
            self.text.extend(["///", if line.is_empty() { "" } else { " " }, line, "\n"]);
        }
    }

    /// Writes an attribute, if there is one.
    pub(super) fn attribute(&mut self, attribute: Option<&str>) {
        if let Some(attribute) = attribute {
            self.line(format_args!("{attribute}"));
        }
    }

    /// Writes `#[allow(deprecated)]` for an item that uses something deprecated.
    pub(super) fn allow_deprecated(&mut self, uses_deprecated: bool) {
        self.attribute(uses_deprecated.then_some("#[allow(deprecated)]"));
    }

    /// Keeps the output of the body, indented, for the end of the module.
    pub(super) fn postpone(&mut self, body: impl FnOnce(&mut Self)) {
        let mut code = Self { depth: self.depth + 1, ..Self::default() };
        body(&mut code);
        self.postponed.extend([code.text.as_str(), "\n"]);
    }

    /// Writes the postponed source.
    pub(super) fn write_postponed(&mut self) {
        let postponed = std::mem::take(&mut self.postponed);
        self.text.extend([postponed.trim_end(), "\n"]);
    }

    /// Returns whether there is postponed source.
    pub(super) fn has_postponed(&self) -> bool {
        !self.postponed.is_empty()
    }

    /// Writes an empty line unless the source ends with one.
    pub(super) fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Returns the finished source.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn indent(&mut self) {
        const SPACES: &str = "                                        ";
        self.text.push_str(&SPACES[..(self.depth * 4).min(SPACES.len())]);
    }
}

//! Expressions to be laid out, and how wide they are.

use std::borrow::Cow;

use super::{INDENT, WIDTH};

/// A value.
#[derive(Debug, Clone)]
pub(crate) enum Node<'a> {
    /// A string with its quotes, `true` or `false`.
    Atom(Cow<'a, str>),
    Group(Group<'a>),
}

/// An object or a list.
#[derive(Debug, Clone)]
pub(crate) struct Group<'a> {
    pub(super) bracket: Bracket,
    pub(super) entries: Vec<Entry<'a>>,
    /// Comments between the last entry and the closing bracket; empty lines among them.
    pub(super) closing: Vec<Cow<'a, str>>,
    /// The elements of a list that go on the line of the one before them, if there is room.
    filled: Vec<bool>,
    /// The width on one line; none if that is not wanted or not possible.
    flat: Option<usize>,
    /// The width with every entry on a line of its own, seen from their column.
    lines: Width,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    Object,
    List,
}

/// A member of an object or an element of a list.
#[derive(Debug, Clone)]
pub(crate) struct Entry<'a> {
    /// The comments before it; empty lines among them.
    pub(crate) before: Vec<Cow<'a, str>>,
    /// With its quotes; elements of lists have none.
    pub(crate) key: Option<Cow<'a, str>>,
    pub(crate) value: Node<'a>,
    /// The comment behind it on its line.
    pub(crate) trailing: Option<Cow<'a, str>>,
    /// Whether it goes on the line of the one before it, if there is room.
    pub(crate) joins: bool,
}

/// The width of several lines.
#[derive(Debug, Clone, Copy, Default)]
struct Width {
    /// The widest line but the last.
    body: usize,
    last: usize,
}

impl Width {
    fn max(self) -> usize {
        self.body.max(self.last)
    }

    fn indented(self, columns: usize) -> Self {
        Self { body: if self.body > 0 { self.body + columns } else { 0 }, last: self.last + columns }
    }

    /// With a first line above.
    fn below(self, first: usize) -> Self {
        Self { body: self.body.max(first), ..self }
    }
}

impl<'a> Group<'a> {
    /// A group that stands on one line only if it is not `broken`, and has no comments or empty lines in it.
    pub(crate) fn new(
        bracket: Bracket,
        mut entries: Vec<Entry<'a>>,
        mut closing: Vec<Cow<'a, str>>,
        broken: bool,
    ) -> Self {
        let is_empty = |line: &Cow<'_, str>| line.is_empty();
        if let Some(first) = entries.first_mut() {
            let blank = first.before.iter().take_while(|line| is_empty(line)).count();
            first.before.drain(..blank);
        } else {
            let blank = closing.iter().take_while(|line| is_empty(line)).count();
            closing.drain(..blank);
        }
        while closing.pop_if(|line| line.is_empty()).is_some() {}
        let mut group = Self { bracket, entries, closing, filled: Vec::new(), flat: None, lines: Width::default() };
        if bracket == Bracket::List {
            group.filled = group.measure_runs();
        }
        group.flat = if broken && !group.entries.is_empty() { None } else { group.measure_flat() };
        group.lines = group.measure_lines();
        group
    }

    /// An object of one line, if it fits.
    pub(crate) fn object(entries: Vec<Entry<'a>>) -> Self {
        Self::new(Bracket::Object, entries, Vec::new(), false)
    }

    /// A list of one line, if it fits.
    pub(crate) fn list(entries: Vec<Entry<'a>>) -> Self {
        Self::new(Bracket::List, entries, Vec::new(), false)
    }

    pub(super) fn flat_width(&self) -> Option<usize> {
        self.flat
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.closing.is_empty()
    }

    /// Whether the entries can hang below the first one, with the group at the column `open`.
    pub(super) fn fits_hanging(&self, open: usize, behind: usize) -> bool {
        open + 2 + self.lines.body <= WIDTH && open + 2 + self.lines.last + behind <= WIDTH
    }

    pub(super) fn is_last(&self, index: usize) -> bool {
        index + 1 == self.entries.len()
    }

    /// The columns behind an entry on its last line: a comma and a comment, or the closing bracket and what is behind the
    /// group.
    pub(super) fn behind(&self, index: usize, behind: usize) -> usize {
        let comment = self.entries[index].trailing.as_ref().map_or(0, |comment| 1 + comment.chars().count());
        match (self.is_last(index), self.closes_on_own_line()) {
            (false, _) => 1 + comment,
            (true, false) => 2 + behind,
            (true, true) => comment,
        }
    }

    /// A bracket cannot stand behind a comment.
    pub(super) fn closes_on_own_line(&self) -> bool {
        !self.closing.is_empty() || self.entries.last().is_some_and(|entry| entry.trailing.is_some())
    }

    /// Whether an element goes on the line of the one before it, if there is room.
    pub(super) fn is_filled(&self, index: usize) -> bool {
        self.filled[index]
    }

    /// Elements of a run are filled into lines if one of them joins the one before it.
    fn measure_runs(&self) -> Vec<bool> {
        let mut filled = vec![false; self.entries.len()];
        let mut start = 0;
        for end in 1..=self.entries.len() {
            if end == self.entries.len() || !self.is_in_run(end) {
                let joins = self.entries[start..end].iter().skip(1).any(|entry| entry.joins);
                filled[start..end].iter_mut().skip(1).for_each(|filled| *filled = joins);
                start = end;
            }
        }
        filled
    }

    /// Whether nothing but strings is around: no comment or empty line between an element and the one before it.
    fn is_in_run(&self, index: usize) -> bool {
        let (before, entry) = (&self.entries[index - 1], &self.entries[index]);
        let is_atom = |entry: &Entry<'_>| matches!(entry.value, Node::Atom(_));
        is_atom(before) && is_atom(entry) && before.trailing.is_none() && entry.before.is_empty()
    }

    fn measure_flat(&self) -> Option<usize> {
        let width = |entry: &Entry<'_>| {
            let is_plain = entry.before.is_empty() && entry.trailing.is_none();
            Some(entry.key_width() + entry.value.flat_width().filter(|_| is_plain)?)
        };
        let widths: Option<usize> = self.entries.iter().map(width).sum();
        match self.entries.len() {
            0 => self.closing.is_empty().then_some(2),
            len => Some(widths? + 2 * len + 2).filter(|_| self.closing.is_empty()),
        }
    }

    fn measure_lines(&self) -> Width {
        let mut width = Width::default();
        for (index, entry) in self.entries.iter().enumerate() {
            let Width { body, last } = entry.width();
            width = Width { body: width.body.max(width.last).max(body), last: last + self.behind(index, 0) };
        }
        width
    }
}

impl<'a> Entry<'a> {
    /// An element of a list.
    pub(crate) fn element(value: Node<'a>) -> Self {
        Self { before: Vec::new(), key: None, value, trailing: None, joins: true }
    }

    /// A member of an object; its key has no quotes yet.
    pub(crate) fn member(key: &str, value: Node<'a>) -> Self {
        Self { key: Some(format!("'{key}'").into()), ..Self::element(value) }
    }

    fn key_width(&self) -> usize {
        self.key.as_ref().map_or(0, |key| key.chars().count() + 2)
    }

    /// The width of its lines, seen from its column, at its narrowest.
    fn width(&self) -> Width {
        let key = self.key_width();
        let group = match &self.value {
            Node::Atom(atom) => return Width { body: 0, last: key + atom.chars().count() },
            Node::Group(group) => group,
        };
        let flat = group.flat.map(|width| Width { body: 0, last: key + width });
        let hanging = group.lines.indented(key + 2);
        let indented = group.lines.indented(INDENT).below(key + 1);
        flat.into_iter().chain([hanging, indented]).min_by_key(|width| width.max()).unwrap_or(hanging)
    }
}

impl Node<'_> {
    /// A string, in quotes.
    pub(crate) fn string(text: &str) -> Self {
        Self::Atom(format!("'{}'", text.replace('\\', "\\\\")).into())
    }

    /// The width on one line, if it can stand on one.
    pub(super) fn flat_width(&self) -> Option<usize> {
        match self {
            Self::Atom(atom) => Some(atom.chars().count()),
            Self::Group(group) => group.flat,
        }
    }
}

impl Bracket {
    pub(super) fn open(self) -> &'static str {
        match self {
            Self::Object => "{",
            Self::List => "[",
        }
    }

    pub(super) fn close(self) -> &'static str {
        match self {
            Self::Object => "}",
            Self::List => "]",
        }
    }
}

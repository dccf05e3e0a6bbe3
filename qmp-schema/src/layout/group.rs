//! Expressions and their widths.

use std::borrow::Cow;

/// The longest line.
pub(super) const WIDTH: usize = 80;

/// The indentation of entries that do not hang below the first one.
pub(super) const INDENT: usize = 4;

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
    /// Whether each element of a list is put on the line of the one before it, if there is room.
    filled: Vec<bool>,
    /// The width on one line; none if it must have several.
    flat: Option<usize>,
    /// The width with every entry on a line of its own, from their column on.
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
    /// Whether an element of a list was on the line of the one before it.
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

    /// Returns the width with a first line above.
    fn below(self, first: usize) -> Self {
        Self { body: self.body.max(first), ..self }
    }
}

impl<'a> Group<'a> {
    /// Creates a group. It has several lines if it is `broken`, and if it has comments or empty lines.
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

    /// Creates an object of one line, if that fits.
    pub(crate) fn object(entries: Vec<Entry<'a>>) -> Self {
        Self::new(Bracket::Object, entries, Vec::new(), false)
    }

    /// Creates a list of one line, if that fits.
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

    /// Returns the columns behind an entry on its last line: a comma and a comment, or the closing bracket and the columns behind
    /// the group.
    pub(super) fn behind(&self, index: usize, behind: usize) -> usize {
        let comment = self.entries[index].trailing.as_ref().map_or(0, |comment| 1 + comment.chars().count());
        match (self.is_last(index), self.closes_on_own_line()) {
            (false, _) => 1 + comment,
            (true, false) => 2 + behind,
            (true, true) => comment,
        }
    }

    /// Whether the closing bracket has a line of its own, because it cannot be behind a comment.
    pub(super) fn closes_on_own_line(&self) -> bool {
        !self.closing.is_empty() || self.entries.last().is_some_and(|entry| entry.trailing.is_some())
    }

    /// Whether an element is put on the line of the one before it, if there is room.
    pub(super) fn is_filled(&self, index: usize) -> bool {
        self.filled[index]
    }

    /// Runs of strings are filled into lines if one of the strings joins the one before it.
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

    /// Whether an element and the one before it are strings, without a comment or an empty line between them.
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
    /// Creates an element of a list.
    pub(crate) fn element(value: Node<'a>) -> Self {
        Self { before: Vec::new(), key: None, value, trailing: None, joins: true }
    }

    /// Creates a member of an object. Its key is without quotes.
    pub(crate) fn member(key: &str, value: Node<'a>) -> Self {
        Self { key: Some(format!("'{key}'").into()), ..Self::element(value) }
    }

    fn key_width(&self) -> usize {
        self.key.as_ref().map_or(0, |key| key.chars().count() + 2)
    }

    /// Returns the width of its lines at its narrowest, from its column on.
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
    /// Creates a string, with quotes.
    pub(crate) fn string(text: &str) -> Self {
        Self::Atom(format!("'{}'", text.replace('\\', "\\\\")).into())
    }

    /// Returns the width on one line; none if it has several.
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

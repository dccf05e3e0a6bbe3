//! The reader: JSON text straight into records.
//!
//! It fills values in place, members in the order in which they come. A strict reader that meets a mistake reads once
//! more, [in schema order](ordered), to report what QEMU would: so only mistakes pay for their order.

mod any;
mod member_tracker;
mod number;
mod object;
mod ordered;
mod skip;
mod string;

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::{ReadError, What, Wording, capped};
pub use object::Object;

use super::{Alternate, Enumeration, Field, Kind, Names, Null};
use crate::json::{Dialect, SyntaxError};

/// Reads one complete JSON value from its text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    position: usize,
    /// Where the value starts.
    start: usize,
    mode: Mode,
    /// How many levels of objects and lists there may be.
    limit: usize,
    /// How many levels there may still be below the position.
    depth: usize,
    /// Whether this is the second reading, in schema order.
    ordered: bool,
    /// Where each bracket is closed, once it is worth knowing.
    jumps: Option<HashMap<usize, usize>>,
    /// How many bytes were looked at in search of tags.
    skimmed: usize,
}

/// How the reader takes what the schema does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As QEMU does, for servers: QEMU's dialect, and everything that is not in the schema is an error, in QEMU's words.
    Strict,
    /// For clients, perhaps of a newer server: RFC 8259, unknown members are skipped, unknown values kept, and of duplicates the first counts.
    Lenient,
}

impl<'a> Reader<'a> {
    /// Levels of objects and lists, unless [`depth_limit`](Self::depth_limit) says otherwise: QEMU's limit.
    pub const DEPTH_LIMIT: usize = 1024;

    /// A reader of this text.
    #[must_use]
    pub fn new(text: &'a str, mode: Mode) -> Self {
        let limit = Self::DEPTH_LIMIT;
        Self { text, position: 0, start: 0, mode, limit, depth: limit, ordered: false, jumps: None, skimmed: 0 }
    }

    /// With this many levels of objects and lists at most. QEMU's limit fits the 2 MiB stack of a thread, even without
    /// optimisation; ten times as many do not.
    #[must_use]
    pub fn depth_limit(self, limit: usize) -> Self {
        Self { limit, depth: limit, ..self }
    }

    /// Reads the one value that the text is.
    pub fn value<T: Field + ?Sized>(&mut self, field: &mut T) -> Result<(), ReadError> {
        self.space();
        self.start = self.position;
        let result = field.read(self).and_then(|()| self.end());
        match result {
            Err(first) if self.mode == Mode::Strict => Err(self.explain(&mut |reader| field.read(reader), first)),
            result => result,
        }
    }

    /// Fills a list.
    pub fn list<T: Field>(&mut self, list: &mut Vec<T>) -> Result<(), ReadError> {
        list.clear();
        let mut more = self.first_item()?;
        while more {
            let index = list.len();
            list.push(T::blank());
            list[index].read(self).map_err(|error| error.in_item(index))?;
            more = self.next_item()?;
        }
        Ok(())
    }

    /// Fills an enumeration, or a union's discriminator.
    pub fn enumeration<T: Enumeration>(&mut self, value: &mut T) -> Result<(), ReadError> {
        let Some(index) = self.plain_name(T::NAMES) else { return self.other_value(value) };
        *value = T::known(index);
        Ok(())
    }

    /// Fills an alternate.
    pub fn alternate<T: Alternate>(&mut self, value: &mut T) -> Result<(), ReadError> {
        let Some(kind) = self.kind() else { return Err(self.no_value()) };
        match value.read_branch(kind, self) {
            Some(result) => result,
            None => self.no_branch(value),
        }
    }

    /// Reads `true` or `false`.
    pub fn boolean(&mut self) -> Result<bool, ReadError> {
        match self.peek() {
            Some(b't') => self.keyword("true").map(|()| true),
            Some(b'f') => self.keyword("false").map(|()| false),
            _ => Err(self.mismatch(Wording::Type, "boolean")),
        }
    }

    /// Reads `null`.
    pub fn null(&mut self) -> Result<Null, ReadError> {
        match self.peek() {
            Some(b'n') => self.keyword("null").map(|()| Null),
            _ => Err(self.mismatch(Wording::Type, "null")),
        }
    }

    /// The error for an integer that is wider than its type, which was read just now.
    #[cold]
    pub(super) fn too_wide(&self, expected: &'static str) -> ReadError {
        let found = "a number out of its range";
        self.error(What::Mismatch { wording: Wording::Width, expected, found })
    }

    /// Goes to the end of the text.
    fn end(&mut self) -> Result<(), ReadError> {
        self.space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("more than one value")),
        }
    }

    /// Goes into a list, to its first item; returns false if it has none.
    fn first_item(&mut self) -> Result<bool, ReadError> {
        self.enter(b'[', "array")
    }

    /// Goes to a list's next item; returns false after the last.
    fn next_item(&mut self) -> Result<bool, ReadError> {
        self.next(b']')
    }

    /// Reads a name in plain quotes; returns none, and stays, if there is none that the set has.
    fn plain_name(&mut self, names: &Names) -> Option<usize> {
        let (index, len) = names.find_at(self.rest(), usize::MAX)?;
        self.position += len + 2;
        Some(index)
    }

    /// [`enumeration`](Self::enumeration) for a text that is escaped, in single quotes, or not in the set.
    #[cold]
    fn other_value<T: Enumeration>(&mut self, value: &mut T) -> Result<(), ReadError> {
        let text = self.string()?;
        let known = T::NAMES.find(text.as_bytes()).map(T::known);
        match known.or_else(|| if self.mode == Mode::Lenient { T::unknown(&text) } else { None }) {
            Some(other) => *value = other,
            None => return Err(self.no_value_of(T::NAMES, &text)),
        }
        Ok(())
    }

    #[cold]
    fn no_value_of(&self, names: &Names, text: &str) -> ReadError {
        self.error(What::Value { enumeration: names.owner, text: capped(text) })
    }

    #[cold]
    fn no_branch<T: Alternate>(&mut self, value: &mut T) -> Result<(), ReadError> {
        let error = self.mismatch(Wording::Alternate, T::NAME);
        if self.mode == Mode::Strict {
            return Err(error);
        }
        *value = T::unknown(self.any()?).ok_or(error)?;
        Ok(())
    }

    #[inline]
    fn keyword(&mut self, word: &'static str) -> Result<(), ReadError> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.syntax(format!("invalid keyword, expected '{word}'")));
        }
        self.position += word.len();
        Ok(())
    }
}

/// The cursor.
impl<'a> Reader<'a> {
    #[inline]
    fn dialect(&self) -> Dialect {
        match self.mode {
            Mode::Strict => Dialect::Qemu,
            Mode::Lenient => Dialect::Rfc8259,
        }
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.position..]
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.position).copied()
    }

    /// The kind of the value that starts here.
    #[inline]
    fn kind(&self) -> Option<Kind> {
        Some(match self.peek()? {
            b'"' => Kind::String,
            b'\'' if self.dialect().has_single_quotes() => Kind::String,
            b'-' | b'0'..=b'9' => Kind::Number,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            _ => return None,
        })
    }

    #[inline]
    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.position += 1;
        }
    }

    /// Goes to the first item of an object or list; false if there is none: then it has been left already.
    #[inline]
    fn enter(&mut self, open: u8, expected: &'static str) -> Result<bool, ReadError> {
        if self.peek() != Some(open) {
            return Err(self.mismatch(Wording::Type, expected));
        }
        if self.depth == 0 {
            return Err(self.error(What::TooDeep));
        }
        self.depth -= 1;
        self.position += 1;
        self.space();
        let empty = self.peek() == Some(closing(open));
        if empty {
            self.leave();
        }
        Ok(!empty)
    }

    /// Goes to the next item of an object or list; false if there is none: then it has been left already.
    #[inline]
    fn next(&mut self, close: u8) -> Result<bool, ReadError> {
        // As QEMU has it.
        if let [b',', b' ', b'!'..=u8::MAX, ..] = self.rest() {
            self.position += 2;
            return Ok(true);
        }
        if self.peek() == Some(close) {
            self.leave();
            return Ok(false);
        }
        self.next_anywhere(close)
    }

    /// [`next`](Self::next) with any white space.
    #[inline(never)]
    fn next_anywhere(&mut self, close: u8) -> Result<bool, ReadError> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.position += 1;
                self.space();
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.leave();
                Ok(false)
            }
            _ if close == b'}' => Err(self.syntax("expected separator in dict")),
            _ => Err(self.syntax("expected separator in list")),
        }
    }

    #[inline]
    fn leave(&mut self) {
        self.depth += 1;
        self.position += 1;
    }
}

/// Errors.
impl Reader<'_> {
    #[cold]
    fn error(&self, what: What) -> ReadError {
        ReadError::new(what, self.mode == Mode::Strict)
    }

    /// The error for a value of the wrong kind, which starts here.
    #[cold]
    fn mismatch(&self, wording: Wording, expected: &'static str) -> ReadError {
        let found = match self.kind() {
            Some(Kind::Null) => "null",
            Some(Kind::Bool) => "boolean",
            Some(Kind::Number) => "number",
            Some(Kind::String) => "string",
            Some(Kind::Array) => "array",
            Some(Kind::Object) => "object",
            None => return self.no_value(),
        };
        self.error(What::Mismatch { wording, expected, found })
    }

    #[cold]
    fn no_value(&self) -> ReadError {
        self.syntax("expecting value")
    }

    #[cold]
    fn malformed(&self, error: SyntaxError) -> ReadError {
        self.error(What::Syntax { what: error.description, at: error.at })
    }

    #[cold]
    fn syntax(&self, what: impl Into<Cow<'static, str>>) -> ReadError {
        self.error(What::Syntax { what: what.into(), at: self.position })
    }
}

fn closing(open: u8) -> u8 {
    if open == b'{' { b'}' } else { b']' }
}

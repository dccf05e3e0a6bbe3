//! The reader, which decodes JSON text directly into records.
//!
//! It fills values in place and needs no tree of JSON values. Three rules make that possible:
//!
//! 1. **Members are read in the order of the text.** QEMU reads them in schema order, and the order decides which of several
//!    mistakes is reported. So a [strict](Mode::Strict) reader that finds a mistake reads the value a second time, in
//!    schema order ([`ordered`]), only to find the mistake that QEMU would report. Correct values are read once. Where a
//!    policy rejects deprecated or unstable members, the second pass also follows a first pass without a mistake, because
//!    the policy's order is the schema's too.
//!    JSON that is malformed, nested too deeply or has duplicate members needs no second pass: QEMU rejects it before it
//!    looks at the schema.
//! 2. **A discriminator is read when it is needed.** A union's branch decides which further members are known, but the
//!    discriminator may come after them. At the first key that no table has, the reader searches the rest of the object
//!    for the discriminator, reads it, and returns to where it was ([`object`]). It remembers where the discriminator's
//!    key starts (`early` in [`member_tracker`]). When it arrives there, the key is not a duplicate and its value is
//!    skipped.
//! 3. **Reading takes linear time.** With nested unions, each level could search the same text again. `skimmed` counts the
//!    bytes passed in all searches. Once it exceeds the length of the text, the next search first notes the end of every
//!    object and list that is not empty (`jumps`), in one pass over the value. From then on, skipping one takes constant
//!    time. The second pass goes over each object several times, so it always starts with `jumps`. That also finds syntax
//!    errors after the first mistake.

mod any;
mod locate;
mod member_tracker;
mod missing;
mod number;
mod object;
mod ordered;
mod skip;
mod string;

use std::borrow::Cow;
use std::collections::HashMap;

use super::error::{Mistake, ReadError, Rejected, Wording, capped};
pub use missing::MissingMembers;
use missing::OnMissing;
pub use object::Object;

use super::{Alternate, Enumeration, Features, Field, Kind, Names, Null};
use crate::json::{Dialect, SyntaxError};

/// Reads one complete JSON value from its text.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    position: usize,
    /// The position of the value's first byte.
    start: usize,
    mode: Mode,
    /// The permitted levels of objects and lists.
    limit: usize,
    /// The levels still permitted below the position.
    depth: usize,
    /// Whether this is the second pass, in schema order.
    ordered: bool,
    /// The end of each object and list that is not empty, by the position of its opening bracket. `None` until it is needed.
    /// While the index is built it is incomplete; afterwards it covers the whole value.
    jumps: Option<HashMap<usize, usize>>,
    /// The number of bytes passed in all searches for discriminators.
    skimmed: usize,
    /// The features of members and values that are rejected.
    rejected: Features,
    /// Whether unknown members of the outermost object are skipped.
    skips_unknown: bool,
    on_missing: OnMissing,
}

/// The reader's JSON dialect, and its treatment of JSON that does not match the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For servers. Reads QEMU's dialect and rejects everything that is not in the schema, with QEMU's error messages.
    Strict,
    /// For clients, whose server may be newer. Reads RFC 8259, skips unknown members, keeps unknown values, and of duplicate
    /// members takes the first. [Missing members](Reader::missing_members) are filled if the client wants that.
    Lenient,
}

impl<'a> Reader<'a> {
    /// The default of [`depth_limit`](Self::depth_limit), which is QEMU's limit.
    pub const DEPTH_LIMIT: usize = 1024;

    /// Creates a reader of this text.
    #[must_use]
    pub fn new(text: &'a str, mode: Mode) -> Self {
        let limit = Self::DEPTH_LIMIT;
        Self {
            text,
            position: 0,
            start: 0,
            mode,
            limit,
            depth: limit,
            ordered: false,
            jumps: None,
            skimmed: 0,
            rejected: Features::NONE,
            skips_unknown: false,
            on_missing: OnMissing::Fail,
        }
    }

    /// Sets the permitted levels of objects and lists. Default: 1024.
    ///
    /// The default fits the 2 MiB stack of a thread, even without optimisation. Ten times as many levels do not.
    #[must_use]
    pub fn depth_limit(self, limit: usize) -> Self {
        Self { limit, depth: limit, ..self }
    }

    /// Rejects members and values that have one of these features. Only a [strict](Mode::Strict) reader does. Default: none.
    #[must_use]
    pub fn reject(self, rejected: Features) -> Self {
        Self { rejected, ..self }
    }

    /// Sets whether members of the outermost object that the schema does not have are skipped. A [lenient](Mode::Lenient)
    /// reader skips those of all objects. Default: false.
    #[must_use]
    pub fn skip_unknown(self, skips_unknown: bool) -> Self {
        Self { skips_unknown, ..self }
    }

    /// Reads the text's only value.
    ///
    /// # Errors
    /// If the text does not match the field's type, or is not exactly one JSON value.
    pub fn value<T: Field + ?Sized>(&mut self, field: &mut T) -> Result<(), ReadError> {
        self.space();
        self.start = self.position;
        let result = field.read(self).and_then(|()| self.end());
        match result {
            Err(first) if self.mode == Mode::Strict => Err(self.explain(&mut |reader| field.read(reader), first)),
            Ok(()) if !self.rejected.is_empty() => self.read_in_order(&mut |reader| field.read(reader)),
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
        // A constant: the check is compiled only for enumerations that have such values.
        if T::NAMES.features.is_empty() { Ok(()) } else { self.check_value(T::NAMES, index) }
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

    /// Returns the error for the integer just read, which does not fit its type.
    #[cold]
    pub(super) fn too_wide(&self, expected: &'static str) -> ReadError {
        let found = "a number out of its range";
        self.error(Mistake::Mismatch { wording: Wording::Width, expected: expected.into(), found })
    }

    /// Checks that nothing but white space follows.
    fn end(&mut self) -> Result<(), ReadError> {
        self.space();
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.syntax("more than one value")),
        }
    }

    /// Enters a list and goes to its first item. Returns `false` if the list is empty, which is then left.
    fn first_item(&mut self) -> Result<bool, ReadError> {
        self.enter(b'[', "array")
    }

    /// Goes to a list's next item. Returns `false` after the last, and leaves the list.
    fn next_item(&mut self) -> Result<bool, ReadError> {
        self.next(b']')
    }

    /// Reads a name in double quotes and returns its index. Returns `None`, and does not move, if the text here is not a
    /// name of the set.
    fn plain_name(&mut self, names: &Names) -> Option<usize> {
        let (index, len) = names.find_at(self.rest(), usize::MAX)?;
        self.position += len + 2;
        Some(index)
    }

    /// Reads an [`enumeration`](Self::enumeration) whose text is escaped, in single quotes, or not in the set.
    #[cold]
    fn other_value<T: Enumeration>(&mut self, value: &mut T) -> Result<(), ReadError> {
        let text = self.string()?;
        let index = T::NAMES.find(text.as_bytes());
        match index.map(T::known).or_else(|| if self.mode == Mode::Lenient { T::unknown(&text) } else { None }) {
            Some(other) => *value = other,
            None => return Err(self.no_value_of(T::NAMES, &text)),
        }
        index.map_or(Ok(()), |index| self.check_value(T::NAMES, index))
    }

    /// Fails if the policy rejects the value at `index`.
    fn check_value(&self, names: &Names, index: usize) -> Result<(), ReadError> {
        match names.features(index).and(self.rejected) {
            Features::NONE => Ok(()),
            features => Err(self.error(Mistake::Policy { features, what: Rejected::Value(names.all[index]) })),
        }
    }

    #[cold]
    fn no_value_of(&self, names: &Names, text: &str) -> ReadError {
        self.error(Mistake::Value { enumeration: names.owner.into(), text: capped(text) })
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

    /// Returns the kind of the value that starts here, or `None` if no value starts here.
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

    /// Enters an object or list and goes to its first item. Returns `false` if it is empty, and leaves it.
    #[inline]
    fn enter(&mut self, open: u8, expected: &'static str) -> Result<bool, ReadError> {
        if self.peek() != Some(open) {
            return Err(self.mismatch(Wording::Type, expected));
        }
        if self.depth == 0 {
            return Err(self.error(Mistake::TooDeep));
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

    /// Goes to the next item of an object or list. Returns `false` after the last, and leaves the object or list.
    #[inline]
    fn next(&mut self, close: u8) -> Result<bool, ReadError> {
        // The fast path: the separator as QEMU writes it.
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

    /// Goes to the [`next`](Self::next) item across any white space.
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

/// Constructors of errors.
impl Reader<'_> {
    #[cold]
    fn error(&self, mistake: Mistake) -> ReadError {
        ReadError::new(mistake, self.mode == Mode::Strict)
    }

    /// Returns the error for a value of the wrong kind, which starts here.
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
        self.error(Mistake::Mismatch { wording, expected: expected.into(), found })
    }

    #[cold]
    fn no_value(&self) -> ReadError {
        self.syntax("expecting value")
    }

    #[cold]
    fn malformed(&self, error: SyntaxError) -> ReadError {
        self.error(Mistake::Syntax { what: error.description, at: error.at })
    }

    #[cold]
    fn syntax(&self, what: impl Into<Cow<'static, str>>) -> ReadError {
        self.error(Mistake::Syntax { what: what.into(), at: self.position })
    }
}

fn closing(open: u8) -> u8 {
    if open == b'{' { b'}' } else { b']' }
}

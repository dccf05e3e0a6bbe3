//! The writer, which formats JSON like QEMU.

use std::fmt::Debug;
use std::io::Write as _;

use super::invalid::{Invalid, Problem};
use super::{Alternate, Branches, Enumeration, Features, Field, Int, Record, Visitor};
use crate::Value;
use crate::json::swar::before_escape;

/// Writes JSON in QEMU's compact form, `{"a": 1, "b": [1, 2]}`, in ASCII only.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    /// The features that hide a member.
    hidden: Features,
    /// The position of the value's first byte.
    start: usize,
    /// The first part of the value that does not fit the schema.
    invalid: Option<Invalid>,
}

/// The numbers from 0 to 99, in two digits each.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let mut value = 0;
    while value < pairs.len() {
        pairs[value] = [b'0' + value as u8 / 10, b'0' + value as u8 % 10];
        value += 1;
    }
    pairs
};

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// Creates a writer with an empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::append_to(Vec::with_capacity(128))
    }

    /// Creates a writer that appends to `out`.
    #[must_use]
    pub fn append_to(out: Vec<u8>) -> Self {
        Self { start: out.len(), out, hidden: Features::NONE, invalid: None }
    }

    /// Sets the features that hide a member: a member that has one of them is omitted. Default: none.
    #[must_use]
    pub fn hide(self, hidden: Features) -> Self {
        Self { hidden, ..self }
    }

    /// Returns the bytes written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Returns the bytes written so far, for inspection, truncation or addition.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// Begins another value, which hides members with these features.
    #[inline]
    pub fn begin_value(&mut self, hidden: Features) {
        (self.start, self.hidden, self.invalid) = (self.out.len(), hidden, None);
    }

    /// Takes the first part of the value that does not fit the schema, if there is one: its path, and what is wrong with it.
    /// A server sends no such value; a client's server may be newer, and know it.
    #[inline]
    pub fn take_invalid(&mut self) -> Option<String> {
        self.invalid.take().map(|invalid| invalid.describe(&self.out, self.start))
    }

    /// Writes an object: the members of the record, those of its selected branches, and those not in the schema.
    // Never inlined, so that a program contains the type's functions once, even if it writes the type in many places.
    #[inline(never)]
    pub fn record<T: Record>(&mut self, record: &T) {
        let start = self.open::<b'{'>();
        record.visit(self);
        self.close::<b'}'>(start);
    }

    /// Writes a list.
    pub fn list<T: Field>(&mut self, items: &[T]) {
        let start = self.open::<b'['>();
        for item in items {
            item.write(self);
            self.separate();
        }
        self.close::<b']'>(start);
    }

    /// Writes an enumeration, or a union's discriminator. Names need no escapes.
    pub fn enumeration<T: Enumeration>(&mut self, value: &T) {
        match value.position() {
            Ok(index) => {
                self.literal("\"");
                self.literal(T::NAMES.all[index]);
                self.literal("\"");
            }
            Err(text) => self.unknown_value(T::NAMES.owner, text),
        }
    }

    #[cold]
    fn unknown_value(&mut self, enumeration: &'static str, text: &str) {
        self.note(Problem::NotInEnumeration(enumeration));
        self.string(text);
    }

    /// Writes a value that no branch of the alternate accepts.
    #[cold]
    pub fn unknown_branch<T: Alternate>(&mut self, value: &Value) {
        self.note(Problem::NotInAlternate(T::NAME));
        self.any(value);
    }

    /// Writes `null` for a value that is missing. An optional member without a value is omitted instead.
    #[cold]
    pub fn missing(&mut self) {
        self.note(Problem::Missing);
        self.literal("null");
    }

    /// Notes that the value that comes next does not fit the schema.
    fn note(&mut self, problem: Problem) {
        let at = self.out.len();
        self.invalid.get_or_insert(Invalid { at, problem });
    }

    /// Writes a member's key, `"name": `. Its length is a constant, so that it is copied without a call.
    #[inline(never)]
    pub fn key<const N: usize>(&mut self, key: &'static [u8; N]) {
        self.out.extend_from_slice(key);
    }

    /// Writes the separator that ends each item of an object or list. The separator after the last item is removed when
    /// the object or list is closed.
    #[inline]
    pub fn separate(&mut self) {
        self.literal(", ");
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        self.out.push(b'"');
        if before_escape(text.as_bytes()) == text.len() {
            self.literal(text);
        } else {
            self.escaped(text);
        }
        self.out.push(b'"');
    }

    /// Writes `true` or `false`.
    #[inline]
    pub fn boolean(&mut self, value: bool) {
        // Two calls, so that each copies a constant number of bytes.
        match value {
            true => self.literal("true"),
            false => self.literal("false"),
        }
    }

    /// Writes a signed integer.
    #[inline]
    pub fn signed(&mut self, value: i64) {
        self.digits(value.unsigned_abs(), value < 0);
    }

    /// Writes an unsigned integer.
    #[inline]
    pub fn unsigned(&mut self, value: u64) {
        self.digits(value, false);
    }

    /// Writes an integer that may be signed or unsigned.
    pub fn integer(&mut self, value: Int) {
        // Writing to a vector cannot fail.
        let _ = write!(self.out, "{value}");
    }

    /// Writes a number in the shortest form that reads back as the same number. JSON has no form for infinities and NaN;
    /// they are written as `null`, and noted as invalid.
    pub fn number(&mut self, value: f64) {
        if value.is_finite() {
            write!(self.out, "{value:?}").expect("a vector takes everything");
        } else {
            self.note(Problem::NotFinite);
            self.literal("null");
        }
    }

    /// Writes text that is JSON already.
    #[inline]
    pub fn literal(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes any value.
    pub fn any(&mut self, value: &Value) {
        match value {
            Value::Null => self.literal("null"),
            Value::Bool(value) => self.boolean(*value),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => self.signed(value),
                (None, Some(value)) => self.unsigned(value),
                (None, None) => self.number(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => self.string(text),
            Value::Array(items) => self.list(items),
            Value::Object(members) => {
                let start = self.open::<b'{'>();
                self.extra(members);
                self.close::<b'}'>(start);
            }
        }
    }

    /// Begins an object or list. Returns the position of its first item.
    fn open<const BRACKET: u8>(&mut self) -> usize {
        self.out.push(BRACKET);
        self.out.len()
    }

    /// Ends an object or list, and removes the separator after its last item. `start` is the result of `open`.
    fn close<const BRACKET: u8>(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.truncate(self.out.len() - ", ".len());
        }
        self.out.push(BRACKET);
    }

    /// Writes an integer of this magnitude.
    fn digits(&mut self, mut value: u64, is_negative: bool) {
        if value < 10 && !is_negative {
            return self.out.push(b'0' + value as u8);
        }
        // Two digits at a time take half as many divisions. There is room for 20 digits and a sign.
        let mut pairs = [[b'-'; 2]; 11];
        let mut first = pairs.len();
        while value > 0 {
            first -= 1;
            pairs[first] = PAIRS[(value % 100) as usize];
            value /= 100;
        }
        let text = pairs.as_flattened_mut();
        let mut start = 2 * first + usize::from(text[2 * first] == b'0');
        if is_negative {
            start -= 1;
            text[start] = b'-';
        }
        self.out.extend_from_slice(&text[start..]);
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '"' => self.literal("\\\""),
                '\\' => self.literal("\\\\"),
                '\u{8}' => self.literal("\\b"),
                '\u{c}' => self.literal("\\f"),
                '\n' => self.literal("\\n"),
                '\r' => self.literal("\\r"),
                '\t' => self.literal("\\t"),
                ' '..='~' => self.out.push(character as u8),
                _ => self.code_units(character),
            }
        }
    }

    fn code_units(&mut self, character: char) {
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(self.out, "\\u{unit:04X}").expect("a vector takes everything");
        }
    }
}

impl Visitor for Writer {
    #[inline]
    fn member<const N: usize, T: Field + Debug>(&mut self, key: &'static [u8; N], value: &T) {
        value.write_member(key, self);
    }

    #[inline]
    fn special_member<const N: usize, T: Field + Debug>(
        &mut self,
        features: Features,
        key: &'static [u8; N],
        value: &T,
    ) {
        if self.hidden.and(features).is_empty() {
            value.write_member(key, self);
        }
    }

    #[inline]
    fn branch<T: Branches>(&mut self, tag: &T) {
        tag.visit_branch(self);
    }

    fn extra(&mut self, members: &crate::Map<String, Value>) {
        for (key, value) in members {
            self.string(key);
            self.literal(": ");
            self.any(value);
            self.separate();
        }
    }
}

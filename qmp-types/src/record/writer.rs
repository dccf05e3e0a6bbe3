//! The writer: JSON as QEMU puts it.

use std::fmt::Debug;
use std::io::Write as _;

use super::{Branches, Field, Int, Record, Visitor};
use crate::Value;
use crate::json::swar::before_escape;

/// Writes JSON in QEMU's compact form, `{"a": 1, "b": [1, 2]}`, in ASCII only.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A writer that starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { out: Vec::with_capacity(128) }
    }

    /// A writer that goes on after what `out` holds.
    #[must_use]
    pub fn append_to(out: Vec<u8>) -> Self {
        Self { out }
    }

    /// What was written.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// What was written so far, to be looked at, cut or added to.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        &mut self.out
    }

    /// An object: the members of the record, of the branches it has selected, and those not in the schema.
    // Never inlined, so that a program has the type's functions once, however many of its parts write the type.
    #[inline(never)]
    pub fn record<T: Record>(&mut self, record: &T) {
        let start = self.open(b'{');
        record.visit(self);
        self.close(start, b'}');
    }

    /// A list.
    pub fn list<T: Field>(&mut self, items: &[T]) {
        let start = self.open(b'[');
        for item in items {
            item.write(self);
            self.separate();
        }
        self.close(start, b']');
    }

    /// Ends an item of an object or list.
    #[inline]
    pub fn separate(&mut self) {
        self.literal(", ");
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.out.push(b'"');
        let plain = before_escape(text.as_bytes());
        self.literal(&text[..plain]);
        if plain < text.len() {
            self.escaped(&text[plain..]);
        }
        self.out.push(b'"');
    }

    /// A member that is a string.
    pub fn string_member(&mut self, key: &'static str, text: &str) {
        self.literal(key);
        self.string(text);
        self.separate();
    }

    /// A signed integer.
    pub fn signed(&mut self, value: i64) {
        if value < 0 {
            self.out.push(b'-');
        }
        self.unsigned(value.unsigned_abs());
    }

    /// An integer that may be of either sort.
    pub fn integer(&mut self, value: Int) {
        // Writing to a vector cannot fail.
        let _ = write!(self.out, "{value}");
    }

    /// An unsigned integer.
    pub fn unsigned(&mut self, mut value: u64) {
        if value < 10 {
            return self.out.push(b'0' + value as u8);
        }
        let mut digits = [0; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[start..]);
    }

    /// A number in the shortest form that reads back as the same; what JSON has no form for is `null`.
    pub fn number(&mut self, value: f64) {
        if value.is_finite() {
            write!(self.out, "{value:?}").expect("a vector takes everything");
        } else {
            self.literal("null");
        }
    }

    /// Text that is JSON already.
    #[inline]
    pub fn literal(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Any value.
    pub fn any(&mut self, value: &Value) {
        match value {
            Value::Null => self.literal("null"),
            Value::Bool(value) => self.literal(if *value { "true" } else { "false" }),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => self.signed(value),
                (None, Some(value)) => self.unsigned(value),
                (None, None) => self.number(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => self.string(text),
            Value::Array(items) => self.list(items),
            Value::Object(members) => {
                let start = self.open(b'{');
                self.extra(members);
                self.close(start, b'}');
            }
        }
    }

    /// Begins an object or list; returns where its first item stands.
    fn open(&mut self, bracket: u8) -> usize {
        self.out.push(bracket);
        self.out.len()
    }

    /// Ends an object or list. Every item ends in a separator, which is one too many after the last.
    fn close(&mut self, start: usize, bracket: u8) {
        if self.out.len() > start {
            self.out.truncate(self.out.len() - ", ".len());
        }
        self.out.push(bracket);
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
    fn member<T: Field + Debug>(&mut self, key: &'static str, value: &T) {
        value.write_member(key, self);
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

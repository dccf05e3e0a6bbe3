//! The writer: JSON as QEMU puts it.

use std::io::Write as _;

use super::{Int, List, Record};
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

    /// An object: the members of the record, of the branches it has selected, and what the schema does not name.
    pub fn record(&mut self, record: &dyn Record) {
        self.out.push(b'{');
        let start = self.out.len();
        let mut level = Some(record);
        while let Some(record) = level {
            self.members(record, start);
            level = record.branches().and_then(|branches| branches.record());
        }
        self.out.push(b'}');
    }

    /// A list.
    pub fn list(&mut self, list: &dyn List) {
        self.out.push(b'[');
        let start = self.out.len();
        for index in 0..list.count() {
            self.separate(start);
            list.item(index).write(self);
        }
        self.out.push(b']');
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
                self.out.push(b'{');
                self.free_members(members, self.out.len());
                self.out.push(b'}');
            }
        }
    }

    fn members(&mut self, record: &dyn Record, start: usize) {
        for (index, member) in record.table().members.iter().enumerate() {
            let field = record.get(index);
            if !(member.optional && field.absent()) {
                // The first member has no comma before it.
                self.literal(if self.out.len() == start { &member.key[2..] } else { member.key });
                field.write(self);
            }
        }
        if let Some(extra) = record.extra() {
            self.free_members(extra, start);
        }
    }

    fn free_members(&mut self, members: &crate::Map<String, Value>, start: usize) {
        for (key, value) in members {
            self.separate(start);
            self.string(key);
            self.literal(": ");
            self.any(value);
        }
    }

    /// Puts the separator between items; the first item stands at `start`.
    #[inline]
    fn separate(&mut self, start: usize) {
        if self.out.len() != start {
            self.literal(", ");
        }
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

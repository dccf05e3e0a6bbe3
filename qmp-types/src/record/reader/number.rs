//! Numbers: exact integers, and doubles that never overflow.

use super::super::Int;
use super::super::error::{ReadError, Wording};
use super::Reader;

/// A number as JSON has it: an integer as long as it is written as one and fits.
pub(super) enum Number<'a> {
    Signed(i64),
    /// Greater than any `i64`.
    Unsigned(u64),
    /// With fraction or exponent, or beyond the integers.
    Real(&'a str),
}

impl<'a> Reader<'a> {
    /// Reads a signed integer.
    pub fn signed(&mut self) -> Result<i64, ReadError> {
        let start = self.position;
        match self.any_number("integer", Wording::Type)? {
            Number::Signed(value) => Ok(value),
            Number::Unsigned(_) | Number::Real(_) => Err(self.misfit(start, Wording::Type, "integer")),
        }
    }

    /// Reads an unsigned integer. A negative one is taken modulo 2^64, as QEMU does.
    pub fn unsigned(&mut self) -> Result<u64, ReadError> {
        let start = self.position;
        match self.any_number("uint64", Wording::Unsigned)? {
            Number::Signed(value) => Ok(value.cast_unsigned()),
            Number::Unsigned(value) => Ok(value),
            Number::Real(_) => Err(self.misfit(start, Wording::Unsigned, "uint64")),
        }
    }

    /// Reads an integer that may be of either sort.
    pub fn integer(&mut self) -> Result<Int, ReadError> {
        let start = self.position;
        match self.any_number("integer", Wording::Type)? {
            Number::Signed(value) => Ok(value.into()),
            Number::Unsigned(value) => Ok(value.into()),
            Number::Real(_) => Err(self.misfit(start, Wording::Type, "integer")),
        }
    }

    /// Reads a number, which may be written as an integer.
    pub fn number(&mut self) -> Result<f64, ReadError> {
        let start = self.position;
        match self.any_number("number", Wording::Type)? {
            Number::Signed(value) => Ok(value as f64),
            Number::Unsigned(value) => Ok(value as f64),
            Number::Real(text) => self.finite(start, text),
        }
    }

    /// Reads a number of any sort; `expected` is for the error if it is none.
    pub(super) fn any_number(&mut self, expected: &'static str, wording: Wording) -> Result<Number<'a>, ReadError> {
        let start = self.position;
        let negative = self.peek() == Some(b'-');
        if !negative && !matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.mismatch(wording, expected));
        }
        self.position += usize::from(negative);
        let magnitude = self.whole_part()?;
        if let Some(b'.' | b'e' | b'E') = self.peek() {
            self.fraction_and_exponent()?;
            return Ok(Number::Real(&self.text[start..self.position]));
        }
        Ok(match (magnitude, negative) {
            (Some(value), false) => i64::try_from(value).map_or(Number::Unsigned(value), Number::Signed),
            (Some(value), true) if value <= i64::MIN.unsigned_abs() => {
                Number::Signed(value.wrapping_neg().cast_signed())
            }
            _ => Number::Real(&self.text[start..self.position]),
        })
    }

    /// The value of a number with fraction or exponent that started at `start`.
    pub(super) fn finite(&mut self, start: usize, text: &str) -> Result<f64, ReadError> {
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.misfit(start, Wording::Type, "number")),
        }
    }

    /// Reads the digits before point and exponent; none if they are more than a `u64` holds.
    #[inline]
    fn whole_part(&mut self) -> Result<Option<u64>, ReadError> {
        let start = self.position;
        let mut value = 0_u64;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.position += 1;
        }
        let digits = &self.text.as_bytes()[start..self.position];
        match digits {
            [] | [b'0', _, ..] => Err(self.syntax("invalid number")),
            // As many nines fit.
            _ if digits.len() <= 19 => Ok(Some(value)),
            _ => Ok(self.text[start..self.position].parse().ok()),
        }
    }

    fn fraction_and_exponent(&mut self) -> Result<(), ReadError> {
        if self.peek() == Some(b'.') {
            self.position += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.position += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.position += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), ReadError> {
        let start = self.position;
        while let Some(b'0'..=b'9') = self.peek() {
            self.position += 1;
        }
        if self.position == start { Err(self.syntax("invalid number")) } else { Ok(()) }
    }

    /// The error for a number that started at `start` and is not of the expected sort.
    #[cold]
    fn misfit(&mut self, start: usize, wording: Wording, expected: &'static str) -> ReadError {
        self.position = start;
        self.mismatch(wording, expected)
    }
}

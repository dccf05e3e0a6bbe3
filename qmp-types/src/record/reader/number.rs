//! Reads numbers: exact integers, and doubles that do not overflow.

use super::super::Int;
use super::super::error::{ReadError, Wording};
use super::Reader;
use crate::json::number::{self, Number};

impl<'a> Reader<'a> {
    /// Reads a signed integer.
    pub fn signed(&mut self) -> Result<i64, ReadError> {
        if let Some(value) = number::small(self.text, &mut self.position) {
            return Ok(value);
        }
        let start = self.position;
        match self.any_number("integer", Wording::Type)? {
            Number::Signed(value) => Ok(value),
            Number::Unsigned(_) | Number::Real(_) => Err(self.misfit(start, Wording::Type, "integer")),
        }
    }

    /// Reads an unsigned integer. A negative one is taken modulo 2^64, as QEMU does.
    pub fn unsigned(&mut self) -> Result<u64, ReadError> {
        if let Some(value) = number::small(self.text, &mut self.position) {
            return Ok(value.cast_unsigned());
        }
        let start = self.position;
        match self.any_number("uint64", Wording::Unsigned)? {
            Number::Signed(value) => Ok(value.cast_unsigned()),
            Number::Unsigned(value) => Ok(value),
            Number::Real(_) => Err(self.misfit(start, Wording::Unsigned, "uint64")),
        }
    }

    /// Reads an integer that may be signed or unsigned.
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

    /// Reads any number. `expected` is the type that the error names if the value is not a number.
    #[inline]
    pub(super) fn any_number(&mut self, expected: &'static str, wording: Wording) -> Result<Number<'a>, ReadError> {
        let Some(b'-' | b'0'..=b'9') = self.peek() else { return Err(self.mismatch(wording, expected)) };
        let dialect = self.dialect();
        number::read(self.text, &mut self.position, dialect).map_err(|error| self.malformed(error))
    }

    /// Returns the value of the number `text`, which starts at `start`.
    ///
    /// # Errors
    /// If it exceeds the range of a double.
    pub(super) fn finite(&mut self, start: usize, text: &str) -> Result<f64, ReadError> {
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.misfit(start, Wording::Type, "number")),
        }
    }

    /// Returns the error for a number that starts at `start` and is not of the expected type.
    #[cold]
    fn misfit(&mut self, start: usize, wording: Wording, expected: &'static str) -> ReadError {
        self.position = start;
        self.mismatch(wording, expected)
    }
}

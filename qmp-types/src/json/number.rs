//! The grammar of numbers, and their exact values.

use super::{Dialect, SyntaxError};

/// The part of a number that was scanned last, in the grammar `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}

/// The effect of the next byte on a number.
pub(super) enum Step {
    Continue(Scanned),
    /// The number ends before the byte.
    End,
    /// The text is not a number.
    Bad,
}

impl Scanned {
    /// Scans the first byte of a number.
    #[inline]
    pub(super) fn first(byte: u8) -> Option<Self> {
        match byte {
            b'1'..=b'9' => Some(Self::Integer),
            b'0' => Some(Self::Zero),
            b'-' => Some(Self::Minus),
            _ => None,
        }
    }

    /// Scans the next byte.
    pub(super) fn step(self, byte: u8, dialect: Dialect) -> Step {
        use Scanned::*;
        match (self, byte) {
            (Integer, b'0'..=b'9') | (Minus, b'1'..=b'9') => Step::Continue(Integer),
            (Minus, b'0') => Step::Continue(Zero),
            (Zero | Integer, b'.') => Step::Continue(Point),
            (Point | Fraction, b'0'..=b'9') => Step::Continue(Fraction),
            (Integer | Fraction, b'e' | b'E') => Step::Continue(Exponent),
            (Zero, b'e' | b'E') if dialect.has_exponent_after_zero() => Step::Continue(Exponent),
            (Exponent, b'+' | b'-') => Step::Continue(ExponentSign),
            (Exponent | ExponentSign | ExponentDigits, b'0'..=b'9') => Step::Continue(ExponentDigits),
            (Minus | Point | Exponent | ExponentSign, _) | (Zero, b'0'..=b'9') => Step::Bad,
            (Zero | Integer | Fraction | ExponentDigits, _) => Step::End,
        }
    }

    /// Returns whether the number may end here.
    pub(super) fn is_complete(self) -> bool {
        matches!(self, Self::Zero | Self::Integer | Self::Fraction | Self::ExponentDigits)
    }
}

/// Returns the end of the number that starts at `start`, if it is an integer without a minus, and a byte follows that ends
/// it.
#[inline(never)]
pub(super) fn integer_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    while let Some(b'0'..=b'9') = bytes.get(end) {
        end += 1;
    }
    let has_leading_zero = bytes[start] == b'0' && end > start + 1;
    let is_integer = end > start && !has_leading_zero && !matches!(bytes.get(end)?, b'.' | b'e' | b'E');
    is_integer.then_some(end)
}

/// The value of a number. It is an integer if it is written as one and fits.
pub(crate) enum Number<'a> {
    Signed(i64),
    /// Greater than any `i64`.
    Unsigned(u64),
    /// The text of a number with a fraction or an exponent, or of an integer that does not fit.
    Real(&'a str),
}

/// Reads an integer that consists of digits only. Returns `None` if the bytes are anything else, or the integer does not fit.
pub(crate) fn read_digits(bytes: &[u8]) -> Option<u64> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u64::from(byte - b'0'));
    let add = |value: u64, byte| value.checked_mul(10)?.checked_add(digit(byte)?);
    if bytes.is_empty() { None } else { bytes.iter().try_fold(0, add) }
}

/// Reads a number, and moves the position to its end. A digit or a minus must be at the position.
#[inline]
pub(crate) fn read<'a>(text: &'a str, position: &mut usize, dialect: Dialect) -> Result<Number<'a>, SyntaxError> {
    match small(text, position) {
        Some(value) => Ok(Number::Signed(value)),
        None => read_any(text, position, dialect),
    }
}

/// Reads an integer of up to 18 digits, and moves the position to its end. Returns `None`, and does not move, for any other
/// text.
#[inline]
pub(crate) fn small(text: &str, position: &mut usize) -> Option<i64> {
    let bytes = text.as_bytes();
    let is_negative = bytes.get(*position) == Some(&b'-');
    let start = *position + usize::from(is_negative);
    let mut end = start;
    let mut magnitude = 0_u64;
    while let Some(byte @ b'0'..=b'9') = bytes.get(end) {
        magnitude = magnitude.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        end += 1;
    }
    // 18 digits fit into an `i64`. A leading zero, a fraction or an exponent is left to the grammar.
    let is_small = matches!(end - start, 1..=18) && (bytes[start] != b'0' || end - start == 1);
    if !is_small || matches!(bytes.get(end), Some(b'.' | b'e' | b'E')) {
        return None;
    }
    *position = end;
    let magnitude = magnitude.cast_signed();
    Some(if is_negative { -magnitude } else { magnitude })
}

/// Reads any number by the grammar, as [`read`] does.
#[cold]
fn read_any<'a>(text: &'a str, position: &mut usize, dialect: Dialect) -> Result<Number<'a>, SyntaxError> {
    let start = *position;
    let mut rest = text.as_bytes()[start..].iter();
    let mut scanned = rest.next().and_then(|&byte| Scanned::first(byte));
    let mut end = start + 1;
    for &byte in rest {
        match scanned.map_or(Step::Bad, |scanned| scanned.step(byte, dialect)) {
            Step::Continue(next) => scanned = Some(next),
            Step::End => break,
            Step::Bad => return Err(SyntaxError::new("invalid number", end)),
        }
        end += 1;
    }
    if !scanned.is_some_and(Scanned::is_complete) {
        return Err(SyntaxError::new("invalid number", end));
    }
    *position = end;
    let number = &text[start..end];
    Ok(match (number.parse(), number.parse()) {
        (Ok(value), _) => Number::Signed(value),
        (_, Ok(value)) => Number::Unsigned(value),
        _ => Number::Real(number),
    })
}

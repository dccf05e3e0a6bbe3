//! Checks and decodes the contents of strings.

use std::borrow::Cow;
use std::str::from_utf8;

use super::echo::echo;
use super::swar::before_special;
use super::{Dialect, SyntaxError};

/// Reads a string in double quotes, of ASCII without escapes, and moves the position to its end. Returns `None`, and does not
/// move, for any other text.
#[inline]
pub(crate) fn plain<'a>(text: &'a str, position: &mut usize) -> Option<&'a str> {
    let content = text.as_bytes()[*position..].strip_prefix(b"\"")?;
    let start = *position + 1;
    let end = start + before_special(content, b'"');
    if text.as_bytes().get(end) != Some(&b'"') {
        return None;
    }
    *position = end + 1;
    Some(&text[start..end])
}

/// Reads a string whose opening quote precedes the position, and moves the position past its closing quote. The result
/// borrows from the text unless the string has escapes.
#[inline]
pub(crate) fn read<'a>(
    text: &'a str,
    position: &mut usize,
    quote: u8,
    dialect: Dialect,
) -> Result<Cow<'a, str>, SyntaxError> {
    let start = *position;
    let end = start + before_special(&text.as_bytes()[start..], quote);
    if text.as_bytes().get(end) != Some(&quote) {
        return decode(text.as_bytes(), position, quote, dialect);
    }
    *position = end + 1;
    Ok(Cow::Borrowed(&text[start..end]))
}

/// Decodes a string token, whose first byte is the opening quote and whose last byte is the closing quote.
pub(crate) fn read_token(token: &[u8], dialect: Dialect) -> Result<Cow<'_, str>, SyntaxError> {
    let content = &token[1..token.len() - 1];
    if before_special(content, token[0]) == content.len()
        && let Ok(text) = from_utf8(content)
    {
        return Ok(Cow::Borrowed(text));
    }
    decode(token, &mut 1, token[0], dialect)
}

/// Decodes any string in any bytes, as [`read`] does.
#[cold]
fn decode<'a>(bytes: &'a [u8], position: &mut usize, quote: u8, dialect: Dialect) -> Result<Cow<'a, str>, SyntaxError> {
    let mut text = Cow::Borrowed("");
    let mut at = *position;
    loop {
        let rest = &bytes[at..];
        let plain = rest.iter().position(|&byte| byte == quote || byte == b'\\' || byte < b' ').unwrap_or(rest.len());
        append(&mut text, characters(&rest[..plain], at, dialect)?);
        at += plain;
        match bytes.get(at) {
            Some(b'\\') => {
                let (character, len) = escape(&bytes[at..], at, dialect)?;
                text.to_mut().push(character);
                at += len;
            }
            Some(&byte) if byte == quote => break,
            Some(_) => return Err(SyntaxError::new("control character in string", at)),
            None => return Err(SyntaxError::new("unterminated string", at)),
        }
    }
    *position = at + 1;
    if let Cow::Owned(text) = &mut text {
        text.shrink_to_fit();
    }
    Ok(text)
}

fn append<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else {
        text.to_mut().push_str(&more);
    }
}

/// Returns the characters that bytes without escapes encode. The bytes are at position `at`, which the error reports.
fn characters(mut bytes: &[u8], at: usize, dialect: Dialect) -> Result<Cow<'_, str>, SyntaxError> {
    let refused = || SyntaxError::new("invalid UTF-8 sequence in string", at);
    let mut text = Cow::Borrowed("");
    loop {
        let good = from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let valid = from_utf8(&bytes[..good]).unwrap_or_default();
        if !valid.chars().all(|character| dialect.has_character(character)) {
            return Err(refused());
        }
        append(&mut text, Cow::Borrowed(valid));
        bytes = &bytes[good..];
        match bytes.strip_prefix(&[0xC0, 0x80]) {
            _ if bytes.is_empty() => return Ok(text),
            Some(rest) if dialect.has_modified_utf8() => bytes = rest,
            _ => return Err(refused()),
        }
        text.to_mut().push('\0');
    }
}

/// Returns the character of the escape at the start of `rest`, and the length of the escape. The escape is at position `at`,
/// which the error reports.
fn escape(rest: &[u8], at: usize, dialect: Dialect) -> Result<(char, usize), SyntaxError> {
    let character = match rest.get(1) {
        Some(b'u') => return unicode_escape(rest, at, dialect),
        Some(&byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
        Some(b'\'') if dialect.has_single_quotes() => '\'',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        _ => return Err(SyntaxError::new("invalid escape sequence in string", at)),
    };
    Ok((character, 2))
}

/// Decodes the [`escape`] `\uXXXX`, or two of them that encode one character.
fn unicode_escape(rest: &[u8], at: usize, dialect: Dialect) -> Result<(char, usize), SyntaxError> {
    let first = code_unit(rest);
    let second = first.filter(|unit| (0xD800..0xDC00).contains(unit)).and_then(|_| code_unit(rest.get(6..)?));
    let character = char::decode_utf16(first.into_iter().chain(second)).next().and_then(Result::ok);
    let len = character.map_or(6, |character| 6 * character.len_utf16());
    match character {
        Some(character) if dialect.has_character(character) => Ok((character, len)),
        _ => {
            let sent = echo(&rest[..len.min(rest.len())]);
            Err(SyntaxError::new(format!("{sent} is not a valid Unicode character"), at))
        }
    }
}

/// Returns the code unit of the `\uXXXX` at the start of `bytes`.
fn code_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)? as u16))
}

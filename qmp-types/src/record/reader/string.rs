//! Strings and keys.

use std::borrow::Cow;

use super::super::error::{ReadError, Wording};
use super::Reader;
use crate::json::swar::before_end;

impl<'a> Reader<'a> {
    /// Reads a string into one of its own.
    pub fn text(&mut self) -> Result<String, ReadError> {
        self.string().map(Cow::into_owned)
    }

    /// Reads a string, which is borrowed from the text unless it has escapes.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote),
            _ => Err(self.mismatch(Wording::Type, "string")),
        }
    }

    /// Reads a member's key and goes on to its value.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let key = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => self.quoted(quote)?,
            _ => return Err(self.syntax("key is not a string in object")),
        };
        self.colon()?;
        Ok(key)
    }

    /// Goes from behind a key to its value.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), ReadError> {
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.syntax("missing : in object pair"));
        }
        self.position += 1;
        self.space();
        Ok(())
    }

    #[inline]
    fn quoted(&mut self, quote: u8) -> Result<Cow<'a, str>, ReadError> {
        self.position += 1;
        let plain = self.plain(quote);
        if self.peek() != Some(quote) {
            return self.escaped(quote, plain).map(Cow::Owned);
        }
        self.position += 1;
        Ok(Cow::Borrowed(plain))
    }

    /// Goes over what needs no look: up to the closing quote, an escape or what may not be there.
    #[inline]
    fn plain(&mut self, quote: u8) -> &'a str {
        let start = self.position;
        self.position += before_end(self.rest(), quote);
        &self.text[start..self.position]
    }

    #[cold]
    fn escaped(&mut self, quote: u8, plain: &str) -> Result<String, ReadError> {
        let mut text = plain.to_owned();
        loop {
            match self.peek() {
                Some(b'\\') => text.push(self.escape()?),
                Some(byte) if byte == quote => break,
                Some(_) => return Err(self.syntax("control character in string")),
                None => return Err(self.syntax("unterminated string")),
            }
            text.push_str(self.plain(quote));
        }
        self.position += 1;
        text.shrink_to_fit();
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let character = match self.rest().get(1) {
            Some(b'u') => return self.code_point(),
            Some(&byte @ (b'"' | b'\'' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => return Err(self.syntax("invalid escape sequence in string")),
        };
        self.position += 2;
        Ok(character)
    }

    /// Reads `\uXXXX`, or two of them that are one character.
    fn code_point(&mut self) -> Result<char, ReadError> {
        let rest = self.rest();
        let first = code_unit(rest);
        let second = first.filter(|unit| (0xD800..0xDC00).contains(unit)).and_then(|_| code_unit(rest.get(6..)?));
        let character = char::decode_utf16(first.into_iter().chain(second)).next().and_then(Result::ok);
        let Some(character) = character else {
            return Err(self.syntax("escape that is not a valid Unicode character"));
        };
        self.position += 6 * character.len_utf16();
        Ok(character)
    }
}

/// The code unit that `\uXXXX` at the start of `bytes` stands for.
fn code_unit(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)? as u16))
}

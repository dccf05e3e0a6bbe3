//! Strings and keys.

use std::borrow::Cow;

use super::super::error::{ReadError, Wording};
use super::Reader;
use crate::json::string;

impl<'a> Reader<'a> {
    /// Reads a string, and returns a copy.
    pub fn text(&mut self) -> Result<String, ReadError> {
        self.string().map(Cow::into_owned)
    }

    /// Reads a string. It is borrowed from the text unless it has escapes.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        match self.quote() {
            Some(quote) => self.quoted(quote),
            None => Err(self.mismatch(Wording::Type, "string")),
        }
    }

    /// Reads a member's key, and goes to its value.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let key = match self.quote() {
            Some(quote) => self.quoted(quote)?,
            None => return Err(self.syntax("key is not a string in object")),
        };
        self.colon()?;
        Ok(key)
    }

    /// Goes from the end of a key to the value.
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

    /// Returns the quote at the position; `None` if there is none that the dialect has.
    #[inline]
    fn quote(&self) -> Option<u8> {
        self.peek().filter(|&byte| byte == b'"' || byte == b'\'' && self.dialect().has_single_quotes())
    }

    #[inline]
    fn quoted(&mut self, quote: u8) -> Result<Cow<'a, str>, ReadError> {
        let dialect = self.dialect();
        self.position += 1;
        string::read(self.text, &mut self.position, quote, dialect).map_err(|error| self.malformed(error))
    }
}

//! Reads strings and keys.

use std::borrow::Cow;

use super::super::error::{ReadError, Wording};
use super::Reader;
use crate::json::string;

impl<'a> Reader<'a> {
    /// Reads a string into `text`, replacing its content.
    pub fn text(&mut self, text: &mut String) -> Result<(), ReadError> {
        *text = match string::plain(self.text, &mut self.position) {
            Some(plain) => plain.to_owned(),
            None => self.string()?.into_owned(),
        };
        Ok(())
    }

    /// Reads a string. The result borrows from the text unless the string has escapes.
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
        // The fast path: the colon as QEMU writes it.
        if let [b':', b' ', b'!'..=u8::MAX, ..] = self.rest() {
            self.position += 2;
            return Ok(());
        }
        self.colon_anywhere()
    }

    /// Goes across the [`colon`](Self::colon) with any white space around it.
    #[inline(never)]
    fn colon_anywhere(&mut self) -> Result<(), ReadError> {
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.syntax("missing : in object pair"));
        }
        self.position += 1;
        self.space();
        Ok(())
    }

    /// Returns the quote at the position, or `None` if there is none that the dialect allows.
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

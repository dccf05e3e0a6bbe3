//! Skips values that are not needed, or that are read later.

use std::collections::HashMap;

use super::super::Kind;
use super::super::error::{ReadError, Wording};
use super::{Reader, closing};

impl Reader<'_> {
    /// Skips a value.
    ///
    /// Its syntax is checked. It does not recurse, so a deeply nested value needs no stack.
    ///
    /// # Errors
    /// If the value is malformed, or nested too deeply.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let mut open = Vec::new();
        loop {
            if let Some(start) = self.skip_or_enter()? {
                open.push(start);
            } else if !self.next_after(&mut open)? {
                return Ok(());
            }
        }
    }

    /// Skips a scalar, an empty object or list, or an object or list whose end is known. Enters any other object or list,
    /// goes to its first value, and returns the position of its opening bracket.
    fn skip_or_enter(&mut self) -> Result<Option<usize>, ReadError> {
        let start = self.position;
        let entered = match self.kind() {
            Some(Kind::Object | Kind::Array) if self.jump() => false,
            Some(Kind::Object) => self.enter(b'{', "object")? && self.key().map(|_| true)?,
            Some(Kind::Array) => self.enter(b'[', "array")?,
            _ => {
                self.skip_scalar()?;
                false
            }
        };
        Ok(entered.then_some(start))
    }

    fn skip_scalar(&mut self) -> Result<(), ReadError> {
        match self.kind() {
            Some(Kind::String) => self.string().map(drop),
            Some(Kind::Number) => self.any_number("number", Wording::Type).map(drop),
            Some(Kind::Bool) => self.boolean().map(drop),
            Some(Kind::Null) => self.null().map(drop),
            _ => Err(self.no_value()),
        }
    }

    /// Goes to the next value in the innermost open object or list that has one, and leaves those that have none. Returns
    /// `false` if all have been left.
    fn next_after(&mut self, open: &mut Vec<usize>) -> Result<bool, ReadError> {
        while let Some(&start) = open.last() {
            let close = closing(self.text.as_bytes()[start]);
            if self.next(close)? {
                if close == b'}' {
                    self.key()?;
                }
                return Ok(true);
            }
            open.pop();
            if let Some(jumps) = &mut self.jumps {
                jumps.insert(start, self.position);
            }
        }
        Ok(false)
    }

    /// Skips the object or list that starts here if its end is known. Returns whether it was skipped.
    fn jump(&mut self) -> bool {
        let end = self.jumps.as_ref().and_then(|jumps| jumps.get(&self.position));
        self.position = end.copied().unwrap_or(self.position);
        end.is_some()
    }

    /// Notes the end of each object and list of the whole value, so that skipping one takes constant time from now on.
    ///
    /// # Errors
    /// If the value is malformed, or nested too deeply.
    #[cold]
    pub(super) fn note_ends(&mut self) -> Result<(), ReadError> {
        let (position, depth) = (self.position, self.depth);
        self.jumps = Some(HashMap::new());
        (self.position, self.depth) = (self.start, self.limit);
        self.skip()?;
        (self.position, self.depth) = (position, depth);
        Ok(())
    }

    /// Goes from a member's value to the value of the first later member called `name`. Returns the position of its key, or
    /// `None` if there is no such member.
    pub(super) fn skim(&mut self, name: &str) -> Result<Option<usize>, ReadError> {
        let start = self.position;
        let mut found = None;
        while found.is_none() {
            self.skip()?;
            if !self.next(b'}')? {
                break;
            }
            let key = self.position;
            found = (self.key()? == name).then_some(key);
        }
        self.skimmed += self.position - start;
        Ok(found)
    }
}

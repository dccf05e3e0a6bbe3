//! Going over values without taking them: what nobody wants, and what is wanted later.

use std::collections::HashMap;

use super::super::Kind;
use super::super::error::{ReadError, Wording};
use super::{Reader, closing};

impl Reader<'_> {
    /// Goes over a value, which has to be valid all the same. Iterative: depth costs no stack.
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

    /// Goes over a scalar, an empty object or list, or what is known from before; goes to the first value inside what is
    /// none of these and says where that started.
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

    /// Goes to the next value inside what is open, closing what ends; false if nothing is open any more.
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

    /// Goes behind the object or list that starts here if it is known where it ends.
    fn jump(&mut self) -> bool {
        let end = self.jumps.as_ref().and_then(|jumps| jumps.get(&self.position));
        self.position = end.copied().unwrap_or(self.position);
        end.is_some()
    }

    /// Learns where each object and list of the whole value ends, so that going over one costs nothing from now on.
    #[cold]
    pub(super) fn index(&mut self) -> Result<(), ReadError> {
        let (position, depth) = (self.position, self.depth);
        self.jumps = Some(HashMap::new());
        (self.position, self.depth) = (self.start, self.limit);
        self.skip()?;
        (self.position, self.depth) = (position, depth);
        Ok(())
    }

    /// Goes from a member's value to the value of the member `name` further on in the object, and says where its key
    /// stands.
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

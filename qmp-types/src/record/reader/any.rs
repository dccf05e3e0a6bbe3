//! Reads values of any type: the schema's `any`, and values that the schema does not describe.

use std::borrow::Cow;

use serde_json::map::Entry;
use serde_json::{Map, Number as JsonNumber, Value};

use super::super::Kind;
use super::super::error::{Mistake, ReadError, Wording};
use super::{Mode, Reader};
use crate::json::number::Number;

impl Reader<'_> {
    /// Reads any value.
    pub fn any(&mut self) -> Result<Value, ReadError> {
        match self.kind() {
            Some(Kind::Null) => self.null().map(|_| Value::Null),
            Some(Kind::Bool) => self.boolean().map(Value::Bool),
            Some(Kind::Number) => self.json_number().map(Value::Number),
            Some(Kind::String) => self.string().map(|text| Value::String(text.into_owned())),
            Some(Kind::Array) => self.any_list().map(Value::Array),
            Some(Kind::Object) => self.any_object().map(Value::Object),
            None => Err(self.no_value()),
        }
    }

    /// Reads any value as the member `key` of `members`.
    pub(super) fn any_member(&mut self, key: Cow<'_, str>, members: &mut Map<String, Value>) -> Result<(), ReadError> {
        match members.entry(key) {
            Entry::Vacant(entry) => drop(entry.insert(self.any()?)),
            Entry::Occupied(_) if self.mode == Mode::Strict => return Err(self.error(Mistake::Duplicate)),
            Entry::Occupied(_) => self.skip()?,
        }
        Ok(())
    }

    fn any_object(&mut self) -> Result<Map<String, Value>, ReadError> {
        let mut members = Map::new();
        let mut more = self.enter(b'{', "object")?;
        while more {
            let key = self.key()?;
            self.any_member(key, &mut members)?;
            more = self.next(b'}')?;
        }
        Ok(members)
    }

    fn any_list(&mut self) -> Result<Vec<Value>, ReadError> {
        let mut items = Vec::new();
        let mut more = self.enter(b'[', "array")?;
        while more {
            items.push(self.any()?);
            more = self.next(b']')?;
        }
        Ok(items)
    }

    fn json_number(&mut self) -> Result<JsonNumber, ReadError> {
        let start = self.position;
        Ok(match self.any_number("number", Wording::Type)? {
            Number::Signed(value) => value.into(),
            Number::Unsigned(value) => value.into(),
            Number::Real(text) => JsonNumber::from_f64(self.finite(start, text)?).expect("the number is finite"),
        })
    }
}

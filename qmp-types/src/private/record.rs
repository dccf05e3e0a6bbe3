//! Functions that generated records call.

use std::fmt::{self, Debug};

use crate::record::{Branches, Enumeration, Field, Mode, ReadError, Reader, Record, Visitor, Writer};
use crate::{Error, UnknownValue};
use crate::{Map, Value};

/// The result of filling a value.
pub type Result = std::result::Result<(), ReadError>;

/// Reads the only value of the reader's text.
pub fn read<T: Field>(reader: &mut Reader<'_>) -> std::result::Result<T, ReadError> {
    let mut value = T::blank();
    reader.value(&mut value)?;
    Ok(value)
}

/// Returns a blank item for a list.
pub fn blank_item<T: Field>(_list: &[T]) -> T {
    T::blank()
}

/// Returns the arguments of a command with `gen: false` as they are sent.
pub fn raw_arguments<T: Record>(arguments: &T) -> Map<String, Value> {
    let mut text = Writer::new();
    text.record(arguments);
    let mut members = Map::new();
    // The writer's text is an object with distinct members, unless `extra` repeats one: then the first counts.
    let text = String::from_utf8(text.into_bytes()).unwrap_or_default();
    let _ = Reader::new(&text, Mode::Lenient).value(&mut members);
    members
}

/// Returns the arguments of a command with `gen: false` with the types that the schema gives to some of them, or the error
/// that a server replies with.
pub fn typed_arguments<T: Field>(members: &Map<String, Value>) -> std::result::Result<T, Error> {
    let mut text = Writer::new();
    members.write(&mut text);
    let text = String::from_utf8(text.into_bytes()).unwrap_or_default();
    Ok(read(&mut Reader::new(&text, Mode::Strict))?)
}

/// Returns the value of an enumeration that `text` names.
pub fn parse<T: Enumeration>(text: &str) -> std::result::Result<T, UnknownValue> {
    let names = T::NAMES;
    names.find(text.as_bytes()).map(T::known).ok_or_else(|| UnknownValue::new(names.owner, text))
}

/// Formats a record for `Debug`. Members are shown by their names in the schema, with `_` for `-`.
pub fn debug<T: Record>(record: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut members = DebugVisitor(f.debug_struct(name));
    record.visit(&mut members);
    members.0.finish()
}

struct DebugVisitor<'a, 'f>(fmt::DebugStruct<'a, 'f>);

impl Visitor for DebugVisitor<'_, '_> {
    fn member<const N: usize, T: Field + Debug>(&mut self, key: &'static [u8; N], value: &T) {
        let name = String::from_utf8_lossy(&key[1..N - "\": ".len()]);
        self.0.field(&name.replace('-', "_"), value);
    }

    /// Does nothing: the discriminator is a member and shows its branch itself.
    fn branch<T: Branches>(&mut self, _: &T) {}

    fn extra(&mut self, members: &Map<String, Value>) {
        self.0.field("extra", members);
    }
}

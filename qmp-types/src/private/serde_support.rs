//! serde for generated types, through a `serde_json::Value` and this crate's reader and writer.

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Value;
use crate::record::{Field, Mode, ReadError, Reader, Writer};

/// Serialises a generated value.
pub fn serialize<S: Serializer>(value: &dyn Field, serializer: S) -> Result<S::Ok, S::Error> {
    to_any(value).map_err(S::Error::custom)?.serialize(serializer)
}

/// Deserialises a generated value as leniently as a client decodes a reply.
pub fn deserialize<'de, T: Field, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let any = Value::deserialize(deserializer)?;
    let mut value = T::blank();
    fill(&mut value, &any).map_err(D::Error::custom)?;
    Ok(value)
}

fn to_any(value: &dyn Field) -> Result<Value, ReadError> {
    let mut any = Value::Null;
    fill(&mut any, value)?;
    Ok(any)
}

/// Fills a value from another one that has the same JSON.
fn fill(value: &mut dyn Field, other: &dyn Field) -> Result<(), ReadError> {
    let mut writer = Writer::new();
    other.write(&mut writer);
    let text = String::from_utf8(writer.into_bytes()).expect("the writer writes ASCII");
    Reader::new(&text, Mode::Lenient).value(value)
}

//! Reads the text of a message.

use std::fmt;

use serde_json::{Map, Value};

use super::switch::Switch;

/// The text that stands for a number beyond all floating-point numbers.
pub(super) const INFINITY: &str = "@infinity";

/// What a lenient or a broken reader makes of the tests' texts.
const MISREADINGS: &[(Switch, &[u8], &[u8])] = &[
    (Switch::WrongEscape, b"\\b", b"b"),
    (Switch::NoSurrogatePairs, b"\\ud83d\\ude00", b"??"),
    (Switch::NoEscapedNames, b"\\u0065xecute", b"\\\\u0065xecute"),
    (Switch::TrailingComma, b",}", b"}"),
    (Switch::LeadingZeros, b": 01", b": 1"),
    (Switch::BarePoint, b"1.}", b"1}"),
    (Switch::OtherKeywords, b"nil", b"null"),
    (Switch::OtherEscapes, b"\\q", b"q"),
    (Switch::BadUnicode, b"\\u12\"", b"\""),
    (Switch::BareName, b" id:", b" \"id\":"),
    (Switch::LoneSurrogate, b"\"\\ud83d\"", b"\"?\""),
    (Switch::ControlCharacters, b"a\nb", b"a b"),
    (Switch::BadUtf8, b"\xc3\x28", b"??"),
    (Switch::PrintsInfinity, b"1e400", b"\"@infinity\""),
];

/// Reads a message, or fails if it is not JSON.
pub(super) fn read(text: &[u8], has: &impl Fn(Switch) -> bool) -> Option<Value> {
    let mut text = match has(Switch::NoSingleQuotes) {
        true => text.to_vec(),
        false => double_quoted(text),
    };
    for (switch, from, to) in MISREADINGS {
        if has(*switch) {
            text = replaced(&text, from, to);
        }
    }
    let mut text = String::from_utf8(text).ok()?;
    if has(Switch::ReadsLatin1) {
        text = text.bytes().map(char::from).collect();
    }
    let mut reader = serde_json::Deserializer::from_str(&text);
    let seed = Unique { duplicates: has(Switch::DuplicateMember) };
    let value = serde::de::DeserializeSeed::deserialize(seed, &mut reader).ok()?;
    reader.end().ok()?;
    Some(value)
}

/// Turns strings in single quotes into JSON.
fn double_quoted(text: &[u8]) -> Vec<u8> {
    let (mut out, mut quote, mut is_escaped) = (Vec::with_capacity(text.len()), None, false);
    for &byte in text {
        let was_escaped = is_escaped;
        is_escaped = quote.is_some() && byte == b'\\' && !was_escaped;
        match (quote, byte) {
            (Some(b'\''), b'\'') if was_escaped => {
                out.pop();
                out.push(b'\'');
            }
            (Some(b'\''), b'"') if !was_escaped => out.extend(b"\\\""),
            (Some(open), _) if byte == open && !was_escaped => {
                quote = None;
                out.push(b'"');
            }
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                out.push(b'"');
            }
            _ => out.push(byte),
        }
    }
    out
}

fn replaced(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        out.extend(&rest[..at]);
        out.extend(to);
        rest = &rest[at + from.len()..];
    }
    out.extend(rest);
    out
}

/// Reads a value, the objects of which have no member twice.
#[derive(Clone, Copy)]
struct Unique {
    duplicates: bool,
}

impl<'de> serde::de::DeserializeSeed<'de> for Unique {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> serde::de::Visitor<'de> for Unique {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            let value = members.next_value_seed(self)?;
            if map.insert(key, value).is_some() && !self.duplicates {
                return Err(serde::de::Error::custom("duplicate member"));
            }
        }
        Ok(map.into())
    }
}

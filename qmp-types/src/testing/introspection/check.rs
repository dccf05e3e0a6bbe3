//! Checks values against the types of introspection data.

use std::borrow::Cow;

use super::types::{ObjectType, Type, TypeId, TypeKind};
use crate::record::{Mistake, ReadError, Wording};
use crate::{Map, Value};

/// How a value is checked, and in which words mistakes are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// As a server checks arguments, in QEMU's words.
    Arguments {
        /// Unknown members of the outermost object are permitted.
        skip_unknown: bool,
    },
    /// As an answer of a server, in this project's words.
    Answer,
}

/// Checks a value. The members of an object are checked in the schema's order, as QEMU does.
pub(super) fn check(types: &[Type], ty: TypeId, value: &Value, strictness: Strictness) -> Result<(), ReadError> {
    let skip_unknown = strictness == Strictness::Arguments { skip_unknown: true };
    let is_strict = strictness != Strictness::Answer;
    Checker { types, is_strict }.value(ty, value, skip_unknown)
}

struct Checker<'t> {
    types: &'t [Type],
    /// Mistakes are reported in QEMU's words.
    is_strict: bool,
}

impl Checker<'_> {
    fn value(&self, ty: TypeId, value: &Value, skip_unknown: bool) -> Result<(), ReadError> {
        let Type { name, kind, .. } = &self.types[ty.0];
        match (kind, value) {
            (TypeKind::Any, _)
            | (TypeKind::String, Value::String(_))
            | (TypeKind::Boolean, Value::Bool(_))
            | (TypeKind::Number, Value::Number(_))
            | (TypeKind::Null, Value::Null) => Ok(()),
            (TypeKind::Int(range), Value::Number(number)) => {
                let integer = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
                let Some(integer) = integer else { return Err(self.mismatch(Wording::Type, "integer", value)) };
                match range {
                    Some(range) if !range.contains(&integer) => {
                        Err(self.mismatch(Wording::Width, format!("{name}_t"), value))
                    }
                    _ => Ok(()),
                }
            }
            (TypeKind::Enum(values), Value::String(text)) if values.contains(text) => Ok(()),
            (TypeKind::Enum(_), Value::String(text)) => {
                let text = crate::json::cut(text).into();
                Err(self.mistake(Mistake::Value { enumeration: format!("the enumeration {name}").into(), text }))
            }
            (TypeKind::Array(element), Value::Array(items)) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| self.value(*element, item, false).map_err(|error| error.in_item(index))),
            (TypeKind::Object(object), Value::Object(members)) => self.object(object, members, skip_unknown),
            (TypeKind::Alternate(branches), _) => {
                match branches.iter().find(|branch| accepts(&self.types[branch.0].kind, value)) {
                    Some(branch) => self.value(*branch, value, false),
                    None => Err(self.mismatch(Wording::Alternate, name.clone(), value)),
                }
            }
            (expected, _) => Err(self.mismatch(Wording::Type, json_type(expected), value)),
        }
    }

    fn object(&self, object: &ObjectType, members: &Map<String, Value>, skip_unknown: bool) -> Result<(), ReadError> {
        let mut known = Vec::with_capacity(members.len());
        let mut level = Some(object);
        while let Some(object) = level {
            for member in &object.members {
                match members.get(&member.name) {
                    Some(value) => {
                        let checked = self.value(member.ty, value, false);
                        checked.map_err(|error| error.in_member(member.name.clone()))?;
                        known.push(member.name.as_str());
                    }
                    None if member.is_optional => {}
                    None => return Err(self.mistake(Mistake::Missing).in_member(member.name.clone())),
                }
            }
            level = self.branch(object, members);
        }
        match members.keys().find(|name| !known.contains(&name.as_str())) {
            Some(name) if !skip_unknown => Err(self.mistake(Mistake::Unexpected).in_member(name.clone())),
            _ => Ok(()),
        }
    }

    /// Returns the branch that the discriminator selects, which is itself an object.
    fn branch(&self, object: &ObjectType, members: &Map<String, Value>) -> Option<&ObjectType> {
        let union = object.union.as_ref()?;
        let branch = union.branch(members.get(&union.tag)?.as_str()?)?;
        match &self.types[branch.0].kind {
            TypeKind::Object(branch) => Some(branch),
            _ => None,
        }
    }

    fn mismatch(&self, wording: Wording, expected: impl Into<Cow<'static, str>>, found: &Value) -> ReadError {
        self.mistake(Mistake::Mismatch { wording, expected: expected.into(), found: kind_of(found) })
    }

    fn mistake(&self, mistake: Mistake) -> ReadError {
        ReadError::new(mistake, self.is_strict)
    }
}

/// Returns whether a branch of an alternate takes values of this JSON type.
fn accepts(branch: &TypeKind, value: &Value) -> bool {
    match branch {
        TypeKind::String | TypeKind::Enum(_) => value.is_string(),
        TypeKind::Int(_) => value.is_i64() || value.is_u64(),
        TypeKind::Number => value.is_number(),
        TypeKind::Boolean => value.is_boolean(),
        TypeKind::Null => value.is_null(),
        TypeKind::Array(_) => value.is_array(),
        TypeKind::Object(_) => value.is_object(),
        TypeKind::Any | TypeKind::Alternate(_) => true,
    }
}

/// Returns QEMU's name of the JSON type that values of this type have.
fn json_type(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::String | TypeKind::Enum(_) => "string",
        TypeKind::Int(_) => "integer",
        TypeKind::Number => "number",
        TypeKind::Boolean => "boolean",
        TypeKind::Null => "null",
        TypeKind::Array(_) => "array",
        TypeKind::Object(_) => "object",
        TypeKind::Any | TypeKind::Alternate(_) => "any value",
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

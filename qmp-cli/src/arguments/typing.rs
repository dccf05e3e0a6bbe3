//! Values by the types of a schema.

use qmp_schema::model::{Alternate, Builtin, Enum, Schema, TypeId, TypeKind};
use serde_json::{Map, Number, Value};

use super::members::{composite, members};
use super::mistake::Mistake;
use super::syntax::Given;
use super::tree::{Entry, Node, Tree};

/// The most values of an enum that an error lists.
const MOST_LISTED: usize = 30;

/// Converts values by the types of a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typing<'s> {
    schema: &'s Schema,
}

impl<'s> Typing<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        Self { schema }
    }

    /// Converts the arguments of a command. The server has the last word on commands and members that the schema lacks.
    pub(super) fn arguments(self, command: &str, tree: Tree) -> Result<Map<String, Value>, Mistake> {
        let command = self.schema.commands.iter().find(|candidate| candidate.def.name == command);
        match command.and_then(|command| command.arguments) {
            Some(ty) => self.object(ty, tree, ""),
            None => Ok(untyped(tree)),
        }
    }

    fn object(self, ty: TypeId, tree: Tree, path: &str) -> Result<Map<String, Value>, Mistake> {
        let members = members(self.schema, ty, |tag| match tree.get(tag)? {
            Node::Given(given) => given.as_str().map(str::to_owned),
            Node::Members(_) => None,
        });
        let convert = |entry: Entry| {
            let path = if path.is_empty() { entry.name.clone() } else { format!("{path}.{}", entry.name) };
            let member = members.iter().find(|member| member.name == entry.name);
            let value = match member {
                Some(member) => self.node(member.ty, entry.node, entry.argument, &path)?,
                None => untyped_node(entry.node),
            };
            Ok((entry.name, value))
        };
        tree.0.into_iter().map(convert).collect()
    }

    fn node(self, ty: TypeId, node: Node, argument: usize, path: &str) -> Result<Value, Mistake> {
        match node {
            Node::Given(Given::Json(value)) => Ok(value),
            Node::Given(Given::Text(text)) => self.text(ty, &text).map_err(|expected| {
                Mistake::new(format!("`{path}`: expected {expected}, found `{text}`")).at(argument)
            }),
            Node::Members(tree) => self.with_members(ty, tree, argument, path),
        }
    }

    /// Converts a value that was given by its members.
    fn with_members(self, ty: TypeId, tree: Tree, argument: usize, path: &str) -> Result<Value, Mistake> {
        let kind = &self.schema.ty(ty).kind;
        match kind {
            TypeKind::Object(_) => Ok(Value::Object(self.object(ty, tree, path)?)),
            TypeKind::Array(element) => self.list(*element, tree, path),
            TypeKind::Builtin(Builtin::Any) => Ok(Value::Object(untyped(tree))),
            TypeKind::Alternate(_) => match composite(self.schema, ty) {
                Some(branch) => self.with_members(branch, tree, argument, path),
                None => Err(found_object(path, "another value", argument)),
            },
            TypeKind::Enum(values) => Err(found_object(path, &one_of(values), argument)),
            TypeKind::Builtin(builtin) => Err(found_object(path, &expectation(*builtin), argument)),
        }
    }

    /// Converts a list whose elements were given by their indices.
    fn list(self, element: TypeId, tree: Tree, path: &str) -> Result<Value, Mistake> {
        let last = tree.0.len().saturating_sub(1);
        let mut values = vec![Value::Null; tree.0.len()];
        for entry in tree.0 {
            let place = entry.name.parse().ok().and_then(|index: usize| values.get_mut(index));
            let Some(place) = place.filter(|_| entry.name == "0" || !entry.name.starts_with(['0', '+'])) else {
                let reason = format!("`{path}`: expected the elements 0 to {last}, found `{}`", entry.name);
                return Err(Mistake::new(reason).at(entry.argument));
            };
            *place = self.node(element, entry.node, entry.argument, &format!("{path}.{}", entry.name))?;
        }
        Ok(Value::Array(values))
    }

    /// Converts a text. The error says what was expected.
    fn text(self, ty: TypeId, text: &str) -> Result<Value, String> {
        match &self.schema.ty(ty).kind {
            TypeKind::Builtin(builtin) => builtin_value(*builtin, text),
            TypeKind::Enum(values) => match values.values.iter().any(|value| value.name == text) {
                true => Ok(Value::from(text)),
                false => Err(one_of(values)),
            },
            TypeKind::Object(_) => json(text, Value::is_object).ok_or_else(|| "a JSON object".to_owned()),
            TypeKind::Array(_) => json(text, Value::is_array).ok_or_else(|| "a JSON list".to_owned()),
            TypeKind::Alternate(alternate) => self.alternate(alternate, text),
        }
    }

    /// Converts a text by the first branch that accepts it. Strings accept everything, so they come last.
    fn alternate(self, alternate: &Alternate, text: &str) -> Result<Value, String> {
        let is_string =
            |ty: &TypeId| matches!(self.schema.ty(*ty).kind, TypeKind::Builtin(Builtin::Str | Builtin::Any));
        let branches = || alternate.branches.iter().map(|branch| branch.ty);
        let (mut expected, order) =
            (Vec::new(), branches().filter(|ty| !is_string(ty)).chain(branches().filter(is_string)));
        for branch in order {
            match self.text(branch, text) {
                Ok(value) => return Ok(value),
                Err(other) => expected.push(other),
            }
        }
        Err(expected.join(" or "))
    }
}

/// Converts arguments without types.
pub(super) fn untyped(tree: Tree) -> Map<String, Value> {
    tree.0.into_iter().map(|entry| (entry.name, untyped_node(entry.node))).collect()
}

fn untyped_node(node: Node) -> Value {
    match node {
        Node::Members(tree) => Value::Object(untyped(tree)),
        Node::Given(Given::Json(value)) => value,
        Node::Given(Given::Text(text)) => untyped_text(&text),
    }
}

/// JSON if it is JSON, else a string.
fn untyped_text(text: &str) -> Value {
    json(text, |_| true).unwrap_or_else(|| Value::from(text))
}

fn json(text: &str, is_accepted: impl FnOnce(&Value) -> bool) -> Option<Value> {
    serde_json::from_str(text).ok().filter(is_accepted)
}

fn builtin_value(builtin: Builtin, text: &str) -> Result<Value, String> {
    let value = match builtin {
        Builtin::Str => Some(Value::from(text)),
        Builtin::Any => Some(untyped_text(text)),
        Builtin::Bool => json(text, Value::is_boolean),
        Builtin::Null => json(text, Value::is_null),
        Builtin::Number => json(text, Value::is_number),
        integer => integer_value(text).filter(|value| is_in_range(integer, *value)).map(integer_json),
    };
    value.ok_or_else(|| expectation(builtin))
}

/// Parses a decimal or hexadecimal integer.
fn integer_value(text: &str) -> Option<i128> {
    let (digits, sign) = text.strip_prefix('-').map_or((text, 1), |digits| (digits, -1));
    let value = match digits.strip_prefix("0x") {
        Some(hexadecimal) => u64::from_str_radix(hexadecimal, 16).ok().filter(|_| !hexadecimal.starts_with('+')),
        None => digits.parse().ok().filter(|_| !digits.starts_with('+')),
    };
    value.map(|value: u64| i128::from(value) * sign).filter(|value| *value >= i128::from(i64::MIN))
}

fn integer_json(value: i128) -> Value {
    Number::from_i128(value).map_or(Value::Null, Value::Number)
}

fn is_in_range(builtin: Builtin, value: i128) -> bool {
    range(builtin).is_none_or(|(least, most)| (least..=most).contains(&value))
}

/// The range of an integer type. `int` of introspection data may be any integer.
fn range(builtin: Builtin) -> Option<(i128, i128)> {
    let unsigned = |bits: u32| Some((0, (1_i128 << bits) - 1));
    let signed = |bits: u32| Some((-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1));
    match builtin {
        Builtin::Int8 => signed(8),
        Builtin::Int16 => signed(16),
        Builtin::Int32 => signed(32),
        Builtin::Int | Builtin::Int64 => signed(64),
        Builtin::Uint8 => unsigned(8),
        Builtin::Uint16 => unsigned(16),
        Builtin::Uint32 => unsigned(32),
        Builtin::Uint64 | Builtin::Size => unsigned(64),
        Builtin::Integer | Builtin::Str | Builtin::Number | Builtin::Bool | Builtin::Any | Builtin::Null => None,
    }
}

fn expectation(builtin: Builtin) -> String {
    match builtin {
        Builtin::Str => "a string".to_owned(),
        Builtin::Any => "any value".to_owned(),
        Builtin::Bool => "`true` or `false`".to_owned(),
        Builtin::Null => "`null`".to_owned(),
        Builtin::Number => "a number".to_owned(),
        integer => match range(integer) {
            Some((least, most)) => format!("an integer from {least} to {most}"),
            None => "an integer".to_owned(),
        },
    }
}

fn one_of(values: &Enum) -> String {
    let names: Vec<String> = values.values.iter().take(MOST_LISTED).map(|value| format!("`{}`", value.name)).collect();
    let more = if values.values.len() > MOST_LISTED { ", ..." } else { "" };
    format!("one of {}{more}", names.join(", "))
}

fn found_object(path: &str, expected: &str, argument: usize) -> Mistake {
    Mistake::new(format!("`{path}`: expected {expected}, found an object")).at(argument)
}

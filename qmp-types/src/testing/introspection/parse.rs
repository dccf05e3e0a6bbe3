//! Parses introspection data.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::ops::RangeInclusive;

use super::Introspection;
use super::types::{CommandInfo, MemberInfo, ObjectType, Type, TypeId, TypeKind, UnionInfo};
use crate::Value;
use crate::record::{Field, Writer};

/// The reason why a text is not introspection data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidIntrospection(String);

impl fmt::Display for InvalidIntrospection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid introspection data: {}", self.0)
    }
}

impl std::error::Error for InvalidIntrospection {}

type Parsed<T> = Result<T, InvalidIntrospection>;

pub(super) fn parse(text: &str) -> Parsed<Introspection> {
    let value: Value = serde_json::from_str(text).map_err(|error| InvalidIntrospection(error.to_string()))?;
    let Value::Array(entries) = &value else { return Err(wrong("a list of entries", &value)) };
    let mut parser = Parser { indices: HashMap::new() };
    let is_type = |entry: &&Value| !matches!(entry["meta-type"].as_str(), Some("command" | "event"));
    for entry in entries.iter().filter(is_type) {
        let index = TypeId(parser.indices.len());
        if parser.indices.insert(string(entry, "name")?, index).is_some() {
            return Err(InvalidIntrospection(format!("the type {} is duplicated", entry["name"])));
        }
    }
    let mut types = entries.iter().filter(is_type).map(|entry| parser.ty(entry)).collect::<Parsed<Vec<_>>>()?;
    find_least_depths(&mut types);
    let (mut commands, mut events) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        match entry["meta-type"].as_str() {
            Some("command") => drop(commands.insert(string(entry, "name")?, parser.command(entry)?)),
            Some("event") => drop(events.insert(string(entry, "name")?, parser.reference(entry, "arg-type")?)),
            _ => {}
        }
    }
    let mut text = Writer::new();
    value.write(&mut text);
    Ok(Introspection { text: String::from_utf8_lossy(&text.into_bytes()).into_owned(), commands, events, types })
}

struct Parser {
    indices: HashMap<String, TypeId>,
}

impl Parser {
    fn command(&self, entry: &Value) -> Parsed<CommandInfo> {
        let features: Vec<_> = entry["features"].as_array().into_iter().flatten().collect();
        Ok(CommandInfo {
            arguments: self.reference(entry, "arg-type")?,
            returns: self.reference(entry, "ret-type")?,
            allow_oob: entry["allow-oob"].as_bool().unwrap_or_default(),
            deprecated: features.iter().any(|feature| *feature == "deprecated"),
            unstable: features.iter().any(|feature| *feature == "unstable"),
        })
    }

    fn ty(&self, entry: &Value) -> Parsed<Type> {
        let name = string(entry, "name")?;
        let kind = match entry["meta-type"].as_str() {
            Some("builtin") => builtin(&name, entry)?,
            Some("enum") => TypeKind::Enum(enum_values(entry)?),
            Some("array") => TypeKind::Array(self.reference(entry, "element-type")?),
            Some("object") => TypeKind::Object(self.object(entry)?),
            Some("alternate") => {
                let branches = list(entry, "members")?.iter().map(|member| self.reference(member, "type"));
                TypeKind::Alternate(branches.collect::<Parsed<_>>()?)
            }
            _ => return Err(wrong("a `meta-type` that QMP defines", entry)),
        };
        Ok(Type { name, kind, least_depth: None })
    }

    fn object(&self, entry: &Value) -> Parsed<ObjectType> {
        let members = list(entry, "members")?.iter().map(|member| {
            let is_optional = member.get("default").is_some();
            Ok(MemberInfo { name: string(member, "name")?, ty: self.reference(member, "type")?, is_optional })
        });
        let members = members.collect::<Parsed<_>>()?;
        if entry.get("tag").is_none() {
            return Ok(ObjectType { members, union: None });
        }
        let branch = |variant| Ok((string(variant, "case")?, self.reference(variant, "type")?));
        let branches = list(entry, "variants")?.iter().map(branch).collect::<Parsed<_>>()?;
        Ok(ObjectType { members, union: Some(UnionInfo { tag: string(entry, "tag")?, branches }) })
    }

    /// Returns the type that a member names.
    fn reference(&self, entry: &Value, key: &str) -> Parsed<TypeId> {
        let name = string(entry, key)?;
        let unknown =
            || InvalidIntrospection(format!("expected a type of the list, found `{name}` as {key} in {entry}"));
        self.indices.get(&name).copied().ok_or_else(unknown)
    }
}

fn builtin(name: &str, entry: &Value) -> Parsed<TypeKind> {
    Ok(match string(entry, "json-type")?.as_str() {
        "string" => TypeKind::String,
        "int" => TypeKind::Int(integer_range(name)),
        "number" => TypeKind::Number,
        "boolean" => TypeKind::Boolean,
        "null" => TypeKind::Null,
        "value" => TypeKind::Any,
        _ => return Err(wrong("a `json-type` that QMP defines", entry)),
    })
}

/// Returns the range of an integer type, if its name tells its width. QEMU calls all of them `int`.
fn integer_range(name: &str) -> Option<RangeInclusive<i128>> {
    let (is_signed, bits) = match name {
        "size" => (false, 64),
        _ => match name.strip_prefix("uint") {
            Some(bits) => (false, bits.parse().ok()?),
            None => (true, name.strip_prefix("int")?.parse().ok()?),
        },
    };
    match (is_signed, bits) {
        (true, 1..=64) => Some(-(1 << (bits - 1))..=(1 << (bits - 1)) - 1),
        (false, 1..=64) => Some(0..=(1 << bits) - 1),
        _ => None,
    }
}

/// Returns the values of an enumeration. Before QEMU 7.0 there is no list of members, which may have features.
fn enum_values(entry: &Value) -> Parsed<Vec<String>> {
    match entry.get("members") {
        Some(_) => list(entry, "members")?.iter().map(|member| string(member, "name")).collect(),
        None => {
            let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| wrong("a string", value));
            list(entry, "values")?.iter().map(text).collect()
        }
    }
}

/// Finds out how deeply the least value of each type is nested: from the types without parts to those that contain them.
fn find_least_depths(types: &mut [Type]) {
    loop {
        let mut is_done = true;
        for index in 0..types.len() {
            let depth = least_depth(types, &types[index].kind);
            if depth != types[index].least_depth {
                types[index].least_depth = depth;
                is_done = false;
            }
        }
        if is_done {
            return;
        }
    }
}

fn least_depth(types: &[Type], kind: &TypeKind) -> Option<usize> {
    let of = |id: TypeId| types[id.0].least_depth;
    let deeper = |depth: usize| depth + 1;
    match kind {
        TypeKind::Enum(values) => (!values.is_empty()).then_some(0),
        TypeKind::Alternate(branches) => branches.iter().filter_map(|branch| of(*branch)).min().map(deeper),
        TypeKind::Object(object) => {
            let required = object.members.iter().filter(|member| !member.is_optional).map(|member| of(member.ty));
            let depth = required.chain([Some(0)]).collect::<Option<Vec<_>>>()?.into_iter().max()?;
            let Some(union) = &object.union else { return Some(deeper(depth)) };
            let tag = object.members.iter().find(|member| member.name == union.tag)?;
            let TypeKind::Enum(values) = &types[tag.ty.0].kind else { return None };
            let branches = values.iter().filter_map(|value| union.branch(value).map_or(Some(0), of));
            Some(deeper(depth.max(branches.min()?)))
        }
        _ => Some(0),
    }
}

fn string(entry: &Value, key: &str) -> Parsed<String> {
    let found = entry[key].as_str().map(str::to_owned);
    found.ok_or_else(|| wrong(&format!("an object with a string as `{key}`"), entry))
}

fn list<'e>(entry: &'e Value, key: &str) -> Parsed<&'e Vec<Value>> {
    entry[key].as_array().ok_or_else(|| wrong(&format!("an object with a list as `{key}`"), entry))
}

fn wrong(expected: &str, found: &Value) -> InvalidIntrospection {
    let found = found.to_string();
    InvalidIntrospection(format!("expected {expected}, found {}", crate::json::cut(&found)))
}

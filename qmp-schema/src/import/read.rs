//! Reads entries from JSON. Every entry must be as QEMU writes it.

use serde_json::{Map, Value};

use super::capture::{self, Problem};
use super::entry::{self, Entry, Kind, Member, Variants};
use super::errors::Errors;
use crate::source::{FileId, Span};

/// Reads the list. Invalid entries are reported and left out.
pub(super) fn entries(file: FileId, text: &str, errors: &mut Errors) -> Vec<Entry> {
    let raw = capture::entries(text).unwrap_or_else(|problem| {
        report(file, &problem, errors);
        Vec::new()
    });
    let mut entries = Vec::with_capacity(raw.len());
    for raw in raw {
        let at = capture::offset(text, raw);
        match serde_json::from_str(raw.get()) {
            Ok(value) => {
                let span = Span { file, start: at as u32, end: (at + raw.get().len()) as u32 };
                match entry(&value, span) {
                    Ok(entry) => entries.push(entry),
                    Err(problem) => errors.add(span, &problem),
                }
            }
            Err(error) => {
                let problem = capture::problem(raw.get(), "no JSON object", &error);
                report(file, &Problem { at: at + problem.at, ..problem }, errors);
            }
        }
    }
    entries
}

fn report(file: FileId, problem: &Problem, errors: &mut Errors) {
    let span = Span { file, start: problem.at as u32, end: problem.at as u32 };
    errors.add(span, &problem.text);
}

type Result<T> = std::result::Result<T, String>;

fn entry(value: &Value, span: Span) -> Result<Entry> {
    let object = Object::new(value, "the entry")?;
    let name = object.string("name")?.to_owned();
    let meta = object.string("meta-type")?;
    kind(&object, meta)
        .and_then(|kind| {
            if !matches!(meta, "command" | "event") || is_name(&name) {
                Ok(Entry { features: object.features()?, name: name.clone(), span, kind })
            } else {
                Err(not_a_name(&name))
            }
        })
        .map_err(|problem| format!("{meta} `{name}`: {problem}"))
}

fn kind(object: &Object<'_>, meta: &str) -> Result<Kind> {
    Ok(match meta {
        "builtin" => Kind::Builtin(builtin(object.string("json-type")?)?),
        "enum" => Kind::Enum(values(object)?),
        "array" => Kind::Array(object.string("element-type")?.to_owned()),
        "alternate" => Kind::Alternate(object.objects("members", |branch| Ok(branch.string("type")?.to_owned()))?),
        "object" => Kind::Object(object.objects("members", member)?, variants(object)?),
        "command" => Kind::Command {
            arguments: object.string("arg-type")?.to_owned(),
            returns: object.string("ret-type")?.to_owned(),
            allow_oob: object.truth("allow-oob")?,
        },
        "event" => Kind::Event(object.string("arg-type")?.to_owned()),
        _ => return Err("unknown meta-type".to_owned()),
    })
}

fn builtin(json_type: &str) -> Result<&'static str> {
    Ok(match json_type {
        "string" => "str",
        "number" => "number",
        "int" => "int",
        "boolean" => "bool",
        "null" => "null",
        "value" => "any",
        _ => return Err(format!("unknown json-type `{json_type}`")),
    })
}

/// Reads the values of an enum. Before QEMU 6.2 there were only their names.
fn values(object: &Object<'_>) -> Result<Vec<entry::Value>> {
    if object.has("members") {
        return object
            .objects("members", |value| Ok(entry::Value { name: value.name("name")?, features: value.features()? }));
    }
    let plain = |name: String| entry::Value { name, features: Vec::new() };
    Ok(object.names("values")?.into_iter().map(plain).collect())
}

fn member(member: &Object<'_>) -> Result<Member> {
    Ok(Member {
        name: member.name("name")?,
        ty: member.string("type")?.to_owned(),
        optional: member.has("default"),
        features: member.features()?,
    })
}

fn variants(object: &Object<'_>) -> Result<Option<Variants>> {
    if !object.has("tag") && !object.has("variants") {
        return Ok(None);
    }
    let branch = |branch: &Object<'_>| Ok((branch.name("case")?, branch.string("type")?.to_owned()));
    Ok(Some(Variants { tag: object.name("tag")?, branches: object.objects("variants", branch)? }))
}

/// A JSON object whose members are read.
struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    fn new(value: &'a Value, what: &str) -> Result<Self> {
        value.as_object().map(Self).ok_or_else(|| format!("{what} is not an object"))
    }

    fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn get(&self, key: &str) -> Result<&'a Value> {
        self.0.get(key).ok_or_else(|| format!("`{key}` is missing"))
    }

    fn string(&self, key: &str) -> Result<&'a str> {
        self.get(key)?.as_str().ok_or_else(|| format!("`{key}` is not a string"))
    }

    fn truth(&self, key: &str) -> Result<bool> {
        self.0.get(key).map_or(Some(false), Value::as_bool).ok_or_else(|| format!("`{key}` is not a boolean"))
    }

    fn name(&self, key: &str) -> Result<String> {
        checked(self.string(key)?)
    }

    fn list(&self, key: &str) -> Result<&'a [Value]> {
        self.get(key)?.as_array().map(Vec::as_slice).ok_or_else(|| format!("`{key}` is not a list"))
    }

    fn names(&self, key: &str) -> Result<Vec<String>> {
        let name =
            |value: &Value| checked(value.as_str().ok_or_else(|| format!("an element of `{key}` is not a string"))?);
        self.list(key)?.iter().map(name).collect()
    }

    fn features(&self) -> Result<Vec<String>> {
        if self.has("features") { self.names("features") } else { Ok(Vec::new()) }
    }

    fn objects<T>(&self, key: &str, read: impl Fn(&Object<'_>) -> Result<T>) -> Result<Vec<T>> {
        let what = format!("an element of `{key}`");
        self.list(key)?.iter().map(|item| read(&Object::new(item, &what)?)).collect()
    }
}

fn checked(name: &str) -> Result<String> {
    if is_name(name) { Ok(name.to_owned()) } else { Err(not_a_name(name)) }
}

fn not_a_name(text: &str) -> String {
    format!("{text:?} cannot be a name")
}

/// Whether the text has only characters of names. The language has more rules, which are checked later.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

//! Whether a value is valid, by what `query-qmp-schema` says and nothing else: an opinion independent of the reader's tables.

use std::collections::HashMap;

use serde_json::Value;

/// Judges values by introspection data.
pub(crate) struct Judge<'a> {
    entries: HashMap<&'a str, &'a Value>,
}

impl<'a> Judge<'a> {
    /// `introspection` is the list that `query-qmp-schema` returns.
    pub(crate) fn new(introspection: &'a Value) -> Self {
        let entries = introspection.as_array().into_iter().flatten();
        Self { entries: entries.map(|entry| (text(entry, "name"), entry)).collect() }
    }

    /// The name of a command's argument type.
    pub(crate) fn arguments(&self, command: &str) -> &'a str {
        text(self.entries[command], "arg-type")
    }

    /// The name of a command's return type.
    pub(crate) fn returns(&self, command: &str) -> &'a str {
        text(self.entries[command], "ret-type")
    }

    /// Whether `value` is valid for the type.
    pub(crate) fn valid(&self, ty: &str, value: &Value) -> bool {
        let entry = self.entries[ty];
        match text(entry, "meta-type") {
            "builtin" => builtin(text(entry, "json-type"), value),
            "enum" => list(entry, "members").any(|member| Some(text(member, "name")) == value.as_str()),
            "array" => value
                .as_array()
                .is_some_and(|items| items.iter().all(|item| self.valid(text(entry, "element-type"), item))),
            "alternate" => list(entry, "members").any(|member| self.valid(text(member, "type"), value)),
            "object" => self.object(entry, value),
            other => panic!("meta-type {other}"),
        }
    }

    fn object(&self, entry: &Value, value: &Value) -> bool {
        let Some(object) = value.as_object() else { return false };
        let Some(members) = self.members(entry, value) else { return false };
        let known = |name: &String| members.iter().any(|member| text(member, "name") == name);
        object.keys().all(known)
            && members.iter().all(|member| match object.get(text(member, "name")) {
                Some(value) => self.valid(text(member, "type"), value),
                None => member.get("default").is_some(),
            })
    }

    /// The members this value may have, its branch's included; none if no branch fits.
    fn members(&self, entry: &'a Value, value: &Value) -> Option<Vec<&'a Value>> {
        let mut members: Vec<_> = list(entry, "members").collect();
        if let Some(tag) = entry.get("tag").and_then(Value::as_str) {
            let case = value.get(tag)?.as_str()?;
            let variant = list(entry, "variants").find(|variant| text(variant, "case") == case)?;
            members.extend(self.members(self.entries[text(variant, "type")], value)?);
        }
        Some(members)
    }
}

fn builtin(json_type: &str, value: &Value) -> bool {
    match json_type {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "int" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "value" => true,
        other => panic!("json-type {other}"),
    }
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_else(|| panic!("no {key} in {entry}"))
}

fn list<'a>(entry: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    entry[key].as_array().into_iter().flatten()
}

//! Validates requests against introspection data, independently of the program.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The introspection data of a server.
pub(crate) struct Validator {
    commands: HashMap<String, Value>,
    types: HashMap<String, Value>,
}

impl Validator {
    /// Reads the list that `query-qmp-schema` returns.
    pub(crate) fn new(list: &str) -> Self {
        let entries: Vec<Value> = serde_json::from_str(list).expect("a list");
        let (commands, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry["meta-type"] == "command");
        let by_name = |entries: Vec<Value>| entries.into_iter().map(|entry| (text(&entry["name"]), entry)).collect();
        let types = rest.into_iter().filter(|entry| entry["meta-type"] != "event").collect();
        Self { commands: by_name(commands), types: by_name(types) }
    }

    /// The names of all commands.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }

    /// Checks a request.
    pub(crate) fn request(&self, request: &str) -> Result<(), String> {
        let request: Map<String, Value> = serde_json::from_str(request).map_err(|error| error.to_string())?;
        let command = request.get("execute").and_then(Value::as_str).and_then(|name| self.commands.get(name));
        let command = command.ok_or("no such command")?;
        if let Some(key) = request.keys().find(|key| !matches!(key.as_str(), "execute" | "arguments")) {
            return Err(format!("`{key}` in a request"));
        }
        let none = Value::Object(Map::new());
        self.value(request.get("arguments").unwrap_or(&none), &command["arg-type"])
    }

    fn value(&self, value: &Value, ty: &Value) -> Result<(), String> {
        let ty = &self.types[ty.as_str().expect("a type's name")];
        let is_right = match ty["meta-type"].as_str().expect("a kind") {
            "builtin" => is_of(value, &ty["json-type"]),
            "enum" => list(&ty["members"]).any(|member| member["name"] == *value),
            "array" => match value {
                Value::Array(elements) => {
                    return elements.iter().try_for_each(|element| self.value(element, &ty["element-type"]));
                }
                _ => false,
            },
            "alternate" => list(&ty["members"]).any(|branch| self.value(value, &branch["type"]).is_ok()),
            "object" => match value {
                Value::Object(members) => return self.object(members, ty),
                _ => false,
            },
            kind => panic!("{kind}"),
        };
        if is_right { Ok(()) } else { Err(format!("{value} is no {}: {ty}", ty["meta-type"])) }
    }

    /// Checks that no member is missing or unexpected.
    fn object(&self, given: &Map<String, Value>, ty: &Value) -> Result<(), String> {
        let declared = self.members(given, ty)?;
        for member in &declared {
            match given.get(member["name"].as_str().expect("a name")) {
                Some(value) => self.value(value, &member["type"])?,
                None if member.get("default").is_some() => {}
                None => return Err(format!("{} is missing", member["name"])),
            }
        }
        let is_declared = |name: &String| declared.iter().any(|member| member["name"] == name.as_str());
        match given.keys().find(|name| !is_declared(name)) {
            Some(name) => Err(format!("`{name}` is unexpected")),
            None => Ok(()),
        }
    }

    /// The members of an object, including those of the branch that the discriminator selects.
    fn members<'a>(&'a self, given: &Map<String, Value>, ty: &'a Value) -> Result<Vec<&'a Value>, String> {
        let mut members: Vec<&Value> = list(&ty["members"]).collect();
        if let Some(tag) = ty["tag"].as_str() {
            let case = given.get(tag).ok_or(format!("`{tag}` is missing"))?;
            let branch = list(&ty["variants"]).find(|branch| branch["case"] == *case);
            let branch = branch.ok_or(format!("{case} is no branch"))?;
            members.extend(list(&self.types[branch["type"].as_str().expect("a type's name")]["members"]));
        }
        Ok(members)
    }
}

fn is_of(value: &Value, json_type: &Value) -> bool {
    match json_type.as_str().expect("a JSON type") {
        "value" => true,
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "int" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{other}"),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

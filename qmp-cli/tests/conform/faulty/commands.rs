//! The commands: their arguments, and how the server describes them.

use serde_json::{Map, Value, json};

use super::switch::Switch;

/// A command.
pub(super) struct Command {
    pub(super) name: &'static str,
    /// Name, type, and whether it is mandatory.
    members: &'static [(&'static str, &'static str, bool)],
    pub(super) allows_oob: bool,
}

const MONITOR: &[Command] = &[
    Command { name: "qmp_capabilities", members: &[("enable", "[Capability]", false)], allows_oob: false },
    Command { name: "query-version", members: &[], allows_oob: false },
    Command { name: "query-commands", members: &[], allows_oob: false },
    Command { name: "query-qmp-schema", members: &[], allows_oob: false },
    Command { name: "query-items", members: &[("limit", "int", false), ("tags", "any", false)], allows_oob: false },
    Command { name: "query-item", members: &[("name", "str", true)], allows_oob: false },
    Command { name: "query-urgent", members: &[], allows_oob: true },
    Command { name: "set-item", members: &[("name", "str", true), ("value", "any", false)], allows_oob: false },
    Command { name: "reset", members: &[], allows_oob: false },
];

const AGENT: &[Command] = &[
    Command { name: "guest-ping", members: &[], allows_oob: false },
    Command { name: "guest-info", members: &[], allows_oob: false },
    Command { name: "guest-sync", members: &[("id", "int", true)], allows_oob: false },
    Command { name: "guest-sync-delimited", members: &[("id", "int", true)], allows_oob: false },
];

/// An error's class and description.
pub(super) type Refusal = (&'static str, String);

/// The commands of the flavour.
pub(super) fn all(is_agent: bool) -> &'static [Command] {
    if is_agent { AGENT } else { MONITOR }
}

impl Command {
    /// Checks the arguments. The error is the description.
    pub(super) fn check(&self, arguments: &Map<String, Value>, has: &impl Fn(Switch) -> bool) -> Result<(), Refusal> {
        let generic = |text: String| Err(("GenericError", text));
        for (name, ty, is_mandatory) in self.members {
            match arguments.get(*name) {
                None if *is_mandatory && !self.has_default(has) => return generic(format!("`{name}` is missing")),
                Some(value) if !is_of(value, ty) && !self.converts(value, has) => {
                    return generic(format!("`{name}` is not of the type {ty}"));
                }
                _ => {}
            }
        }
        let is_known = |name: &str| self.members.iter().any(|member| member.0 == name);
        match arguments.keys().find(|name| !is_known(name)) {
            Some(name) if !self.ignores(has) => Err(self.unexpected(name, has)),
            None if self.name == "query-version" && arguments.is_empty() && has(Switch::RefusesEmpty) => {
                generic("there are no arguments".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn has_default(&self, has: &impl Fn(Switch) -> bool) -> bool {
        match self.name {
            "query-item" => has(Switch::QueryHasDefault),
            "guest-sync" => has(Switch::AgentHasDefault),
            _ => false,
        }
    }

    /// Whether the command takes the value although it is of the wrong type.
    fn converts(&self, value: &Value, has: &impl Fn(Switch) -> bool) -> bool {
        match (self.name, value) {
            ("qmp_capabilities", Value::String(_)) => has(Switch::ConvertsArgument),
            ("qmp_capabilities", Value::Null) => has(Switch::NullIsAbsent),
            ("qmp_capabilities", Value::Array(list)) => {
                let unknown = list.iter().all(Value::is_string) && has(Switch::EnablesUnknown);
                unknown || list.iter().any(Value::is_number) && has(Switch::ConvertsElement)
            }
            ("query-items", _) => has(Switch::QueryConverts),
            ("guest-sync", Value::String(_)) => has(Switch::AgentConverts),
            _ => false,
        }
    }

    fn ignores(&self, has: &impl Fn(Switch) -> bool) -> bool {
        has(Switch::IgnoresUnexpected) || self.name == "query-items" && has(Switch::QueryIgnoresUnexpected)
    }

    fn unexpected(&self, name: &str, has: &impl Fn(Switch) -> bool) -> Refusal {
        let is_ping = self.name == "query-version";
        let class = if is_ping && has(Switch::BadArgumentIsNotFound) { "CommandNotFound" } else { "GenericError" };
        match is_ping && has(Switch::VagueDescription) {
            true => (class, "bad argument".to_owned()),
            false => (class, format!("`{name}` is unexpected")),
        }
    }
}

fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "int" => value.is_i64() || value.is_u64(),
        "str" => value.is_string(),
        "[Capability]" => value.as_array().is_some_and(|list| list.iter().all(|item| item == "oob")),
        _ => true,
    }
}

/// The return value of `query-commands`.
pub(super) fn list(has: &impl Fn(Switch) -> bool) -> Value {
    let mut names: Vec<&str> = visible(has).map(|command| command.name).collect();
    if has(Switch::ListsTwice) {
        names.push("query-items");
    }
    if has(Switch::UndescribedCommand) {
        names.push("query-secret");
    }
    let entry = |name| if has(Switch::ListOfNames) { json!(name) } else { json!({"name": name}) };
    names.into_iter().map(entry).collect()
}

/// The return value of `query-qmp-schema`.
pub(super) fn schema(has: &impl Fn(Switch) -> bool) -> Value {
    let mut entries = vec![
        json!({"name": "int", "meta-type": "builtin", "json-type": "int"}),
        json!({"name": "str", "meta-type": "builtin", "json-type": "string"}),
        json!({"name": "any", "meta-type": "builtin", "json-type": "value"}),
        json!({"name": "0", "meta-type": "object", "members": []}),
        json!({"name": "1", "meta-type": "enum", "members": [{"name": "oob"}], "values": ["oob"]}),
        json!({"name": "[1]", "meta-type": "array", "element-type": "1"}),
        json!({"name": "TICK", "meta-type": "event", "arg-type": "2"}),
        json!({"name": "2", "meta-type": "object", "members": [{"name": "count", "type": "int"}]}),
    ];
    for (number, command) in visible(has).enumerate() {
        let arguments = format!("{}", 10 + number);
        let returns = if command.name == "query-items" && has(Switch::MissingType) { "99" } else { "0" };
        let mut entry =
            json!({"name": command.name, "meta-type": "command", "arg-type": arguments, "ret-type": returns});
        if command.allows_oob {
            entry["allow-oob"] = json!(true);
        }
        entries.push(entry);
        let members: Value = command.members.iter().map(member).collect();
        entries.push(json!({"name": arguments, "meta-type": "object", "members": members}));
    }
    if has(Switch::UnlistedCommand) {
        entries.push(json!({"name": "query-hidden", "meta-type": "command", "arg-type": "0", "ret-type": "0"}));
    }
    entries.into()
}

fn visible(has: &impl Fn(Switch) -> bool) -> impl Iterator<Item = &'static Command> {
    let hides = has(Switch::HidesBuiltin);
    MONITOR.iter().filter(move |command| !hides || command.name != "query-qmp-schema")
}

fn member((name, ty, is_mandatory): &(&str, &str, bool)) -> Value {
    let ty = if *ty == "[Capability]" { "[1]" } else { ty };
    match is_mandatory {
        true => json!({"name": name, "type": ty}),
        false => json!({"name": name, "type": ty, "default": null}),
    }
}

//! The server's description of itself: `query-commands` and `query-qmp-schema`.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::connection::Connection;
use super::finding::{Finding, Probed, expect};

/// The commands and types of a server.
#[derive(Debug, Clone)]
pub(crate) struct Introspection {
    /// The text of `query-qmp-schema`'s return value.
    pub(crate) text: String,
    /// The names that `query-commands` returns, in its order.
    pub(crate) listed: Vec<String>,
    /// The names of the schema's commands, in its order.
    pub(crate) described: Vec<String>,
    /// All entries of the schema.
    entries: HashMap<String, Value>,
}

/// A member of a command's arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) is_mandatory: bool,
    /// A value that its type does not accept, if there is one.
    pub(crate) mistyped: Option<Value>,
}

impl Introspection {
    /// Asks the server.
    pub(super) fn query(connection: &mut Connection) -> Probed<Self> {
        let listed = query_commands(connection)?;
        let reply = connection.ask(r#"{"execute": "query-qmp-schema"}"#)?;
        let list = reply.success()?;
        let mut entries = HashMap::new();
        let mut described = Vec::new();
        for entry in list.as_array().ok_or_else(|| Finding::broken("a list of entries", &reply))? {
            let name = entry["name"].as_str();
            let name = name.ok_or_else(|| Finding::broken("entries with a name", format!("`{entry}`")))?.to_owned();
            if entry["meta-type"] == "command" {
                described.push(name.clone());
            }
            expect(entries.insert(name, entry.clone()).is_none(), "one entry per name", format!("`{entry}` twice"))?;
        }
        Ok(Self { text: list.to_string(), listed, described, entries })
    }

    /// Whether the schema has an entry of this name and kind.
    pub(crate) fn has(&self, name: &str, kind: &str) -> bool {
        self.entries.get(name).is_some_and(|entry| entry["meta-type"] == kind)
    }

    /// The commands that are both described and enabled.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(String::as_str).filter(|name| self.has(name, "command"))
    }

    /// Whether a command may be executed out of band.
    pub(crate) fn allows_oob(&self, command: &str) -> bool {
        self.entries.get(command).is_some_and(|entry| entry["allow-oob"] == true)
    }

    /// The members of a command's arguments.
    pub(crate) fn arguments(&self, command: &str) -> Vec<Member> {
        let ty = self.entries.get(command).and_then(|entry| entry["arg-type"].as_str()).unwrap_or_default();
        let members = self.entries.get(ty).and_then(|entry| entry["members"].as_array());
        members.into_iter().flatten().filter_map(|member| self.member(member)).collect()
    }

    fn member(&self, member: &Value) -> Option<Member> {
        Some(Member {
            name: member["name"].as_str()?.to_owned(),
            is_mandatory: member.get("default").is_none(),
            mistyped: self.mistyped(member["type"].as_str()?),
        })
    }

    /// A value that the type does not accept. Types that accept several kinds of values have none.
    fn mistyped(&self, ty: &str) -> Option<Value> {
        let entry = self.entries.get(ty)?;
        match (entry["meta-type"].as_str()?, entry["json-type"].as_str()) {
            ("builtin", Some("value")) | ("alternate", _) => None,
            ("object", _) => Some(json!(0)),
            _ => Some(Value::Object(Map::new())),
        }
    }
}

/// Asks for the names of the enabled commands.
pub(super) fn query_commands(connection: &mut Connection) -> Probed<Vec<String>> {
    let reply = connection.ask(r#"{"execute": "query-commands"}"#)?;
    let expected = || Finding::broken("a list of objects with a name", &reply);
    let list = reply.success()?.as_array().ok_or_else(expected)?;
    list.iter().map(|entry| entry["name"].as_str().map(str::to_owned).ok_or_else(expected)).collect()
}

//! An index of the reply to `query-qmp-schema`: commands, events, and the types of arguments by their ids.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::command::MetaType;

/// What a server has reported.
pub(super) enum Definitions {
    Introspected(Index),
    /// The names of the enabled commands.
    GuestAgent(HashSet<Box<str>>),
}

impl Definitions {
    /// Reads the reply to `guest-info`.
    pub(super) fn of_guest_info(answer: &Value) -> Option<Self> {
        let commands = answer.get("supported_commands")?.as_array()?;
        let enabled = commands.iter().filter(|command| command["enabled"] != false);
        Some(Self::GuestAgent(enabled.filter_map(|command| text(command, "name")).collect()))
    }

    pub(super) fn introspected(&self) -> Option<&Index> {
        match self {
            Self::Introspected(index) => Some(index),
            Self::GuestAgent(_) => None,
        }
    }
}

/// The commands, events and types by name. The names of types are ids that the server chooses.
#[derive(Default)]
pub(super) struct Index {
    commands: HashMap<Box<str>, Entity>,
    events: HashMap<Box<str>, Entity>,
    types: HashMap<Box<str>, Type>,
}

/// A command or an event.
struct Entity {
    arguments: Option<Box<str>>,
    features: Box<[Box<str>]>,
}

enum Type {
    Object {
        members: Box<[Member]>,
        /// The types of a union's branches.
        branches: Box<[Box<str>]>,
    },
    Array(Box<str>),
    Alternate(Box<[Box<str>]>),
}

/// A member of an object.
pub(super) struct Member {
    name: Box<str>,
    type_id: Box<str>,
    features: Box<[Box<str>]>,
}

impl Index {
    /// Reads the reply to `query-qmp-schema`. Entities that are not understood are skipped.
    pub(super) fn of_introspection(answer: &Value) -> Option<Self> {
        let mut index = Self::default();
        for entity in answer.as_array()? {
            let Some(name) = text(entity, "name") else { continue };
            match entity["meta-type"].as_str() {
                Some("command") => _ = index.commands.insert(name, Entity::read(entity)),
                Some("event") => _ = index.events.insert(name, Entity::read(entity)),
                _ => _ = Type::read(entity).map(|definition| index.types.insert(name, definition)),
            }
        }
        Some(index)
    }

    fn entities(&self, meta_type: MetaType) -> &HashMap<Box<str>, Entity> {
        match meta_type {
            MetaType::Command => &self.commands,
            MetaType::Event => &self.events,
        }
    }

    pub(super) fn has(&self, meta_type: MetaType, name: &str) -> bool {
        self.entities(meta_type).contains_key(name)
    }

    pub(super) fn names(&self, meta_type: MetaType) -> impl Iterator<Item = &str> {
        self.entities(meta_type).keys().map(|name| &**name)
    }

    pub(super) fn has_feature(&self, meta_type: MetaType, name: &str, feature: &str) -> bool {
        self.entities(meta_type).get(name).is_some_and(|entity| entity.features.iter().any(|own| **own == *feature))
    }

    /// Returns an argument of a command, by its name or by a path with dots.
    pub(super) fn find_argument(&self, command: &str, path: &str) -> Option<&Member> {
        self.find(self.commands.get(command)?.arguments.as_deref()?, path, &mut HashSet::new())
    }

    /// Returns a member of the type with this id. `visited` has the types that were searched, with the length of the path,
    /// so that a search ends even if types contain each other.
    fn find<'a>(&'a self, id: &'a str, path: &str, visited: &mut HashSet<(&'a str, usize)>) -> Option<&'a Member> {
        if !visited.insert((id, path.len())) {
            return None;
        }
        match self.types.get(id)? {
            Type::Array(items) => self.find(items, path, visited),
            Type::Alternate(ids) => ids.iter().find_map(|id| self.find(id, path, visited)),
            Type::Object { members, branches } => {
                let own = members.iter().find_map(|member| match path.strip_prefix(&*member.name)? {
                    "" => Some(member),
                    rest => self.find(&member.type_id, rest.strip_prefix('.')?, visited),
                });
                own.or_else(|| branches.iter().find_map(|id| self.find(id, path, visited)))
            }
        }
    }
}

impl Entity {
    fn read(entity: &Value) -> Self {
        Self { arguments: text(entity, "arg-type"), features: features(entity) }
    }
}

impl Type {
    fn read(entity: &Value) -> Option<Self> {
        match entity["meta-type"].as_str()? {
            "object" => Some(Self::Object {
                members: list(entity, "members").filter_map(Member::read).collect(),
                branches: list(entity, "variants").filter_map(|variant| text(variant, "type")).collect(),
            }),
            "array" => text(entity, "element-type").map(Self::Array),
            "alternate" => {
                Some(Self::Alternate(list(entity, "members").filter_map(|member| text(member, "type")).collect()))
            }
            _ => None,
        }
    }
}

impl Member {
    fn read(member: &Value) -> Option<Self> {
        Some(Self { name: text(member, "name")?, type_id: text(member, "type")?, features: features(member) })
    }

    pub(super) fn has_feature(&self, feature: &str) -> bool {
        self.features.iter().any(|own| **own == *feature)
    }
}

fn text(object: &Value, member: &str) -> Option<Box<str>> {
    object.get(member)?.as_str().map(Box::from)
}

fn list<'a>(object: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    object.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn features(object: &Value) -> Box<[Box<str>]> {
    list(object, "features").filter_map(Value::as_str).map(Box::from).collect()
}

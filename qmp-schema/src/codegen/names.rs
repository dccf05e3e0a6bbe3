//! The Rust name of everything in a schema.
//!
//! Names are given from the complete schema, whatever is selected of it, so that no name depends on the options.

use std::collections::HashMap;

use crate::model::{Branch, Command, Definition, EnumValue, Event, Schema, TypeId, TypeKind};

use super::case::{camel, distinct, snake};
use super::reach::reach;

/// What the generated module has beside the schema's types.
const FIXED_TYPES: &[&str] = &["Client", "Event"];

/// The variant that open enums, unions and alternates have beside the schema's. Closed ones keep the name free, too, so that
/// names do not depend on that choice.
const FIXED_VARIANTS: &[&str] = &["Unknown"];

/// The Rust names of types, commands and events.
#[derive(Debug)]
pub(super) struct Names {
    types: HashMap<TypeId, String>,
    branches: HashMap<TypeId, String>,
    commands: HashMap<String, CommandNames>,
    events: HashMap<String, EventNames>,
}

/// The Rust names of one command.
#[derive(Debug)]
pub(super) struct CommandNames {
    /// The marker type in `commands`.
    pub(super) marker: String,
    /// The handler function and the client's method.
    pub(super) function: String,
    /// The type of inline arguments.
    pub(super) arguments: String,
}

/// The Rust names of one event.
#[derive(Debug)]
pub(super) struct EventNames {
    /// The type in `events`.
    pub(super) data: String,
    /// The variant of `Event`.
    pub(super) variant: String,
}

impl Names {
    pub(super) fn new(schema: &Schema) -> Self {
        let types = reach(schema);
        let unions: Vec<TypeId> = types.iter().copied().filter(|id| tag(schema, *id).is_some()).collect();
        let markers = distinct(schema.commands.iter().map(|command| camel(&command.def.name)), &[]);

        let of_types = types.iter().map(|id| camel(&schema.ty(*id).def.name));
        let of_branches =
            unions.iter().map(|id| camel(&schema.ty(*id).def.name) + &camel(tag(schema, *id).unwrap_or("")));
        let of_arguments = markers.iter().map(|marker| format!("{marker}Args"));
        let mut root = distinct(of_types.chain(of_branches).chain(of_arguments), FIXED_TYPES).into_iter();

        Self {
            types: types.iter().copied().zip(root.by_ref()).collect(),
            branches: unions.iter().copied().zip(root.by_ref()).collect(),
            commands: commands(schema, markers, root),
            events: events(schema),
        }
    }

    /// The Rust type of a type of the schema that has one.
    pub(super) fn ty(&self, id: TypeId) -> &str {
        &self.types[&id]
    }

    /// The Rust type of a union's discriminator with its branches.
    pub(super) fn branches(&self, union: TypeId) -> &str {
        &self.branches[&union]
    }

    pub(super) fn command(&self, command: &Command) -> &CommandNames {
        &self.commands[&command.def.name]
    }

    pub(super) fn event(&self, event: &Event) -> &EventNames {
        &self.events[&event.def.name]
    }

    /// The types that documentation can link to, by their names in the schema.
    pub(super) fn links<'a>(&'a self, schema: &'a Schema) -> HashMap<&'a str, &'a str> {
        self.types.iter().map(|(id, name)| (schema.ty(*id).def.name.as_str(), name.as_str())).collect()
    }
}

/// The variants of an enum's values.
pub(super) fn of_values(values: &[EnumValue]) -> Vec<String> {
    distinct(values.iter().map(|value| camel(&value.name)), FIXED_VARIANTS)
}

/// The variants of branches.
pub(super) fn of_branches(branches: &[&Branch]) -> Vec<String> {
    distinct(branches.iter().map(|branch| camel(&branch.name)), FIXED_VARIANTS)
}

/// The fields of members; `extra` if there is a field of that name for what the schema does not name.
pub(super) fn of_members<'a>(members: impl Iterator<Item = &'a str>, extra: bool) -> Vec<String> {
    distinct(members.map(snake), if extra { &["extra"] } else { &[] })
}

fn tag(schema: &Schema, id: TypeId) -> Option<&str> {
    match &schema.ty(id).kind {
        TypeKind::Object(object) => object.variants.as_ref().map(|variants| variants.tag.as_str()),
        _ => None,
    }
}

fn commands(
    schema: &Schema,
    markers: Vec<String>,
    arguments: impl Iterator<Item = String>,
) -> HashMap<String, CommandNames> {
    let functions = distinct(schema.commands.iter().map(|command| snake(&command.def.name)), super::client::METHODS);
    let names = markers.into_iter().zip(functions).zip(arguments);
    let names = names.map(|((marker, function), arguments)| CommandNames { marker, function, arguments });
    by_name(schema.commands.iter().map(|command| &command.def), names)
}

fn events(schema: &Schema) -> HashMap<String, EventNames> {
    let plain = || schema.events.iter().map(|event| camel(&event.def.name));
    let names = distinct(plain(), &[]).into_iter().zip(distinct(plain(), &["Other"]));
    let names = names.map(|(data, variant)| EventNames { data, variant });
    by_name(schema.events.iter().map(|event| &event.def), names)
}

fn by_name<'a, N>(defs: impl Iterator<Item = &'a Definition>, names: impl Iterator<Item = N>) -> HashMap<String, N> {
    defs.map(|def| def.name.clone()).zip(names).collect()
}

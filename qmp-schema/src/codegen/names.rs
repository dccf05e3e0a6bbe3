//! Assigns the Rust names of everything in a schema.
//!
//! Names are assigned from the complete schema, before anything is selected, so that no name depends on the options.

use std::collections::HashMap;

use crate::model::{Branch, Command, Definition, EnumValue, Event, Schema, TypeId, TypeKind};

use super::case::{camel, distinct, snake};
use super::reach::reach;

/// The names of the generated module's own types.
const FIXED_TYPES: &[&str] =
    &["AsyncCommands", "Client", "Commands", "Event", "OobCommands", "TypedClient", "UnstableCommands"];

/// The variant that open enums, unions and alternates have in addition. Closed ones keep the name free, too, so that names do
/// not depend on that choice.
const FIXED_VARIANTS: &[&str] = &["Unknown"];

/// The methods that the clients and their traits have themselves, also those of traits that are in scope everywhere. A command of such a name
/// gets a `_` behind it, so that its method does not hide theirs.
const CLIENT_METHODS: &[&str] = &[
    "as_mut",
    "as_ref",
    "begin",
    "begin_raw",
    "borrow",
    "borrow_mut",
    "call",
    "call_oob",
    "call_raw",
    "call_raw_with_fd",
    "call_with_fd",
    "clone",
    "clone_from",
    "clone_into",
    "close",
    "close_reason",
    "closed",
    "connect",
    "connect_guest_agent",
    "connect_unix",
    "connect_unix_with",
    "connect_with",
    "deref",
    "deref_mut",
    "drop",
    "events",
    "events_of",
    "execute",
    "expect",
    "fmt",
    "from",
    "from_stream",
    "from_stream_with",
    "greeting",
    "into",
    "introspection",
    "is_deprecated",
    "logged",
    "next_error",
    "next_event",
    "oob",
    "process",
    "reconnect",
    "resync",
    "retry",
    "schema_changes",
    "send_fd",
    "spawn",
    "supports",
    "supports_argument",
    "timeout",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// The functions that structs have themselves, also those of traits that are in scope everywhere. A setter of such a name gets
/// a `_` behind it.
const STRUCT_FUNCTIONS: &[&str] = &[
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deref",
    "deref_mut",
    "drop",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "new",
    "properties",
    "property",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

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
        // The types that commands and events use come first: if names clash, theirs are the plain ones.
        let used = reach(schema, &[]);
        let others: Vec<TypeId> =
            schema.defined_types().map(|(id, _)| id).filter(|id| used.binary_search(id).is_err()).collect();
        let [used_unions, other_unions] = [&used, &others].map(|types| unions(schema, types));
        let markers = distinct(schema.commands.iter().map(|command| camel(&command.def.name)), &[]);

        let of_type = |id: &TypeId| camel(&schema.ty(*id).def.name);
        let of_branches = |id: &TypeId| of_type(id) + &camel(tag(schema, *id).unwrap_or(""));
        let plain = used.iter().map(of_type).chain(used_unions.iter().map(of_branches));
        let plain = plain.chain(markers.iter().map(|marker| format!("{marker}Args")));
        let plain = plain.chain(others.iter().map(of_type)).chain(other_unions.iter().map(of_branches));
        let mut names = distinct(plain, FIXED_TYPES).into_iter();

        let mut this = Self {
            types: used.into_iter().zip(names.by_ref()).collect(),
            branches: used_unions.into_iter().zip(names.by_ref()).collect(),
            commands: commands(schema, markers, names.by_ref()),
            events: events(schema),
        };
        this.types.extend(others.into_iter().zip(names.by_ref()));
        this.branches.extend(other_unions.into_iter().zip(names));
        this
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

/// The setters of fields and the constructors of branches, one after the other.
pub(super) fn of_functions<'a>(
    fields: impl Iterator<Item = &'a str>,
    branches: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    distinct(fields.map(str::to_owned).chain(branches.map(snake)), STRUCT_FUNCTIONS)
}

fn unions(schema: &Schema, types: &[TypeId]) -> Vec<TypeId> {
    types.iter().copied().filter(|id| tag(schema, *id).is_some()).collect()
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
    let functions = distinct(schema.commands.iter().map(|command| snake(&command.def.name)), CLIENT_METHODS);
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

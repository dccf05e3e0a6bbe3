//! The generated items that documentation can link to.

use std::collections::HashMap;

use crate::model::{Schema, TypeId};

use super::names::Names;

/// The paths of generated items from the root of the user's module, by their names in the schema.
pub(super) type Links<'a> = HashMap<&'a str, String>;

/// Returns the paths of the `types`, of events and of commands.
///
/// Commands of one word are not among them: `stop` may also be a value or a member, and a text does not say which it means.
pub(super) fn links<'a>(schema: &'a Schema, names: &Names, types: &[TypeId]) -> Links<'a> {
    let types = types.iter().map(|id| (schema.ty(*id).def.name.as_str(), names.ty(*id).to_owned()));
    let events = schema.events.iter().map(|event| (&*event.def.name, format!("events::{}", names.event(event).data)));
    let commands = schema.commands.iter().filter(|command| command.def.name.contains(['-', '_']));
    let commands = commands.map(|command| (&*command.def.name, format!("commands::{}", names.command(command).marker)));
    types.chain(events).chain(commands).collect()
}

//! Removes commands and events from a schema.

#[cfg(feature = "codegen")]
use std::collections::HashSet;

use crate::model::{Entity, Schema};

impl Schema {
    /// Keeps the commands and events that another schema has, too.
    #[cfg(feature = "codegen")]
    pub(crate) fn retain_interface_of(&mut self, other: &Self) {
        let commands: HashSet<&str> = other.commands.iter().map(|command| &*command.def.name).collect();
        let events: HashSet<&str> = other.events.iter().map(|event| &*event.def.name).collect();
        let commands: Vec<bool> = self.commands.iter().map(|command| commands.contains(&*command.def.name)).collect();
        let events: Vec<bool> = self.events.iter().map(|event| events.contains(&*event.def.name)).collect();
        self.retain(|index| commands[index], |index| events[index]);
    }

    /// Keeps the commands and events for whose index the functions return true.
    pub(super) fn retain(&mut self, command: impl Fn(usize) -> bool, event: impl Fn(usize) -> bool) {
        let commands = renumbering(self.commands.len(), &command);
        let events = renumbering(self.events.len(), &event);
        self.interface = std::mem::take(&mut self.interface)
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Command(index) => commands[index].map(Entity::Command),
                Entity::Event(index) => events[index].map(Entity::Event),
            })
            .collect();
        retain_by_index(&mut self.commands, command);
        retain_by_index(&mut self.events, event);
    }
}

/// Returns the new index of each element that is kept.
fn renumbering(len: usize, keep: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut next = 0..;
    (0..len).map(|index| if keep(index) { next.next() } else { None }).collect()
}

fn retain_by_index<T>(items: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
    let mut index = 0..;
    items.retain(|_| index.next().is_some_and(&keep));
}

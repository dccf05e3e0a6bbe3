//! Merges commands and events.

use std::collections::HashMap;

use super::descriptions::add_descriptions;
use super::{Merger, add_features};
use crate::diagnostic::Rule;
use crate::model::{Command, Definition, Entity, Event, TypeId};

impl Merger<'_> {
    pub(super) fn entities(&mut self) {
        let other = self.other;
        let names = self.merged.commands.iter().map(|command| command.def.name.clone());
        let commands: HashMap<String, usize> = names.zip(0..).collect();
        let names = self.merged.events.iter().map(|event| event.def.name.clone());
        let events: HashMap<String, usize> = names.zip(0..).collect();
        for entity in &other.interface {
            match *entity {
                Entity::Command(index) => {
                    let theirs = &other.commands[index];
                    match commands.get(&theirs.def.name) {
                        Some(&ours) => self.command(ours, theirs),
                        None => self.add_command(theirs),
                    }
                }
                Entity::Event(index) => {
                    let theirs = &other.events[index];
                    match events.get(&theirs.def.name) {
                        Some(&ours) => self.event(ours, theirs),
                        None => self.add_event(theirs),
                    }
                }
            }
        }
    }

    fn command(&mut self, index: usize, theirs: &Command) {
        let ours = self.merged.commands[index].clone();
        let name = &theirs.def.name;
        let mut merged = Command {
            arguments: self.data(ours.arguments, theirs.arguments, &format!("{name} arguments")),
            returns: self.data(ours.returns, theirs.returns, &format!("{name} return")),
            allow_oob: ours.allow_oob || theirs.allow_oob,
            ..ours
        };
        match self.is_introspected {
            // It does not show the other properties.
            (_, true) => {}
            (true, false) => {
                (merged.generate, merged.success_response) = (theirs.generate, theirs.success_response);
                merged.allow_preconfig = theirs.allow_preconfig;
            }
            (false, false) => {
                merged.generate &= theirs.generate;
                merged.allow_preconfig |= theirs.allow_preconfig;
                if merged.success_response != theirs.success_response {
                    self.different_replies(&merged, theirs);
                }
            }
        }
        merged.boxed |= theirs.boxed && merged.arguments != ours.arguments;
        self.definition(&mut merged.def, &theirs.def);
        self.merged.commands[index] = merged;
    }

    fn event(&mut self, index: usize, theirs: &Event) {
        let ours = self.merged.events[index].clone();
        let arguments = self.data(ours.arguments, theirs.arguments, &format!("{} data", theirs.def.name));
        let boxed = ours.boxed || theirs.boxed && arguments != ours.arguments;
        let mut merged = Event { arguments, boxed, ..ours };
        self.definition(&mut merged.def, &theirs.def);
        self.merged.events[index] = merged;
    }

    /// Returns the common type of arguments, return values or data. No type stands for the object without members.
    fn data(&mut self, ours: Option<TypeId>, theirs: Option<TypeId>, place: &str) -> Option<TypeId> {
        if ours.is_none() && theirs.is_none() {
            return None;
        }
        let empty = self.merged.empty_object();
        Some(self.common(ours.or(empty)?, theirs.or(empty)?, place))
    }

    fn definition(&mut self, ours: &mut Definition, theirs: &Definition) {
        ours.versions.add(self.version);
        ours.condition = self.condition(&ours.condition, &theirs.condition);
        add_features(&mut ours.features, &theirs.features);
        add_descriptions(&mut ours.doc, theirs.doc.as_ref());
    }

    fn add_command(&mut self, theirs: &Command) {
        let arguments = theirs.arguments.map(|id| self.counterpart(id));
        let returns = theirs.returns.map(|id| self.counterpart(id));
        self.merged.interface.push(Entity::Command(self.merged.commands.len()));
        self.merged.commands.push(Command { arguments, returns, ..theirs.clone() });
    }

    fn add_event(&mut self, theirs: &Event) {
        let arguments = theirs.arguments.map(|id| self.counterpart(id));
        self.merged.interface.push(Entity::Event(self.merged.events.len()));
        self.merged.events.push(Event { arguments, ..theirs.clone() });
    }

    /// Reports a command that is answered on success in some versions only.
    fn different_replies(&mut self, ours: &Command, theirs: &Command) {
        let label = |def: &Definition| self.merged.version_at(def.span).map_or("", |version| &version.label);
        let (our_label, their_label) = (label(&ours.def).to_owned(), label(&theirs.def).to_owned());
        let error = self.diagnostics.error(Rule::DifferentReplies, ours.def.span, &[&theirs.def.name, &our_label]);
        error.related(theirs.def.span, format!("in {their_label}"));
    }
}

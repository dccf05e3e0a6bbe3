//! Parts of a schema: some of its commands and events, and what a configuration leaves of it.

mod configuration;
mod pattern;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule};
use crate::model::{Definition, Entity, Schema};
use crate::source::Span;
use pattern::matches;

/// Which commands and events to keep.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Names or patterns (`query-*`; `?` for one character) of the commands to keep; all without.
    pub commands: Option<Vec<String>>,
    /// Names or patterns of the events to keep; all without.
    pub events: Option<Vec<String>>,
}

impl Selection {
    /// Leaves the selected commands and events of a schema. Types stay, whether anything reaches them or not.
    ///
    /// # Errors
    ///
    /// A pattern that matches nothing.
    pub fn apply(&self, schema: &mut Schema) -> Result<(), Report> {
        let mut diagnostics = Diagnostics::default();
        let commands = keep(&self.commands, "command", schema.commands.iter().map(|c| &c.def), &mut diagnostics);
        let events = keep(&self.events, "event", schema.events.iter().map(|e| &e.def), &mut diagnostics);
        let report = Report::new(diagnostics, Arc::new(schema.sources.clone()), Vec::new());
        match report.has_errors() {
            true => Err(report),
            false => {
                schema.retain(|command| commands[command], |event| events[event]);
                Ok(())
            }
        }
    }
}

/// Which of the definitions some pattern matches. A pattern that matches none is reported.
fn keep<'a>(
    patterns: &Option<Vec<String>>,
    what: &str,
    definitions: impl Iterator<Item = &'a Definition>,
    diagnostics: &mut Diagnostics,
) -> Vec<bool> {
    let names: Vec<&str> = definitions.map(|definition| definition.name.as_str()).collect();
    let Some(patterns) = patterns else { return vec![true; names.len()] };
    let mut kept = vec![false; names.len()];
    for pattern in patterns {
        let mut found = false;
        for (kept, _) in kept.iter_mut().zip(&names).filter(|(_, name)| matches(pattern, name)) {
            (*kept, found) = (true, true);
        }
        if !found {
            let similar = diagnostics.did_you_mean(pattern, names.iter().copied());
            diagnostics.error(Rule::NothingSelected, Span::NONE, &[what, pattern]).notes.extend(similar);
        }
    }
    kept
}

impl Schema {
    /// Keeps the commands and events whose index the functions admit.
    pub(crate) fn retain(&mut self, command: impl Fn(usize) -> bool, event: impl Fn(usize) -> bool) {
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

/// What each index becomes when the others are gone.
fn renumbering(len: usize, keep: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut next = 0..;
    (0..len).map(|index| if keep(index) { next.next() } else { None }).collect()
}

fn retain_by_index<T>(items: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
    let mut index = 0..;
    items.retain(|_| index.next().is_some_and(&keep));
}

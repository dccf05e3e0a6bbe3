//! Selects a part of a schema: some of its commands, events and types, and what a configuration leaves of it.

mod configuration;
mod pattern;
mod retain;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule, WrongOption};
use crate::model::{Definition, Schema, TypeId};
pub use pattern::matches_pattern;

/// Which commands, events and types of a schema are wanted, by names or patterns: `*` stands for any characters, `?` for one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The commands to keep. Default: all.
    pub commands: Option<Vec<String>>,
    /// The events to keep. Default: all.
    pub events: Option<Vec<String>>,
    /// Types to keep beside those that the selected commands and events use. Default: none; all if no command and no event
    /// is selected.
    pub types: Option<Vec<String>>,
}

impl Selection {
    /// Removes all other commands and events from a schema. Types stay in it, used or not: see [`roots`](Self::roots).
    ///
    /// # Errors
    ///
    /// If a name or pattern matches nothing.
    pub fn apply(&self, schema: &mut Schema) -> Result<(), Report> {
        self.apply_and_report(schema, Diagnostics::default())
    }

    /// Does the same, and reports other wrong options with its own.
    pub(crate) fn apply_and_report(&self, schema: &mut Schema, mut diagnostics: Diagnostics) -> Result<(), Report> {
        let commands = keep(&self.commands, "commands", schema.commands.iter().map(|c| &c.def), &mut diagnostics);
        let events = keep(&self.events, "events", schema.events.iter().map(|e| &e.def), &mut diagnostics);
        keep(&self.types, "types", schema.defined_types().map(|(_, ty)| &ty.def), &mut diagnostics);
        Report::new(diagnostics, Arc::new(schema.sources.clone()), Vec::new()).into_result()?;
        schema.retain(|command| commands[command], |event| events[event]);
        Ok(())
    }

    /// Removes all other commands and events from one of several versions of a schema, which may lack what is selected.
    #[cfg(feature = "codegen")]
    pub(crate) fn restrict(&self, schema: &mut Schema) {
        let is_wanted = |patterns: &Option<Vec<String>>, def: &Definition| {
            patterns.as_ref().is_none_or(|all| all.iter().any(|pattern| matches_pattern(pattern, &def.name)))
        };
        let commands: Vec<bool> =
            schema.commands.iter().map(|command| is_wanted(&self.commands, &command.def)).collect();
        let events: Vec<bool> = schema.events.iter().map(|event| is_wanted(&self.events, &event.def)).collect();
        schema.retain(|command| commands[command], |event| events[event]);
    }

    /// Returns the types that are wanted whether a selected command or event uses them or not. `schema` is what
    /// [`apply`](Self::apply) has left.
    #[must_use]
    pub fn roots(&self, schema: &Schema) -> Vec<TypeId> {
        let is_wanted = |name: &str| match &self.types {
            Some(patterns) => patterns.iter().any(|pattern| matches_pattern(pattern, name)),
            None => schema.interface.is_empty(),
        };
        schema.defined_types().filter(|(_, ty)| is_wanted(&ty.def.name)).map(|(id, _)| id).collect()
    }
}

/// Returns which of the definitions a pattern matches; all if there are no patterns. Reports each pattern that matches none.
fn keep<'a>(
    patterns: &Option<Vec<String>>,
    option: &'static str,
    definitions: impl Iterator<Item = &'a Definition>,
    diagnostics: &mut Diagnostics,
) -> Vec<bool> {
    let names: Vec<&str> = definitions.map(|definition| definition.name.as_str()).collect();
    let Some(patterns) = patterns else { return vec![true; names.len()] };
    let mut kept = vec![false; names.len()];
    for pattern in patterns {
        let mut found = false;
        for (kept, _) in kept.iter_mut().zip(&names).filter(|(_, name)| matches_pattern(pattern, name)) {
            (*kept, found) = (true, true);
        }
        if !found {
            let what = option.trim_end_matches('s');
            let option = WrongOption { name: option, value: pattern.clone() };
            diagnostics.wrong_option(Rule::NothingSelected, option, what, names.iter().copied());
        }
    }
    kept
}

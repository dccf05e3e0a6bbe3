//! Commands and events: their data, and what commands return.

use super::checker::Checker;
use crate::diagnostic::Rule;
use crate::model::{TypeId, TypeKind};
use crate::syntax::{Command, Definition, Event};

impl Checker<'_> {
    pub(super) fn command(&mut self, definition: &Definition, syntax: &Command, index: usize) {
        let command = &self.schema.commands[index];
        self.arguments(definition, &syntax.arguments, command.arguments, command.boxed);
        let excepted = self.syntax.pragmas.command_returns_exceptions.contains(&command.def.name);
        if let (Some(name), Some(id)) = (&syntax.returns, command.returns)
            && !excepted
            && self.syntax.complete
            && !matches!(self.kind(self.element(id)), Some(TypeKind::Object(_)) | None)
        {
            self.wrong_kind(Rule::ReturnsNotObject, name.name(), id);
        }
    }

    pub(super) fn event(&mut self, definition: &Definition, syntax: &Event, index: usize) {
        let event = &self.schema.events[index];
        self.arguments(definition, &syntax.arguments, event.arguments, event.boxed);
    }

    /// Returns the element of an array; any other type itself.
    fn element(&self, id: TypeId) -> TypeId {
        match self.kind(id) {
            Some(&TypeKind::Array(element)) => element,
            _ => id,
        }
    }
}

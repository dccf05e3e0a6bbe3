//! Commands: what they take and return.

use super::Checker;
use crate::diagnostic::Rule;
use crate::model::{TypeId, TypeKind};
use crate::syntax::{Command, Definition};

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

    /// What the type is an array of, or itself.
    fn element(&self, id: TypeId) -> TypeId {
        match self.kind(id) {
            Some(&TypeKind::Array(element)) => element,
            _ => id,
        }
    }
}

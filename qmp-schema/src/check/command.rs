//! Commands: what they take and return.

use super::Checker;
use crate::diagnostic::Rule;
use crate::model::{TypeId, TypeKind};
use crate::syntax::Command;

impl Checker<'_> {
    pub(super) fn command(&mut self, syntax: &Command, index: usize) {
        let command = &self.schema.commands[index];
        self.arguments(&command.def, &syntax.arguments, command.arguments, command.boxed);
        let excepted = self.syntax.pragmas.command_returns_exceptions.contains(&command.def.name);
        if let (Some(name), Some(id)) = (&syntax.returns, command.returns)
            && !excepted
            && self.syntax.complete
            && !self.is_extensible(id)
        {
            self.wrong_kind(Rule::ReturnsNotObject, name.name(), id);
        }
    }

    /// Whether members can be added to what is returned: objects, and arrays of them.
    fn is_extensible(&self, id: TypeId) -> bool {
        match self.kind(id) {
            Some(&TypeKind::Array(element)) => matches!(self.kind(element), Some(TypeKind::Object(_)) | None),
            Some(kind) => matches!(kind, TypeKind::Object(_)),
            None => true,
        }
    }
}

//! The data of commands and events.

use super::checker::Checker;
use crate::diagnostic::Rule;
use crate::model::{TypeId, TypeKind};
use crate::syntax::{Definition, Members};

impl Checker<'_> {
    pub(super) fn arguments(&mut self, def: &Definition, syntax: &Members, id: Option<TypeId>, boxed: bool) {
        let Some(id) = id else { return };
        // The part that was lost to an error may have been `boxed`.
        let boxed = boxed || !def.complete;
        if let Members::Type(name) = syntax {
            match self.kind(id) {
                None => return,
                Some(TypeKind::Object(object)) if object.variants.is_none() || boxed => {}
                Some(TypeKind::Object(_)) => return self.wrong_kind(Rule::UnionNotBoxed, name, id),
                Some(_) => return self.wrong_kind(Rule::ArgumentsNotObject, name, id),
            }
        }
        if !boxed && self.nesting.is_finite(id) {
            self.refuse_conditional(def, syntax, id);
        }
    }

    /// Reports an argument with a condition: it can only be passed in a structure.
    fn refuse_conditional(&mut self, def: &Definition, syntax: &Members, id: TypeId) {
        let Some(member) = self.find_conditional(id) else { return };
        let named = match syntax {
            Members::Type(name) => Some(name.span),
            Members::None | Members::Inline(_) => None,
        };
        let span = named.unwrap_or(member.span);
        let error = self.diagnostics.error(Rule::ConditionalArgument, span, &[&def.name.text, &member.name]);
        if named.is_some() {
            error.related(member.span, "has a condition");
        }
    }
}

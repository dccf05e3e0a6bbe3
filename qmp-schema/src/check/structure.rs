//! Structs: the base, and members that clash with the base's.

use super::checker::Checker;
use crate::diagnostic::Rule;
use crate::model::{TypeId, TypeKind};
use crate::syntax::{Name, Struct};

impl Checker<'_> {
    pub(super) fn structure(&mut self, syntax: &Struct, id: TypeId) {
        let base = self.schema.object(id).and_then(|object| object.base);
        if let (Some(name), Some(base)) = (&syntax.base, base)
            && self.nesting.is_finite(id)
            && self.check_base(name, base)
        {
            self.refuse_inherited(id, base);
        }
    }

    /// Returns whether a type can be a base: it must be an object without branches.
    pub(super) fn check_base(&mut self, name: &Name, base: TypeId) -> bool {
        let is_struct = match self.kind(base) {
            Some(TypeKind::Object(object)) => object.variants.is_none(),
            Some(_) => false,
            None => return false,
        };
        if !is_struct {
            self.wrong_kind(Rule::BaseNotStruct, name, base);
        }
        is_struct
    }

    /// Reports members of a struct that its bases have too.
    fn refuse_inherited(&mut self, id: TypeId, base: TypeId) {
        let own = self.schema.object(id).map_or(&[][..], |object| &object.members);
        for member in own {
            let Some((owner, inherited)) = self.find_member(base, &member.name) else { continue };
            let owner = self.name(owner);
            let arguments = [&*member.name, &*inherited.name, owner];
            let error = self.diagnostics.error(Rule::InheritedMember, member.span, &arguments);
            error.related(inherited.span, format!("clashes with this, through base `{owner}`"));
        }
    }
}

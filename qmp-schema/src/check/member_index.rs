//! The members of all objects by their names in C: no two of one object may have the same.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::clash::{CForm, refuse};
use crate::diagnostic::Diagnostics;
use crate::model::{Condition, Member, Schema, TypeId, TypeKind};

/// The members of all objects.
#[derive(Default)]
pub(super) struct MemberIndex<'a> {
    /// Each member by its object and C form.
    by_name: HashMap<(TypeId, CForm<'a>), &'a Member>,
    /// The first member with a condition of each object.
    conditional: HashMap<TypeId, &'a Member>,
}

impl<'a> MemberIndex<'a> {
    /// Collects the members; reports those that clash within one object.
    pub(super) fn new(schema: &'a Schema, diagnostics: &mut Diagnostics) -> Self {
        let mut index = Self::default();
        for (id, ty) in schema.types() {
            let TypeKind::Object(object) = &ty.kind else { continue };
            for member in &object.members {
                if member.condition != Condition::Always {
                    index.conditional.entry(id).or_insert(member);
                }
                match index.by_name.entry((id, CForm(&member.name))) {
                    Entry::Vacant(entry) => drop(entry.insert(member)),
                    Entry::Occupied(first) => {
                        let first: &Member = first.get();
                        refuse("member", (&member.name, member.span), (&first.name, first.span), diagnostics);
                    }
                }
            }
        }
        index
    }

    /// Returns the object's own member with the C form of `name`.
    pub(super) fn get(&self, object: TypeId, name: &str) -> Option<&'a Member> {
        self.by_name.get(&(object, CForm(name))).copied()
    }

    /// Returns the object's own first member with a condition.
    pub(super) fn conditional(&self, object: TypeId) -> Option<&'a Member> {
        self.conditional.get(&object).copied()
    }
}

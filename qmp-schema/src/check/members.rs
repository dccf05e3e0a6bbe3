//! The members of objects: no two may have the same C form, wherever they come from.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Checker;
use super::clash::{CForm, refuse};
use crate::diagnostic::{Diagnostics, Rule};
use crate::model::{Condition, Member, Schema, TypeId, TypeKind};
use crate::syntax::{Name, Struct};

/// The members of all objects.
#[derive(Default)]
pub(super) struct MemberIndex<'a> {
    /// By their object and C form.
    by_name: HashMap<(TypeId, CForm<'a>), &'a Member>,
    /// The first that has a condition, by their object.
    conditional: HashMap<TypeId, &'a Member>,
}

/// Finds all members; reports those that clash within one object.
pub(super) fn index<'a>(schema: &'a Schema, diagnostics: &mut Diagnostics) -> MemberIndex<'a> {
    let mut index = MemberIndex::default();
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

impl<'a> Checker<'a> {
    pub(super) fn structure(&mut self, syntax: &Struct, id: TypeId) {
        let base = self.schema.object(id).and_then(|object| object.base);
        if let (Some(name), Some(base)) = (&syntax.base, base)
            && self.nesting.is_finite(id)
            && self.check_base(name, base)
        {
            self.refuse_inherited(id, base);
        }
    }

    /// Whether a type can be a base: it must be an object without branches.
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

    /// Reports that a type is of a kind that does not fit where it is used.
    pub(super) fn wrong_kind(&mut self, rule: Rule, name: &Name, id: TypeId) {
        let ty = self.schema.ty(id);
        let what = match ty.kind {
            TypeKind::Array(element) => format!("an array of {}", self.describe(element).1),
            _ => self.describe(id).0.to_owned(),
        };
        let error = self.diagnostics.error(rule, name.span, &[&name.text, &what]);
        if !matches!(ty.kind, TypeKind::Array(_)) {
            error.related(ty.def.span, "defined here");
        }
    }

    /// What kind of type it is, and several of the kind.
    fn describe(&self, id: TypeId) -> (&'static str, &'static str) {
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(_) => ("a builtin type", "a builtin type"),
            TypeKind::Enum(_) => ("an enum", "enums"),
            TypeKind::Object(object) if object.variants.is_some() => ("a union", "unions"),
            TypeKind::Object(_) => ("a struct", "structs"),
            TypeKind::Alternate(_) => ("an alternate", "alternates"),
            TypeKind::Array(_) => ("an array", "arrays"),
        }
    }

    /// Reports the members of a struct that its bases have too.
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

    /// The member of an object, or of its bases, with the C form of `name`; and whose it is.
    pub(super) fn find_member(&self, id: TypeId, name: &str) -> Option<(TypeId, &'a Member)> {
        self.lineage(id).find_map(|(owner, _)| Some((owner, self.own_member(owner, name)?)))
    }

    /// The member that is written in the object itself, with the C form of `name`.
    pub(super) fn own_member(&self, id: TypeId, name: &str) -> Option<&'a Member> {
        self.members.by_name.get(&(id, CForm(name))).copied()
    }

    /// A member of an object, or of its bases, that has a condition.
    pub(super) fn find_conditional(&self, id: TypeId) -> Option<&'a Member> {
        self.lineage(id).find_map(|(owner, _)| self.members.conditional.get(&owner).copied())
    }
}

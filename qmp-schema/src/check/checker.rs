//! The state of the checks, and the questions that several of them ask.

use std::collections::{HashMap, HashSet};

use super::member_index::MemberIndex;
use super::recursion::Nesting;
use crate::diagnostic::{Diagnostics, Rule};
use crate::lower::Lowered;
use crate::model::{Member, Object, Schema, TypeId, TypeKind};
use crate::syntax::{Name, Syntax};

/// Checks definitions against the model.
pub(super) struct Checker<'a> {
    pub(super) syntax: &'a Syntax,
    pub(super) lowered: &'a Lowered,
    pub(super) schema: &'a Schema,
    pub(super) nesting: Nesting,
    pub(super) members: MemberIndex<'a>,
    /// The values of the enums that are discriminators.
    pub(super) values: HashMap<TypeId, HashSet<&'a str>>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl<'a> Checker<'a> {
    /// Reports endless types and clashing members, and remembers both.
    pub(super) fn new(syntax: &'a Syntax, lowered: &'a Lowered, diagnostics: &'a mut Diagnostics) -> Self {
        let nesting = Nesting::new(syntax, lowered, diagnostics);
        let schema = &lowered.schema;
        let members = MemberIndex::new(schema, diagnostics);
        Self { syntax, lowered, schema, nesting, members, values: HashMap::new(), diagnostics }
    }

    /// Returns the kind of a type; none if the type is unknown.
    pub(super) fn kind(&self, id: TypeId) -> Option<&'a TypeKind> {
        (id != self.lowered.unknown).then(|| &self.schema.ty(id).kind)
    }

    /// Returns the name of a type; the owner's name for members written in place.
    pub(super) fn name(&self, id: TypeId) -> &'a str {
        let name = self.schema.ty(id).def.name.as_str();
        let owner = name.strip_prefix("q_obj_").and_then(|owner| owner.rsplit_once('-'));
        owner.map_or(name, |(owner, _)| owner)
    }

    /// Returns an object and its bases, the nearest first. They must be finite.
    pub(super) fn lineage(&self, id: TypeId) -> impl Iterator<Item = (TypeId, &'a Object)> + use<'a> {
        let schema = self.schema;
        std::iter::successors(Some(id), move |&id| schema.object(id)?.base)
            .map_while(|id| Some((id, schema.object(id)?)))
    }

    /// Whether all members of an object are known.
    pub(super) fn is_complete(&self, id: TypeId) -> bool {
        self.nesting.is_finite(id)
            && self
                .lineage(id)
                .all(|(id, object)| !self.is_lost(id) && object.base.is_none_or(|base| !self.is_lost(base)))
    }

    /// Whether a type, or a part of it, was lost to an error.
    pub(super) fn is_lost(&self, id: TypeId) -> bool {
        id == self.lowered.unknown || self.lowered.incomplete.contains(&id)
    }

    /// Returns the member of an object, or of its bases, with the C form of `name`, and its owner.
    pub(super) fn find_member(&self, id: TypeId, name: &str) -> Option<(TypeId, &'a Member)> {
        self.lineage(id).find_map(|(owner, _)| Some((owner, self.members.get(owner, name)?)))
    }

    /// Returns a member with a condition, of an object or of its bases.
    pub(super) fn find_conditional(&self, id: TypeId) -> Option<&'a Member> {
        self.lineage(id).find_map(|(owner, _)| self.members.conditional(owner))
    }

    /// Reports a type whose kind does not fit where it is used.
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

    /// Describes the kind of a type: singular and plural.
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
}

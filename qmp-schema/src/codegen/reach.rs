//! Finds the types that become Rust types: those that the user selects, and those whose values are part of an argument, a
//! return value or an event.
//!
//! A base is not among the latter (its members are flattened), nor is an enum that only a discriminator is of (the branches
//! take its place).

use std::collections::HashSet;

use crate::model::{Member, ObjectOrigin, Schema, TypeId, TypeKind};

use super::config::Side;

/// Returns the types that `roots`, commands and events reach as values, in schema order: enums, structs, unions, alternates.
pub(super) fn reach(schema: &Schema, roots: &[TypeId]) -> Vec<TypeId> {
    let reached = reach_from(schema, arguments(schema).chain(results(schema)).chain(roots.iter().copied()));
    schema.types().map(|(id, _)| id).filter(|id| reached[id.index()] && is_named(schema, *id)).collect()
}

/// The types whose values one side of a connection builds, inline arguments among them. Those values need setters.
#[derive(Debug)]
pub(super) struct Built(Vec<bool>);

impl Built {
    /// Finds what a client sends, what a server sends, or both, and what the user selects for its own sake.
    pub(super) fn new(schema: &Schema, side: Side, roots: &[TypeId]) -> Self {
        let arguments = arguments(schema).filter(|_| side.has_client());
        let results = results(schema).filter(|_| side.has_server());
        Self(reach_from(schema, arguments.chain(results).chain(roots.iter().copied())))
    }

    pub(super) fn contains(&self, id: TypeId) -> bool {
        self.0[id.index()]
    }
}

/// Returns the types that are branches of unions.
pub(super) fn branches(schema: &Schema) -> HashSet<TypeId> {
    let unions = schema.types().filter_map(|(id, _)| schema.object(id)?.variants.as_ref());
    unions.flat_map(|variants| &variants.branches).map(|branch| branch.ty).collect()
}

fn arguments(schema: &Schema) -> impl Iterator<Item = TypeId> {
    schema.commands.iter().filter_map(|command| command.arguments)
}

fn results(schema: &Schema) -> impl Iterator<Item = TypeId> {
    let returns = schema.commands.iter().filter_map(|command| command.returns);
    returns.chain(schema.events.iter().filter_map(|event| event.arguments))
}

fn reach_from(schema: &Schema, roots: impl Iterator<Item = TypeId>) -> Vec<bool> {
    let mut walk = Walk { schema, reached: vec![false; schema.types.len()], open: roots.collect() };
    while let Some(id) = walk.open.pop() {
        walk.visit(id);
    }
    walk.reached
}

/// Returns whether the type becomes a Rust type of its own. (Inline arguments belong to their command or event.)
fn is_named(schema: &Schema, id: TypeId) -> bool {
    match &schema.ty(id).kind {
        TypeKind::Builtin(_) | TypeKind::Array(_) => false,
        TypeKind::Enum(_) | TypeKind::Alternate(_) => true,
        TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
    }
}

/// Returns the members that hold a value of their own: all but the discriminator, whose value the branches carry.
pub(super) fn value_members(schema: &Schema, id: TypeId) -> impl Iterator<Item = &Member> {
    let tag = schema.object(id).and_then(|object| object.variants.as_ref()).map(|variants| variants.tag.as_str());
    schema.members(id).into_iter().filter(move |member| Some(member.name.as_str()) != tag)
}

struct Walk<'a> {
    schema: &'a Schema,
    reached: Vec<bool>,
    open: Vec<TypeId>,
}

impl Walk<'_> {
    fn visit(&mut self, id: TypeId) {
        if std::mem::replace(&mut self.reached[id.index()], true) {
            return;
        }
        match &self.schema.ty(id).kind {
            TypeKind::Builtin(_) | TypeKind::Enum(_) => {}
            TypeKind::Array(element) => self.open.push(*element),
            TypeKind::Alternate(alternate) => self.open.extend(alternate.branches.iter().map(|branch| branch.ty)),
            TypeKind::Object(object) => {
                self.open.extend(value_members(self.schema, id).map(|member| member.ty));
                self.open
                    .extend(object.variants.iter().flat_map(|variants| &variants.branches).map(|branch| branch.ty));
            }
        }
    }
}

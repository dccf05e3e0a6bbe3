//! Finds the types that become Rust types: those that the user selects, and those whose values are part of an argument, a
//! return value or an event.
//!
//! A base is not among the latter (its members are flattened), nor is an enum that only a discriminator is of (the branches
//! take its place).

use crate::model::{Member, ObjectOrigin, Schema, TypeId, TypeKind};

/// Returns the types that `roots`, commands and events reach as values, in schema order: enums, structs, unions, alternates.
pub(super) fn reach(schema: &Schema, roots: &[TypeId]) -> Vec<TypeId> {
    let mut walk = Walk { schema, reached: vec![false; schema.types.len()], open: Vec::new() };
    let commands = schema.commands.iter().flat_map(|command| [command.arguments, command.returns]);
    let events = schema.events.iter().map(|event| event.arguments);
    walk.open.extend(commands.chain(events).flatten().chain(roots.iter().copied()));
    while let Some(id) = walk.open.pop() {
        walk.visit(id);
    }
    schema.types().map(|(id, _)| id).filter(|id| walk.reached[id.index()] && is_named(schema, *id)).collect()
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

//! Which types become Rust types: those whose values stand in an argument, a return value or an event.
//!
//! Bases do not (their members are flattened), nor does the enum of a discriminator that nothing else is of (the branches
//! take its place).

use crate::model::{Member, ObjectOrigin, Schema, TypeId, TypeKind};

/// The types that commands and events reach as values, in schema order: enums, structs, unions, alternates.
pub(super) fn reach(schema: &Schema) -> Vec<TypeId> {
    let mut walk = Walk { schema, reached: vec![false; schema.types.len()], open: Vec::new() };
    let commands = schema.commands.iter().flat_map(|command| [command.arguments, command.returns]);
    let events = schema.events.iter().map(|event| event.arguments);
    walk.open.extend(commands.chain(events).flatten());
    while let Some(id) = walk.open.pop() {
        walk.visit(id);
    }
    schema.types().map(|(id, _)| id).filter(|id| walk.reached[id.index()] && is_named(schema, *id)).collect()
}

/// Whether the type becomes a Rust type of its own. (Inline arguments belong to their command or event.)
fn is_named(schema: &Schema, id: TypeId) -> bool {
    match &schema.ty(id).kind {
        TypeKind::Builtin(_) | TypeKind::Array(_) => false,
        TypeKind::Enum(_) | TypeKind::Alternate(_) => true,
        TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
    }
}

/// The members that hold a value of their own: all but the discriminator, which the branches stand for.
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

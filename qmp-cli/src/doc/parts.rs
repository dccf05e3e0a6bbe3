//! The parts that a definition itself names: members, values, alternatives. Those of a base, or of a named type that is its
//! data, belong to other definitions.

use qmp_schema::model::{Feature, Member, Schema, TypeId, TypeKind};

use super::outline::{Item, is_named};

/// A member, a value or an alternative.
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) features: &'a [Feature],
}

/// Returns the parts of a definition, in the order written.
pub(super) fn parts<'a>(schema: &'a Schema, item: &Item<'a>) -> Vec<Part<'a>> {
    match item {
        Item::Text(_) => Vec::new(),
        Item::Command(command) => inline(schema, command.arguments),
        Item::Event(event) => inline(schema, event.arguments),
        Item::Type(_, ty) => match &ty.kind {
            TypeKind::Enum(kind) => {
                kind.values.iter().map(|value| Part { name: &value.name, features: &value.features }).collect()
            }
            TypeKind::Alternate(alternate) => {
                alternate.branches.iter().map(|branch| Part { name: &branch.name, features: &[] }).collect()
            }
            TypeKind::Object(object) => {
                let mut parts = inline(schema, object.base);
                parts.extend(object.members.iter().map(part));
                parts
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => Vec::new(),
        },
    }
}

/// Returns the members of an object that is written in place.
fn inline(schema: &Schema, id: Option<TypeId>) -> Vec<Part<'_>> {
    let id = id.filter(|id| !is_named(&schema.ty(*id).kind));
    let members = id.and_then(|id| schema.object(id)).map(|object| object.members.iter().map(part));
    members.into_iter().flatten().collect()
}

fn part(member: &Member) -> Part<'_> {
    Part { name: &member.name, features: &member.features }
}

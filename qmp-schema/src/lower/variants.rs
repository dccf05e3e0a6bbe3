//! What a union's branches are can be said only when all types are there: the discriminator's enum, and a branch without
//! members for each of its values that the union does not mention.

use std::collections::HashSet;

use super::plan::EMPTY;
use crate::check::MAX_DEPTH;
use crate::model::{Branch, EnumValue, Object, Schema, TypeId, TypeKind};
use crate::source::Span;

/// Completes all unions. One whose discriminator is not an enum is left as it is: the checks say why.
pub(super) fn complete(schema: &mut Schema) {
    for index in 0..schema.types.len() {
        let Some((tag_type, branches)) = missing(schema, TypeId(index as u32)) else { continue };
        if let TypeKind::Object(Object { variants: Some(variants), .. }) = &mut schema.types[index].kind {
            variants.tag_type = tag_type;
            variants.branches.extend(branches);
        }
    }
}

/// The enum of a union's discriminator and the branches that are not written.
fn missing(schema: &Schema, union: TypeId) -> Option<(TypeId, Vec<Branch>)> {
    let object = schema.object(union)?;
    let variants = object.variants.as_ref()?;
    let tag_type = discriminator_type(schema, object, &variants.tag)?;
    let TypeKind::Enum(tag) = &schema.ty(tag_type).kind else { return None };
    let written: HashSet<&str> = variants.branches.iter().map(|branch| &*branch.name).collect();
    let missing = tag.values.iter().filter(|value| !written.contains(&*value.name));
    Some((tag_type, missing.map(implicit).collect()))
}

fn implicit(value: &EnumValue) -> Branch {
    let (name, condition) = (value.name.clone(), value.condition.clone());
    Branch { name, span: Span::NONE, ty: EMPTY, condition, implicit: true }
}

/// The type of the member that a union is told by. Bases are not known yet to be finite.
fn discriminator_type(schema: &Schema, union: &Object, tag: &str) -> Option<TypeId> {
    let base = |object: &&Object| schema.object(object.base?);
    let mut bases = std::iter::successors(Some(union), base).take(MAX_DEPTH);
    bases.find_map(|object| object.members.iter().find(|member| member.name == tag)).map(|member| member.ty)
}

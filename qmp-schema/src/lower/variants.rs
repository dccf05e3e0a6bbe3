//! Completes unions, once all types are there: the enum of the discriminator, and a branch without members for each of its
//! values that the union does not mention.

use std::collections::HashSet;

use super::type_ids::EMPTY;
use crate::model::{Branch, EnumValue, Object, Schema, TypeId, TypeKind, Versions};
use crate::source::Span;

/// The depth to which bases and branches may follow each other: a bound on the stack of everything that walks them.
pub(crate) const MAX_DEPTH: usize = 250;

/// Completes all unions but those whose discriminator is not an enum, which the checks report.
pub(super) fn complete(schema: &mut Schema) {
    for index in 0..schema.types.len() {
        let Some((tag_type, branches)) = missing(schema, TypeId(index as u32)) else { continue };
        if let TypeKind::Object(Object { variants: Some(variants), .. }) = &mut schema.types[index].kind {
            variants.tag_type = tag_type;
            variants.branches.extend(branches);
        }
    }
}

/// Returns the enum of a union's discriminator and the branches that are not written.
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
    Branch { name, span: Span::NONE, ty: EMPTY, condition, implicit: true, versions: Versions::ALL }
}

/// Returns the type of the discriminator. Bases are not known yet to be finite.
fn discriminator_type(schema: &Schema, union: &Object, tag: &str) -> Option<TypeId> {
    let base = |object: &&Object| schema.object(object.base?);
    let mut bases = std::iter::successors(Some(union), base).take(MAX_DEPTH);
    bases.find_map(|object| object.members.iter().find(|member| member.name == tag)).map(|member| member.ty)
}

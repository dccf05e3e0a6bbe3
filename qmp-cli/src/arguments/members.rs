//! The members that an object has under given values of its discriminator.

use qmp_schema::model::{Member, Schema, TypeId, TypeKind};

/// Returns the members of an object: of its bases, its own, and those of the branch that the discriminator selects. `value_of` is
/// asked for the value of the discriminator.
pub(crate) fn members<V: AsRef<str>>(
    schema: &Schema,
    ty: TypeId,
    value_of: impl Fn(&str) -> Option<V>,
) -> Vec<&Member> {
    let mut members = schema.members(ty);
    let variants = schema.object(ty).and_then(|object| object.variants.as_ref());
    if let Some(variants) = variants
        && let Some(tag) = value_of(&variants.tag)
        && let Some(branch) = variants.branches.iter().find(|branch| branch.name == tag.as_ref())
    {
        members.extend(schema.members(branch.ty));
    }
    members
}

/// Returns the type that takes members: the type itself, or a branch of an alternate.
pub(crate) fn composite(schema: &Schema, ty: TypeId) -> Option<TypeId> {
    match &schema.ty(ty).kind {
        TypeKind::Object(_) | TypeKind::Array(_) => Some(ty),
        TypeKind::Alternate(alternate) => alternate.branches.iter().find_map(|branch| composite(schema, branch.ty)),
        TypeKind::Builtin(_) | TypeKind::Enum(_) => None,
    }
}

//! The types of QMP's own commands, to be compared with a schema's.

use crate::model::{Builtin, Member, Schema, TypeId, TypeKind};

/// A type of QMP's. Members marked with `*` may be missing in the schema.
pub(super) enum Shape {
    Any,
    Str,
    Int,
    Bool,
    List(&'static Shape),
    /// At least these values.
    Enum(&'static [&'static str]),
    /// These members, and others only if they are optional.
    Object(&'static [(&'static str, Shape)]),
    /// Common members, the name of the discriminator, and the members of each branch.
    Union(&'static [(&'static str, Shape)], &'static str, &'static [(&'static str, &'static [(&'static str, Shape)])]),
}

/// Checks that the type has the shape.
///
/// # Errors
///
/// The expected shape, if the type has another one.
pub(super) fn fits(schema: &Schema, id: TypeId, shape: &Shape) -> Result<(), String> {
    let kind = &schema.ty(id).kind;
    match (shape, kind) {
        (Shape::Any, _)
        | (Shape::Str, TypeKind::Builtin(Builtin::Str))
        // An enum may stand for the strings it knows.
        | (Shape::Str, TypeKind::Enum(_))
        | (Shape::Bool, TypeKind::Builtin(Builtin::Bool)) => Ok(()),
        (Shape::Int, TypeKind::Builtin(builtin)) if is_integer(*builtin) => Ok(()),
        (Shape::List(element), TypeKind::Array(id)) => fits(schema, *id, element),
        (Shape::Enum(values), TypeKind::Enum(tag)) => {
            let missing = values.iter().find(|value| tag.values.iter().all(|known| known.name != **value));
            missing.map_or(Ok(()), |value| Err(format!("value `{value}`")))
        }
        (Shape::Object(wanted), TypeKind::Object(_)) => members(schema, &schema.members(id), wanted, None),
        (Shape::Union(common, tag, branches), TypeKind::Object(object)) => {
            members(schema, &schema.members(id), common, Some(tag))?;
            let variants = object.variants.as_ref().filter(|variants| variants.tag == *tag);
            let variants = variants.ok_or_else(|| format!("discriminator `{tag}`"))?;
            branches.iter().try_for_each(|(value, wanted)| {
                let branch = variants.branches.iter().find(|branch| branch.name == *value);
                let branch = branch.ok_or_else(|| format!("branch `{value}`"))?;
                members(schema, &schema.members(branch.ty), wanted, None)
            })
        }
        (shape, _) => Err(shape.describe().to_owned()),
    }
}

fn members(schema: &Schema, members: &[&Member], wanted: &[(&str, Shape)], tag: Option<&str>) -> Result<(), String> {
    for (name, shape) in wanted {
        let plain = name.trim_start_matches('*');
        match members.iter().find(|member| member.name == plain) {
            Some(member) => fits(schema, member.ty, shape).map_err(|wanted| format!("member `{plain}`: {wanted}"))?,
            None if plain.len() == name.len() => return Err(format!("member `{plain}`")),
            None => {}
        }
    }
    let expected = |member: &&&Member| {
        wanted.iter().any(|(name, _)| name.trim_start_matches('*') == member.name) || tag == Some(&member.name)
    };
    match members.iter().find(|member| !member.optional && !expected(member)) {
        Some(member) => Err(format!("no member `{}`", member.name)),
        None => Ok(()),
    }
}

fn is_integer(builtin: Builtin) -> bool {
    !matches!(builtin, Builtin::Str | Builtin::Number | Builtin::Bool | Builtin::Any | Builtin::Null)
}

impl Shape {
    fn describe(&self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Str => "a string",
            Self::Int => "an integer",
            Self::Bool => "a boolean",
            Self::List(_) => "a list",
            Self::Enum(_) => "an enum",
            Self::Object(_) => "an object",
            Self::Union(..) => "a union",
        }
    }
}

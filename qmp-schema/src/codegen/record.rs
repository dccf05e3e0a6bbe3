//! Describes an object as a Rust struct: its fields, with their names, types and documentation.
//!
//! The members of a base become fields like the object's own. A union's discriminator is the field that carries the branch.

use std::rc::Rc;

use crate::model::{Definition, Described, Member, ObjectOrigin, TypeId};

use super::context::{Context, Scope};
use super::docs;
use super::names::of_members;

/// An object as a Rust struct.
pub(super) struct Record<'a> {
    /// The Rust name.
    pub(super) name: &'a str,
    /// The name in the schema.
    pub(super) wire_name: &'a str,
    /// All members, the base's first.
    pub(super) fields: Vec<Field<'a>>,
    /// The index of the discriminator.
    pub(super) tag: Option<usize>,
    /// Whether the field `extra` keeps members that are not in the schema.
    pub(super) extra: bool,
    /// Whether the struct implements `Eq` and `Hash`.
    pub(super) has_eq: bool,
}

/// A member of an object as a Rust field.
pub(super) struct Field<'a> {
    pub(super) member: &'a Member,
    /// The Rust name.
    pub(super) name: String,
    /// The Rust type.
    pub(super) ty: String,
    pub(super) is_string: bool,
    /// Whether `new` accepts any value that converts into the type.
    pub(super) converts: bool,
    pub(super) docs: String,
    pub(super) deprecated: Option<String>,
}

impl<'a> Record<'a> {
    /// Creates the struct `name` for an object, or an empty struct. `def` is the definition that inline members belong to.
    pub(super) fn new(
        cx: &Context<'a>,
        name: &'a str,
        object: Option<TypeId>,
        def: &'a Definition,
        scope: Scope,
        extra: bool,
    ) -> Self {
        let members = object.map(|id| documented(cx, id, def)).unwrap_or_default();
        let tag_name = object.and_then(|id| cx.schema.object(id)?.variants.as_ref()).map(|variants| &*variants.tag);
        let tag = members.iter().position(|(member, _)| Some(&*member.name) == tag_name);
        let names = of_members(members.iter().map(|(member, _)| member.name.as_str()), extra);
        let field = |(index, ((member, described), name)): (usize, ((&'a Member, Rc<_>), _))| {
            let ty = match object {
                Some(id) if tag == Some(index) => format!("{}{}", scope.root_prefix(), cx.names.branches(id)),
                Some(id) => cx.member_type(id, member, scope),
                None => cx.value_type(member.ty, scope),
            };
            let is_string = cx.is_string(member.ty);
            let converts = is_string || tag == Some(index) || cx.is_alternate(member.ty);
            let docs = docs::member(cx, member, &described, scope);
            let deprecated = docs::deprecated(cx, &member.features, &described);
            Field { member, name, ty, is_string, converts, docs, deprecated }
        };
        let fields = members.into_iter().zip(names).enumerate().map(field).collect();
        let wire_name = object.map_or("q_empty", |id| &*cx.schema.ty(id).def.name);
        let has_eq = object.is_none_or(|id| !cx.floating.contains(id));
        Self { name, wire_name, fields, tag, extra, has_eq }
    }

    /// Returns the required members.
    pub(super) fn required(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| !field.member.optional)
    }
}

/// Returns all members, the base's first, each with the documentation of the definition that declares it.
fn documented<'a>(cx: &Context<'a>, id: TypeId, def: &'a Definition) -> Vec<(&'a Member, Rc<Described<'a>>)> {
    let Some(object) = cx.schema.object(id) else { return Vec::new() };
    let owner = match object.origin {
        ObjectOrigin::Struct | ObjectOrigin::Union => &cx.schema.ty(id).def,
        ObjectOrigin::Arguments | ObjectOrigin::Base | ObjectOrigin::Empty => def,
    };
    let mut members = object.base.map(|base| documented(cx, base, owner)).unwrap_or_default();
    let described = Rc::new(docs::described(cx, owner));
    members.extend(object.members.iter().map(|member| (member, Rc::clone(&described))));
    members
}

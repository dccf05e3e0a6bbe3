//! Describes an object as a Rust struct: its fields, with their names, types and documentation.
//!
//! The members of a base become fields like the object's own. A union's discriminator is the field that carries the branch.

use std::rc::Rc;

use crate::model::{Definition, Described, Member, ObjectOrigin, TypeId};

use super::context::{Context, Scope};
use super::conversion::Conversion;
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
    /// Whether this side builds values of it, and needs setters for that.
    pub(super) is_built: bool,
}

/// A member of an object as a Rust field.
pub(super) struct Field<'a> {
    pub(super) member: &'a Member,
    /// The Rust name.
    pub(super) name: String,
    /// The Rust type.
    pub(super) ty: String,
    /// The type without `Option` and `Box`.
    pub(super) value: String,
    pub(super) is_boxed: bool,
    /// What callers may pass for the value.
    pub(super) conversion: Conversion,
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
        let field = |(index, ((member, described), name)): (usize, ((&'a Member, Rc<_>), String))| {
            let is_tag = tag == Some(index);
            let (value, ty) = match object {
                Some(id) if is_tag => {
                    let branches = format!("{}{}", scope.root_prefix(), cx.names.branches(id));
                    (branches.clone(), branches)
                }
                Some(id) => (cx.value_type(member.ty, scope), cx.member_type(id, member, scope)),
                None => (cx.value_type(member.ty, scope), cx.value_type(member.ty, scope)),
            };
            let is_boxed = object.is_some_and(|id| cx.recursion.is_boxed(id, &member.name));
            let conversion = match (is_tag, is_boxed && !member.optional) {
                (true, _) => Conversion::Into,
                (false, true) => Conversion::Exact,
                (false, false) => cx.conversion(member.ty, scope),
            };
            let docs = docs::member(cx, member, &described, scope);
            let deprecated = docs::deprecated(cx, &member.features, &described);
            Field { member, name, ty, value, is_boxed, conversion, docs, deprecated }
        };
        let fields = members.into_iter().zip(names).enumerate().map(field).collect();
        let wire_name = object.map_or("q_empty", |id| &*cx.schema.ty(id).def.name);
        let has_eq = object.is_none_or(|id| !cx.floating.contains(id));
        let is_built = object.is_some_and(|id| cx.built.contains(id));
        Self { name, wire_name, fields, tag, extra, has_eq, is_built }
    }

    /// Returns the required members.
    pub(super) fn required(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| !field.member.optional)
    }

    /// Returns the optional members.
    pub(super) fn optional(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.member.optional)
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

//! The members of an object, with the documentation that describes them.

use std::ops::Deref;

use super::{Doc, Member, ObjectOrigin, Schema, TypeId};

/// A member and the documentation of the definition that it is written in.
#[derive(Clone, Copy)]
pub(crate) struct DocumentedMember<'a> {
    pub(crate) member: &'a Member,
    pub(crate) doc: Option<&'a Doc>,
}

impl Deref for DocumentedMember<'_> {
    type Target = Member;

    fn deref(&self) -> &Member {
        self.member
    }
}

impl<'a> DocumentedMember<'a> {
    /// Returns the documentation of the member.
    pub(crate) fn description(&self) -> Option<&'a str> {
        let (_, text) = self.doc?.members.iter().find(|(name, _)| *name == self.member.name)?;
        Some(text)
    }
}

/// Returns the members of an object, those of its base first. `doc` describes the members that are written in place.
pub(crate) fn documented_members<'a>(
    schema: &'a Schema,
    id: TypeId,
    doc: Option<&'a Doc>,
) -> Vec<DocumentedMember<'a>> {
    let Some(object) = schema.object(id) else { return Vec::new() };
    let is_in_place = matches!(object.origin, ObjectOrigin::Arguments | ObjectOrigin::Base);
    let doc = if is_in_place { doc } else { schema.ty(id).def.doc.as_ref() };
    let mut members = object.base.map(|base| documented_members(schema, base, doc)).unwrap_or_default();
    members.extend(object.members.iter().map(|member| DocumentedMember { member, doc }));
    members
}

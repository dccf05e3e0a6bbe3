//! The types of another version that the merged schema lacks.

use std::collections::{HashMap, HashSet};

use super::Merger;
use crate::model::{
    Builtin, Definition, Doc, Member, Object, ObjectOrigin, Type, TypeId, TypeKind, documented_members,
};

/// The types that were copied.
#[derive(Debug, Default)]
pub(super) struct Copies {
    ids: HashMap<TypeId, TypeId>,
    /// The copies without their contents: types of the other schema, and their ids in the merged one.
    empty: Vec<(TypeId, TypeId)>,
    /// The arrays of the merged schema by their elements.
    arrays: HashMap<TypeId, TypeId>,
    names: HashSet<String>,
}

impl Merger<'_> {
    /// Returns the type of the merged schema that takes the place of another schema's type: its counterpart, or a copy.
    pub(super) fn counterpart(&mut self, theirs: TypeId) -> TypeId {
        let id = self.counterpart_to_fill(theirs);
        while let Some((theirs, copy)) = self.copies.empty.pop() {
            self.merged.types[copy.index()].kind = self.contents_of_copy(theirs, copy);
        }
        id
    }

    fn counterpart_to_fill(&mut self, theirs: TypeId) -> TypeId {
        if let Some(known) = self.pairs.counterpart(theirs).or(self.copies.ids.get(&theirs).copied()) {
            return known;
        }
        let ty = self.other.ty(theirs);
        let id = match &ty.kind {
            TypeKind::Builtin(Builtin::Integer) => self.any_integer(),
            // Every schema begins with the same types.
            _ if theirs.index() < Builtin::ALL.len() + 2 => theirs,
            TypeKind::Array(element) => {
                let element = self.counterpart_to_fill(*element);
                self.array(element)
            }
            _ => {
                let def = Definition { name: self.free_name(&ty.def.name), ..ty.def.clone() };
                // The contents follow when all types that they refer to can have an id.
                let id = self.add_type(Type { def, kind: TypeKind::Builtin(Builtin::Null) });
                self.copies.empty.push((theirs, id));
                id
            }
        };
        self.copies.ids.insert(theirs, id);
        id
    }

    fn contents_of_copy(&mut self, theirs: TypeId, copy: TypeId) -> TypeKind {
        match &self.other.ty(theirs).kind {
            TypeKind::Object(object) => {
                let members = self.members_of_copy(theirs, copy);
                let mut variants = object.variants.clone();
                if let Some(variants) = &mut variants {
                    variants.tag_type = self.counterpart_to_fill(variants.tag_type);
                    for branch in &mut variants.branches {
                        branch.ty = self.counterpart_to_fill(branch.ty);
                    }
                }
                TypeKind::Object(Object { origin: object.origin, base: None, members, variants })
            }
            TypeKind::Alternate(alternate) => {
                let mut alternate = alternate.clone();
                for branch in &mut alternate.branches {
                    branch.ty = self.counterpart_to_fill(branch.ty);
                }
                TypeKind::Alternate(alternate)
            }
            kind => kind.clone(),
        }
    }

    /// Returns all members, with those of the bases. The documentation of a base's members becomes the copy's.
    fn members_of_copy(&mut self, theirs: TypeId, copy: TypeId) -> Vec<Member> {
        let own = self.other.ty(theirs).def.doc.as_ref();
        let mut members = Vec::new();
        for documented in documented_members(self.other, theirs, own) {
            let mut member = documented.member.clone();
            member.ty = self.counterpart_to_fill(member.ty);
            if let Some(text) = documented.description() {
                let doc = self.merged.types[copy.index()].def.doc.get_or_insert_default();
                describe(doc, &member.name, text);
            }
            members.push(member);
        }
        members
    }

    /// Gives an object its bases' members as its own, with their documentation, so that they can change for this object alone.
    pub(super) fn flatten(&mut self, id: TypeId) {
        let Some(object) = self.merged.object(id).filter(|object| object.base.is_some()) else { return };
        let (origin, own) = (object.origin, self.merged.ty(id).def.doc.as_ref());
        let documented = documented_members(self.merged, id, own);
        let texts =
            documented.iter().filter_map(|member| Some((member.name.clone(), member.description()?.to_owned())));
        let (texts, members): (Vec<_>, _) = (texts.collect(), documented.iter().map(|m| m.member.clone()).collect());
        let ty = &mut self.merged.types[id.index()];
        if matches!(origin, ObjectOrigin::Struct | ObjectOrigin::Union) && !texts.is_empty() {
            let doc = ty.def.doc.get_or_insert_default();
            texts.iter().for_each(|(name, text)| describe(doc, name, text));
        }
        if let TypeKind::Object(object) = &mut ty.kind {
            (object.base, object.members) = (None, members);
        }
    }

    /// Returns the array of these elements.
    pub(super) fn array(&mut self, element: TypeId) -> TypeId {
        if self.copies.arrays.is_empty() {
            let arrays = self.merged.types().filter_map(|(id, ty)| match ty.kind {
                TypeKind::Array(element) => Some((element, id)),
                _ => None,
            });
            self.copies.arrays = arrays.collect();
        }
        if let Some(&array) = self.copies.arrays.get(&element) {
            return array;
        }
        let def = Definition {
            name: format!("{}List", self.merged.ty(element).def.name),
            doc: None,
            features: Vec::new(),
            ..self.merged.ty(element).def.clone()
        };
        let array = self.add_type(Type { def, kind: TypeKind::Array(element) });
        self.copies.arrays.insert(element, array);
        array
    }

    /// Adds a type and returns its id.
    pub(super) fn add_type(&mut self, ty: Type) -> TypeId {
        self.merged.types.push(ty);
        TypeId(self.merged.types.len() as u32 - 1)
    }

    /// Returns the name, with a number if another type has it.
    pub(super) fn free_name(&mut self, name: &str) -> String {
        if self.copies.names.is_empty() {
            self.copies.names = self.merged.types.iter().map(|ty| ty.def.name.clone()).collect();
        }
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| self.copies.names.insert(name.clone())).unwrap_or_default()
    }
}

/// Adds the description of a member, unless it has one.
pub(super) fn describe(doc: &mut Doc, name: &str, text: &str) {
    if doc.members.iter().all(|(known, _)| known != name) {
        doc.members.push((name.to_owned(), text.to_owned()));
    }
}

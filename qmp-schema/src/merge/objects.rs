//! Merges the contents of objects: members and branches.

use std::collections::{HashMap, HashSet};

use super::pairs::{Pair, all_members};
use super::{Merger, add_features, within};
use crate::model::{Branch, Member, Object, ObjectOrigin, Schema, TypeId, TypeKind, Variants};

impl Merger<'_> {
    pub(super) fn objects(&mut self, pair: &Pair) {
        self.flatten(pair.merged);
        let mut theirs: Vec<Member> = self.other.members(pair.other).into_iter().cloned().collect();
        if self.is_branched_alike(pair) {
            self.variants(pair);
        } else {
            self.dissolve(pair);
            theirs = optional_branches(self.other, pair.other);
        }
        let ours = self.merged.members(pair.merged).into_iter().zip(0..);
        let mut known: HashMap<String, usize> = ours.map(|(member, index)| (member.name.clone(), index)).collect();
        let (count, mut found) = (known.len(), HashSet::new());
        for theirs in &theirs {
            match known.get(&theirs.name) {
                Some(&index) => {
                    found.insert(index);
                    self.member(pair, index, theirs);
                }
                None => {
                    let ty = self.counterpart(theirs.ty);
                    let added = Member { ty, optional: true, ..theirs.clone() };
                    known.insert(theirs.name.clone(), known.len());
                    self.object_mut(pair.merged).into_iter().for_each(|object| object.members.push(added.clone()));
                }
            }
        }
        if let Some(object) = self.object_mut(pair.merged) {
            let lacking = (0..count).filter(|index| !found.contains(index));
            lacking.for_each(|index| object.members[index].optional = true);
        }
    }

    /// Merges a member that both have.
    fn member(&mut self, pair: &Pair, index: usize, theirs: &Member) {
        let Some(ours) = self.merged.object(pair.merged).map(|object| object.members[index].clone()) else { return };
        let place = within(&pair.place, &format!(".{}", ours.name));
        let mut member = Member {
            ty: self.common(ours.ty, theirs.ty, &place),
            optional: ours.optional || theirs.optional,
            condition: self.condition(&ours.condition, &theirs.condition),
            ..ours
        };
        member.versions.add(self.version);
        add_features(&mut member.features, &theirs.features);
        let Some(object) = self.object_mut(pair.merged) else { return };
        if let Some(variants) = object.variants.as_mut().filter(|variants| variants.tag == member.name) {
            variants.tag_type = member.ty;
        }
        object.members[index] = member;
    }

    /// Returns whether the branches of two objects can be merged: both have none, both have the same discriminator, or the
    /// discriminator of one is a required member of the other.
    fn is_branched_alike(&self, pair: &Pair) -> bool {
        let (Some(ours), Some(theirs)) = (self.merged.object(pair.merged), self.other.object(pair.other)) else {
            return true;
        };
        let has =
            |members: Vec<&Member>, tag: &str| members.iter().any(|member| member.name == tag && !member.optional);
        match (&ours.variants, &theirs.variants) {
            (None, None) => true,
            (Some(ours), Some(theirs)) => ours.tag == theirs.tag,
            (Some(ours), None) => has(self.other.members(pair.other), &ours.tag),
            (None, Some(theirs)) => {
                has(self.merged.members(pair.merged), &theirs.tag) && ours.origin != ObjectOrigin::Arguments
            }
        }
    }

    /// Merges the branches, before the members.
    fn variants(&mut self, pair: &Pair) {
        let ours = self.merged.object(pair.merged).and_then(|object| object.variants.clone());
        let theirs = self.other.object(pair.other).and_then(|object| object.variants.as_ref());
        match (ours, theirs) {
            (None, None) => {}
            (Some(ours), Some(theirs)) => {
                let branches = self.merged_branches(pair, ours.branches.clone(), theirs);
                self.set_variants(pair.merged, Variants { branches, ..ours });
            }
            // Members of branches are those of structs without branches, too: none is certain to be there.
            (Some(ours), None) => ours.branches.iter().for_each(|branch| self.make_optional(branch.ty)),
            (None, Some(theirs)) => {
                let branches = self.merged_branches(pair, Vec::new(), theirs);
                branches.iter().for_each(|branch| self.make_optional(branch.ty));
                let tag_type = self.counterpart(theirs.tag_type);
                self.set_variants(pair.merged, Variants { branches, tag_type, ..theirs.clone() });
            }
        }
    }

    /// Makes a struct of a union, with the members of all branches.
    fn dissolve(&mut self, pair: &Pair) {
        let mut members: Vec<Member> = Vec::new();
        let mut known: HashMap<String, TypeId> = HashMap::new();
        for member in optional_branches(self.merged, pair.merged) {
            match known.insert(member.name.clone(), member.ty) {
                None => members.push(member),
                Some(other) if other == member.ty => {}
                Some(_) => return self.conflict(pair.merged, pair.other, &pair.place),
            }
        }
        let Some(object) = self.object_mut(pair.merged) else { return };
        if object.variants.take().is_some() && object.origin == ObjectOrigin::Union {
            object.origin = ObjectOrigin::Struct;
        }
        object.members = members;
    }

    fn merged_branches(&mut self, pair: &Pair, mut branches: Vec<Branch>, theirs: &Variants) -> Vec<Branch> {
        let known: HashMap<String, usize> =
            branches.iter().enumerate().map(|(index, branch)| (branch.name.clone(), index)).collect();
        for theirs in &theirs.branches {
            let Some(&index) = known.get(&theirs.name) else {
                let ty = self.counterpart(theirs.ty);
                branches.push(Branch { ty, ..theirs.clone() });
                continue;
            };
            let place = within(&pair.place, &format!("[{}]", theirs.name));
            let ty = self.common(branches[index].ty, theirs.ty, &place);
            let condition = self.condition(&branches[index].condition, &theirs.condition);
            let branch = &mut branches[index];
            (branch.ty, branch.condition) = (ty, condition);
            branch.implicit &= theirs.implicit;
            branch.versions.add(self.version);
        }
        branches
    }

    fn set_variants(&mut self, id: TypeId, variants: Variants) {
        if let Some(object) = self.object_mut(id) {
            object.variants = Some(variants);
            object.origin = ObjectOrigin::Union;
        }
    }

    /// Returns the object that describes another and the empty one: all its members are optional.
    pub(super) fn common_with_empty(&mut self, ours: TypeId, theirs: TypeId, place: &str) -> TypeId {
        let is_union = |object: Option<&Object>| object.is_some_and(|object| object.variants.is_some());
        if is_union(self.merged.object(ours)) || is_union(self.other.object(theirs)) {
            self.conflict(ours, theirs, place);
            return ours;
        }
        let is_ours_empty = self.merged.object(ours).is_some_and(|object| object.origin == ObjectOrigin::Empty);
        let common = if is_ours_empty { self.counterpart(theirs) } else { ours };
        self.make_optional(common);
        common
    }

    /// Makes all members of an object optional, but for a discriminator.
    fn make_optional(&mut self, id: TypeId) {
        self.flatten(id);
        let Some(object) = self.object_mut(id) else { return };
        let tag = object.variants.as_ref().map(|variants| &variants.tag);
        let members = object.members.iter_mut().filter(|member| Some(&member.name) != tag);
        members.for_each(|member| member.optional = true);
    }

    pub(super) fn object_mut(&mut self, id: TypeId) -> Option<&mut Object> {
        match &mut self.merged.types[id.index()].kind {
            TypeKind::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// Returns the members of a union and of all its branches. Those of branches are optional.
fn optional_branches(schema: &Schema, id: TypeId) -> Vec<Member> {
    let common = schema.members(id).len();
    let mut members: Vec<Member> = all_members(schema, id).into_iter().cloned().collect();
    members.iter_mut().skip(common).for_each(|member| member.optional = true);
    members
}

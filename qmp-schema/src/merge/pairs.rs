//! Finds the types of two schemas that stand at the same places: as arguments of the same command, as members of the same name
//! of two types at the same place...
//!
//! A type may have several counterparts. Types that only the other schema uses are matched by their names, if both schemas have
//! names.

use std::collections::{HashMap, HashSet, VecDeque};

use super::within;
use crate::compat::json_kind;
use crate::model::{Builtin, Entity, Member, Object, ObjectOrigin, Schema, TypeId, TypeKind};

/// Two types at the same place.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) merged: TypeId,
    pub(super) other: TypeId,
    /// The first place of the two.
    pub(super) place: String,
    /// The command or event that documents members written in place, in both schemas.
    pub(super) owner: Option<(Entity, Entity)>,
}

/// The types at the same places.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) list: Vec<Pair>,
    /// The types of the other schema without a counterpart, in the order of their use.
    pub(super) unmatched: Vec<TypeId>,
    counterparts: HashMap<TypeId, TypeId>,
    known: HashSet<(TypeId, TypeId)>,
}

impl Pairs {
    /// Finds the pairs of the merged schema and another.
    pub(super) fn find(merged: &Schema, other: &Schema) -> Self {
        let mut by_name = HashMap::new();
        // The merged schema's names are from the main version.
        if !other.is_introspected() && !merged.is_introspected() {
            by_name.extend(merged.defined_types().map(|(id, ty)| (&*ty.def.name, id)));
        }
        let (pairs, seen, unmatched, noted, queue) = Default::default();
        let mut finder = Finder { merged, other, by_name, pairs, seen, unmatched, noted, queue };
        finder.interface();
        finder.run();
        if !other.is_introspected() {
            other.defined_types().for_each(|(id, _)| finder.unmatched(id));
            finder.run();
        }
        let Finder { mut pairs, unmatched, seen, .. } = finder;
        (pairs.unmatched, pairs.known) = (unmatched, seen);
        pairs.unmatched.retain(|id| !pairs.counterparts.contains_key(id));
        pairs
    }

    /// Returns whether two types stand at the same place.
    pub(super) fn contain(&self, merged: TypeId, other: TypeId) -> bool {
        self.known.contains(&(merged, other))
    }

    /// Returns the type of the merged schema that takes the place of another schema's type: the one of the same name if it has
    /// several counterparts, otherwise the first.
    pub(super) fn counterpart(&self, other: TypeId) -> Option<TypeId> {
        self.counterparts.get(&other).copied()
    }
}

struct Finder<'a> {
    merged: &'a Schema,
    other: &'a Schema,
    by_name: HashMap<&'a str, TypeId>,
    pairs: Pairs,
    seen: HashSet<(TypeId, TypeId)>,
    unmatched: Vec<TypeId>,
    noted: HashSet<TypeId>,
    queue: VecDeque<Visit>,
}

/// Types whose parts are to be matched.
enum Visit {
    Pair(usize),
    Unmatched(TypeId),
}

impl<'a> Finder<'a> {
    fn interface(&mut self) {
        let (merged, other) = (self.merged, self.other);
        let commands: HashMap<&str, usize> =
            merged.commands.iter().enumerate().map(|(index, command)| (&*command.def.name, index)).collect();
        for (index, theirs) in other.commands.iter().enumerate() {
            let (name, ours) = (&theirs.def.name, commands.get(&*theirs.def.name).copied());
            let owner = ours.map(|ours| (Entity::Command(ours), Entity::Command(index)));
            let ours = ours.map(|ours| &merged.commands[ours]);
            self.data(ours.map(|ours| ours.arguments), theirs.arguments, &format!("{name} arguments"), owner);
            self.data(ours.map(|ours| ours.returns), theirs.returns, &format!("{name} return"), None);
        }
        let events: HashMap<&str, usize> =
            merged.events.iter().enumerate().map(|(index, event)| (&*event.def.name, index)).collect();
        for (index, theirs) in other.events.iter().enumerate() {
            let ours = events.get(&*theirs.def.name).copied();
            let owner = ours.map(|ours| (Entity::Event(ours), Entity::Event(index)));
            let ours = ours.map(|ours| merged.events[ours].arguments);
            self.data(ours, theirs.arguments, &format!("{} data", theirs.def.name), owner);
        }
    }

    fn data(
        &mut self,
        ours: Option<Option<TypeId>>,
        theirs: Option<TypeId>,
        place: &str,
        owner: Option<(Entity, Entity)>,
    ) {
        match (ours.flatten(), theirs) {
            (Some(ours), Some(theirs)) => self.types(ours, theirs, place.to_owned(), owner),
            (None, Some(theirs)) => self.unmatched(theirs),
            (_, None) => {}
        }
    }

    fn run(&mut self) {
        while let Some(visit) = self.queue.pop_front() {
            match visit {
                Visit::Pair(index) => self.parts(index),
                Visit::Unmatched(id) => self.parts_of_unmatched(id),
            }
        }
    }

    /// Matches two types at the same place.
    fn types(&mut self, ours: TypeId, theirs: TypeId, place: String, owner: Option<(Entity, Entity)>) {
        match (&self.merged.ty(ours).kind, &self.other.ty(theirs).kind) {
            (TypeKind::Array(ours), TypeKind::Array(theirs)) => {
                self.types(*ours, *theirs, within(&place, "[]"), None);
            }
            (TypeKind::Object(one), TypeKind::Object(two))
                if one.origin == ObjectOrigin::Empty || two.origin == ObjectOrigin::Empty =>
            {
                self.unmatched(theirs);
            }
            (TypeKind::Object(_), TypeKind::Object(_))
            | (TypeKind::Enum(_), TypeKind::Enum(_))
            | (TypeKind::Alternate(_), TypeKind::Alternate(_)) => self.pair(ours, theirs, place, owner),
            (TypeKind::Alternate(alternate), other) => {
                match alternate
                    .branches
                    .iter()
                    .find(|branch| json_kind(&self.merged.ty(branch.ty).kind) == json_kind(other))
                {
                    Some(branch) => self.types(branch.ty, theirs, place, None),
                    None => self.unmatched(theirs),
                }
            }
            (kind, TypeKind::Alternate(alternate)) => {
                for branch in &alternate.branches {
                    match json_kind(kind) == json_kind(&self.other.ty(branch.ty).kind) {
                        true => self.types(ours, branch.ty, place.clone(), None),
                        false => self.unmatched(branch.ty),
                    }
                }
            }
            _ => self.unmatched(theirs),
        }
    }

    fn pair(&mut self, merged: TypeId, other: TypeId, place: String, owner: Option<(Entity, Entity)>) {
        if !self.seen.insert((merged, other)) {
            return;
        }
        self.queue.push_back(Visit::Pair(self.pairs.list.len()));
        self.pairs.list.push(Pair { merged, other, place, owner });
        let is_namesake = self.merged.ty(merged).def.name == self.other.ty(other).def.name;
        let counterpart = self.pairs.counterparts.entry(other).or_insert(merged);
        if is_namesake {
            *counterpart = merged;
        }
    }

    /// Notes a type that stands at no place of the merged schema.
    fn unmatched(&mut self, id: TypeId) {
        let ty = self.other.ty(id);
        let is_predefined = match &ty.kind {
            TypeKind::Array(element) => return self.unmatched(*element),
            TypeKind::Builtin(_) => true,
            TypeKind::Object(object) => object.origin == ObjectOrigin::Empty,
            TypeKind::Enum(_) | TypeKind::Alternate(_) => id.index() < Builtin::ALL.len() + 1,
        };
        if is_predefined || self.pairs.counterparts.contains_key(&id) || !self.noted.insert(id) {
            return;
        }
        let namesake = self.by_name.get(&*ty.def.name).copied();
        match namesake.filter(|&namesake| self.is_like(namesake, id)) {
            Some(namesake) => self.pair(namesake, id, ty.def.name.clone(), None),
            None => {
                self.unmatched.push(id);
                self.queue.push_back(Visit::Unmatched(id));
            }
        }
    }

    /// Returns whether two types can be merged without a conflict.
    fn is_like(&self, ours: TypeId, theirs: TypeId) -> bool {
        let tag = |schema: &Schema, id| Some(schema.object(id)?.variants.as_ref()?.tag.clone());
        match (&self.merged.ty(ours).kind, &self.other.ty(theirs).kind) {
            (TypeKind::Object(_), TypeKind::Object(_)) => tag(self.merged, ours) == tag(self.other, theirs),
            (ours, theirs) => std::mem::discriminant(ours) == std::mem::discriminant(theirs),
        }
    }

    /// Matches the types of the parts of two types.
    fn parts(&mut self, index: usize) {
        let Pair { merged: ours, other: theirs, ref place, .. } = self.pairs.list[index];
        let place = place.clone();
        match (&self.merged.ty(ours).kind, &self.other.ty(theirs).kind) {
            (TypeKind::Object(one), TypeKind::Object(two)) => {
                // A union whose counterpart has other branches, or none, becomes a struct with the members of all branches.
                let tag = |object: &'a Object| object.variants.as_ref().map(|variants| &*variants.tag);
                let of = match tag(one) == tag(two) {
                    true => Schema::members,
                    false => all_members,
                };
                let members = of(self.merged, ours).into_iter().map(|member| (&*member.name, member.ty));
                let members: HashMap<&str, TypeId> = members.collect();
                for member in of(self.other, theirs) {
                    match members.get(&*member.name) {
                        Some(&ours) => self.types(ours, member.ty, within(&place, &format!(".{}", member.name)), None),
                        None => self.unmatched(member.ty),
                    }
                }
                self.branches(one, two, &place);
            }
            (TypeKind::Alternate(_), TypeKind::Alternate(alternate)) => {
                alternate.branches.iter().for_each(|branch| self.types(ours, branch.ty, place.clone(), None));
            }
            _ => {}
        }
    }

    fn branches(&mut self, ours: &Object, theirs: &Object, place: &str) {
        let branches = ours.variants.iter().flat_map(|variants| &variants.branches);
        let branches: HashMap<&str, TypeId> = branches.map(|branch| (&*branch.name, branch.ty)).collect();
        for branch in theirs.variants.iter().flat_map(|variants| &variants.branches) {
            match branches.get(&*branch.name) {
                Some(&ours) => self.types(ours, branch.ty, within(place, &format!("[{}]", branch.name)), None),
                None => self.unmatched(branch.ty),
            }
        }
    }

    fn parts_of_unmatched(&mut self, id: TypeId) {
        match &self.other.ty(id).kind {
            TypeKind::Object(object) => {
                self.other.members(id).into_iter().for_each(|member| self.unmatched(member.ty));
                let branches = object.variants.iter().flat_map(|variants| &variants.branches);
                branches.for_each(|branch| self.unmatched(branch.ty));
            }
            TypeKind::Alternate(alternate) => alternate.branches.iter().for_each(|branch| self.unmatched(branch.ty)),
            TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => {}
        }
    }
}

/// Returns the members of an object and of all its branches.
pub(super) fn all_members(schema: &Schema, id: TypeId) -> Vec<&Member> {
    let mut members = schema.members(id);
    let variants = schema.object(id).and_then(|object| object.variants.as_ref());
    for branch in variants.into_iter().flat_map(|variants| &variants.branches) {
        members.extend(all_members(schema, branch.ty));
    }
    members
}

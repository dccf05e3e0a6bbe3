//! Members of two objects, the branches of unions included: a member may move from all values to some, or back.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::Comparison;
use super::change::Role;
use super::kind::ChangeKind;
use super::pairs::pairs;
use super::values::Pair;
use crate::model::{Member, Schema, TypeId, TypeKind, Variants};

/// A place is not named more precisely than this: types may be nested without a bound.
const LONGEST_PLACE: usize = 400;
/// More cases that are alike are not named.
const LONGEST_CASES: usize = 100;

impl<'a> Comparison<'a> {
    pub(super) fn objects(&mut self, Pair { role, old, new }: Pair, place: &str) {
        let (old, new) = (Members::of(self.old, old), Members::of(self.new, new));
        let mut moved = Moved::default();
        for (old_member, new_member) in pairs_of(&old.common, &new.common) {
            match (old_member, new_member) {
                (Some(member), None) if new.is_in_branch(&member.name) => moved.old.push(member),
                (None, Some(member)) if old.is_in_branch(&member.name) => moved.new.push(member),
                (old, new) => self.member(role, place, old, new),
            }
        }
        self.lost_branches(role, place, &old, &new);
        for ((old_branch, new_branch), cases) in cases_by_branch(&old, &new) {
            let tag = old.variants.or(new.variants).map_or("", |variants| &variants.tag);
            let place = extended(place, &format!("[{tag}={}]", joined(&cases)));
            // A case without a branch has no members of its own.
            let branches = (old_branch.or(self.old.empty_object()), new_branch.or(self.new.empty_object()));
            if let (Some(old), Some(new)) = branches {
                self.branches(Pair { role, old, new }, place, &moved);
            }
        }
    }

    /// A server can be built without a branch, but with the value that stands for it: then the value is refused.
    fn lost_branches(&mut self, role: Role, place: &str, old: &Members<'a>, new: &Members<'a>) {
        let (Some(old_variants), Some(new_variants)) = (old.variants, new.variants) else { return };
        let place = extended(place, &format!(".{}", old_variants.tag));
        for case in lost(old, new, values(self.new, new_variants)) {
            self.push(role, &place, ChangeKind::ValueRemoved(case.to_owned()));
        }
        for case in lost(new, old, values(self.old, old_variants)) {
            self.push(role, &place, ChangeKind::ValueAdded(case.to_owned()));
        }
    }

    /// Branches are types like others, unless a member moved into one or out of it.
    fn branches(&mut self, pair: Pair, place: String, moved: &Moved<'a>) {
        if !is_among(&moved.old, self.new, pair.new) && !is_among(&moved.new, self.old, pair.old) {
            moved.old.iter().for_each(|member| self.member(pair.role, &place, Some(member), None));
            moved.new.iter().for_each(|member| self.member(pair.role, &place, None, Some(member)));
            return self.later(pair, place);
        }
        // A branch that is a union itself is compared as one; what was moved is looked for in its common members only.
        let is_union = |schema: &Schema, id| schema.object(id).is_some_and(|object| object.variants.is_some());
        if is_union(self.old, pair.old) || is_union(self.new, pair.new) {
            return self.later(pair, place);
        }
        self.type_features(pair, &place);
        let old = [self.old.members(pair.old), moved.old.clone()].concat();
        let new = [self.new.members(pair.new), moved.new.clone()].concat();
        for (old, new) in pairs_of(&old, &new) {
            self.member(pair.role, &place, old, new);
        }
    }

    fn member(&mut self, role: Role, place: &str, old: Option<&Member>, new: Option<&Member>) {
        let added = |member: &Member| ChangeKind::MemberAdded { name: member.name.clone(), optional: member.optional };
        let removed =
            |member: &Member| ChangeKind::MemberRemoved { name: member.name.clone(), optional: member.optional };
        match (old, new) {
            (Some(old), Some(new)) => {
                let place = extended(place, &format!(".{}", old.name));
                match (old.optional, new.optional) {
                    (true, false) => self.push(role, &place, ChangeKind::NowRequired),
                    (false, true) => self.push(role, &place, ChangeKind::NowOptional),
                    _ => {}
                }
                self.features(role, &place, &old.features, &new.features);
                self.types(Pair { role, old: old.ty, new: new.ty }, place);
            }
            (Some(old), None) => self.push_removed(role, place, removed(old), &old.features),
            (None, Some(new)) => self.push(role, place, added(new)),
            (None, None) => {}
        }
    }
}

/// The members that all values of an object have, and its branches.
struct Members<'a> {
    schema: &'a Schema,
    common: Vec<&'a Member>,
    variants: Option<&'a Variants>,
    /// The type of each branch.
    branches: HashMap<&'a str, TypeId>,
    /// The names of all members of all branches, once somebody asks: many unions may share large branches.
    in_branches: OnceCell<HashSet<&'a str>>,
}

/// Members that all values have in one schema, but only some in the other.
#[derive(Default)]
struct Moved<'a> {
    old: Vec<&'a Member>,
    new: Vec<&'a Member>,
}

impl<'a> Members<'a> {
    fn of(schema: &'a Schema, id: TypeId) -> Self {
        let variants = schema.object(id).and_then(|object| object.variants.as_ref());
        let all = variants.into_iter().flat_map(|variants| &variants.branches);
        let branches = all.map(|branch| (branch.name.as_str(), branch.ty)).collect();
        Self { schema, common: schema.members(id), variants, branches, in_branches: OnceCell::new() }
    }

    fn is_in_branch(&self, name: &str) -> bool {
        let names = || {
            let types: HashSet<TypeId> = self.branches.values().copied().collect();
            let members = types.into_iter().flat_map(|ty| self.schema.members(ty));
            members.map(|member| member.name.as_str()).collect()
        };
        self.in_branches.get_or_init(names).contains(name)
    }

    fn cases(&self) -> impl Iterator<Item = &'a str> {
        self.variants.into_iter().flat_map(|variants| &variants.branches).map(|branch| branch.name.as_str())
    }
}

/// The cases that both schemas know, be it as an object without branches. (The discriminator's values tell of the others.)
fn cases<'a>(old: &Members<'a>, new: &Members<'a>) -> Vec<&'a str> {
    match (old.variants, new.variants) {
        (Some(_), Some(_)) => old.cases().filter(|case| new.branches.contains_key(case)).collect(),
        (Some(_), None) => old.cases().collect(),
        (None, _) => new.cases().collect(),
    }
}

/// The branches of each case in the two schemas.
type Branches = (Option<TypeId>, Option<TypeId>);

/// The cases that have the same branches: these differ alike for all of them.
fn cases_by_branch<'a>(old: &Members<'a>, new: &Members<'a>) -> Vec<(Branches, Vec<&'a str>)> {
    let mut groups: Vec<(Branches, Vec<&str>)> = Vec::new();
    let mut known: HashMap<Branches, usize> = HashMap::new();
    for case in cases(old, new) {
        let branches = (old.branches.get(case).copied(), new.branches.get(case).copied());
        let group = *known.entry(branches).or_insert(groups.len());
        match groups.get_mut(group) {
            Some((_, cases)) => cases.push(case),
            None => groups.push((branches, vec![case])),
        }
    }
    groups
}

/// `case|case`, as many as fit.
fn joined(cases: &[&str]) -> String {
    let mut text = cases.first().copied().unwrap_or_default().to_owned();
    for case in cases.iter().skip(1) {
        text.push('|');
        if text.len() > LONGEST_CASES {
            text += "...";
            break;
        }
        text += case;
    }
    text
}

/// The cases that the one has and the other lacks, although it has the value.
fn lost<'a>(one: &Members<'a>, other: &Members<'a>, values: HashSet<&str>) -> Vec<&'a str> {
    one.cases().filter(|case| !other.branches.contains_key(case) && values.contains(case)).collect()
}

fn values<'a>(schema: &'a Schema, variants: &Variants) -> HashSet<&'a str> {
    match &schema.ty(variants.tag_type).kind {
        TypeKind::Enum(tag) => tag.values.iter().map(|value| value.name.as_str()).collect(),
        _ => HashSet::new(),
    }
}

/// Whether the type has a member of the name of one of these.
fn is_among(moved: &[&Member], schema: &Schema, ty: TypeId) -> bool {
    let names: HashSet<&str> = moved.iter().map(|member| member.name.as_str()).collect();
    !names.is_empty() && schema.members(ty).iter().any(|member| names.contains(&*member.name))
}

fn pairs_of<'a>(old: &[&'a Member], new: &[&'a Member]) -> Vec<(Option<&'a Member>, Option<&'a Member>)> {
    let copied = |(old, new): (Option<&&'a Member>, Option<&&'a Member>)| (old.copied(), new.copied());
    pairs(old, new, |member| *member).into_iter().map(copied).collect()
}

fn extended(place: &str, by: &str) -> String {
    if place.len() > LONGEST_PLACE { place.to_owned() } else { format!("{place}{by}") }
}

//! Compares two objects: their members, and the branches of unions. A member may move from all values to some, or back.

use std::collections::{HashMap, HashSet};

use super::Comparison;
use super::change_kind::ChangeKind;
use super::impact::Role;
use super::matching::match_by_name;
use super::members::Members;
use super::one_sided::{OneSided, Side};
use super::types::TypePair;
use crate::model::{Branch, DocumentedMember, Schema, TypeId, TypeKind, Variants, documented_members};

/// The length at which a place stops growing: types may be nested without a bound.
const LONGEST_PLACE: usize = 400;
/// The length at which a list of cases is cut.
const LONGEST_CASES: usize = 100;

impl<'a> Comparison<'a> {
    pub(super) fn objects(&mut self, TypePair { role, old, new }: TypePair, place: &str) {
        let (old, new) = (Members::of(self.old, old, self.docs.0), Members::of(self.new, new, self.docs.1));
        let mut moved = Moved::default();
        for (old_member, new_member) in matched(&old.common, &new.common) {
            match (old_member, new_member) {
                (Some(member), None) if new.is_in_branch(&member.name) => moved.old.push(member),
                (None, Some(member)) if old.is_in_branch(&member.name) => moved.new.push(member),
                (old, new) => self.member(role, place, old, new),
            }
        }
        self.lost_branches(role, place, &old, &new);
        for branch in old.cases().filter_map(|branch| Some([branch, *new.branches.get(&*branch.name)?])).flatten() {
            self.evidence.present(&branch.condition);
        }
        for ((old_branch, new_branch), cases) in cases_by_branch(&old, &new) {
            let tag = old.variants.or(new.variants).map_or("", |variants| &variants.tag);
            let place = extended(place, &format!("[{tag}={}]", joined(&cases)));
            // A case without a branch has no members of its own.
            let branches = (old_branch.or(self.old.empty_object()), new_branch.or(self.new.empty_object()));
            if let (Some(old), Some(new)) = branches {
                self.branches(TypePair { role, old, new }, place, &moved);
            }
        }
    }

    /// Reports the cases whose value both schemas have, but whose branch only one has: without a branch, the value is
    /// rejected.
    fn lost_branches(&mut self, role: Role, place: &str, old: &Members<'a>, new: &Members<'a>) {
        let (Some(old_variants), Some(new_variants)) = (old.variants, new.variants) else { return };
        let place = extended(place, &format!(".{}", old_variants.tag));
        for branch in lost(old, new, &values(self.new, new_variants)) {
            let part = OneSided::branch(Side::Old, &branch.condition);
            self.push_one_sided(role, &place, ChangeKind::ValueRemoved(branch.name.clone()), part);
        }
        for branch in lost(new, old, &values(self.old, old_variants)) {
            let part = OneSided::branch(Side::New, &branch.condition);
            self.push_one_sided(role, &place, ChangeKind::ValueAdded(branch.name.clone()), part);
        }
    }

    /// Compares two branches. They are types like others, unless a member moved into one or out of it.
    fn branches(&mut self, pair: TypePair, place: String, moved: &Moved<'a>) {
        if !is_among(&moved.old, self.new, pair.new) && !is_among(&moved.new, self.old, pair.old) {
            moved.old.iter().for_each(|&member| self.member(pair.role, &place, Some(member), None));
            moved.new.iter().for_each(|&member| self.member(pair.role, &place, None, Some(member)));
            return self.later(pair, place);
        }
        // A branch that is itself a union is compared as one. Moved members are only looked for in its common members.
        let is_union = |schema: &Schema, id| schema.object(id).is_some_and(|object| object.variants.is_some());
        if is_union(self.old, pair.old) || is_union(self.new, pair.new) {
            return self.later(pair, place);
        }
        self.type_features(pair, &place);
        let with = |schema: &'a Schema, id, moved: &[DocumentedMember<'a>]| {
            let mut members = documented_members(schema, id, None);
            members.extend(moved);
            members
        };
        let old = with(self.old, pair.old, &moved.old);
        let new = with(self.new, pair.new, &moved.new);
        for (old, new) in matched(&old, &new) {
            self.member(pair.role, &place, old, new);
        }
    }

    fn member(
        &mut self,
        role: Role,
        place: &str,
        old: Option<DocumentedMember<'a>>,
        new: Option<DocumentedMember<'a>>,
    ) {
        match (old, new) {
            (Some(old), Some(new)) => {
                let place = extended(place, &format!(".{}", old.name));
                self.evidence.present(&old.member.condition);
                self.evidence.present(&new.member.condition);
                match (old.optional, new.optional) {
                    (true, false) => self.push(role, &place, ChangeKind::NowRequired(old.name.clone())),
                    (false, true) => self.push(role, &place, ChangeKind::NowOptional(old.name.clone())),
                    _ => {}
                }
                self.features(role, &place, OneSided::member(Side::Old, old), OneSided::member(Side::New, new));
                self.types(TypePair { role, old: old.ty, new: new.ty }, place);
            }
            (Some(old), None) => {
                let kind = ChangeKind::MemberRemoved { name: old.name.clone(), optional: old.optional };
                self.push_one_sided(role, place, kind, OneSided::member(Side::Old, old));
            }
            (None, Some(new)) => {
                let kind = ChangeKind::MemberAdded { name: new.name.clone(), optional: new.optional };
                self.push_one_sided(role, place, kind, OneSided::member(Side::New, new));
            }
            (None, None) => {}
        }
    }
}

/// The members that all values have in one schema, but only some in the other.
#[derive(Default)]
struct Moved<'a> {
    old: Vec<DocumentedMember<'a>>,
    new: Vec<DocumentedMember<'a>>,
}

/// The types of a case's branch in the two schemas.
type BranchTypes = (Option<TypeId>, Option<TypeId>);

/// Groups the cases that have the same branches: they differ alike.
fn cases_by_branch<'a>(old: &Members<'a>, new: &Members<'a>) -> Vec<(BranchTypes, Vec<&'a str>)> {
    let mut groups: Vec<(BranchTypes, Vec<&str>)> = Vec::new();
    let mut known: HashMap<BranchTypes, usize> = HashMap::new();
    for case in cases(old, new) {
        let branches = (old.branch_type(case), new.branch_type(case));
        let group = *known.entry(branches).or_insert(groups.len());
        match groups.get_mut(group) {
            Some((_, cases)) => cases.push(case),
            None => groups.push((branches, vec![case])),
        }
    }
    groups
}

/// Returns the cases that both schemas know; an object without branches knows all. (The other cases are reported as values of
/// the discriminator.)
fn cases<'a>(old: &Members<'a>, new: &Members<'a>) -> Vec<&'a str> {
    let names = |members: &Members<'a>| members.cases().map(|branch| branch.name.as_str());
    match (old.variants, new.variants) {
        (Some(_), Some(_)) => names(old).filter(|case| new.branches.contains_key(case)).collect(),
        (Some(_), None) => names(old).collect(),
        (None, _) => names(new).collect(),
    }
}

/// Joins cases as `case|case`, as many as fit.
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

/// Returns the branches that `one` has and `other` lacks, although `other` has the value.
fn lost<'a>(one: &Members<'a>, other: &Members<'a>, values: &HashSet<&str>) -> Vec<&'a Branch> {
    let is_lost = |branch: &&Branch| !other.branches.contains_key(&*branch.name) && values.contains(&*branch.name);
    one.cases().filter(is_lost).collect()
}

/// The values of the discriminator.
fn values<'a>(schema: &'a Schema, variants: &Variants) -> HashSet<&'a str> {
    match &schema.ty(variants.tag_type).kind {
        TypeKind::Enum(tag) => tag.values.iter().map(|value| value.name.as_str()).collect(),
        _ => HashSet::new(),
    }
}

/// Whether the type has a member of the same name as one of these.
fn is_among(moved: &[DocumentedMember<'_>], schema: &Schema, ty: TypeId) -> bool {
    let names: HashSet<&str> = moved.iter().map(|member| member.name.as_str()).collect();
    !names.is_empty() && schema.members(ty).iter().any(|member| names.contains(&*member.name))
}

/// The members of each name.
fn matched<'a>(
    old: &[DocumentedMember<'a>],
    new: &[DocumentedMember<'a>],
) -> Vec<(Option<DocumentedMember<'a>>, Option<DocumentedMember<'a>>)> {
    let copied =
        |(old, new): (Option<&DocumentedMember<'a>>, Option<&DocumentedMember<'a>>)| (old.copied(), new.copied());
    match_by_name(old, new, |member| member).into_iter().map(copied).collect()
}

fn extended(place: &str, by: &str) -> String {
    if place.len() > LONGEST_PLACE { place.to_owned() } else { format!("{place}{by}") }
}

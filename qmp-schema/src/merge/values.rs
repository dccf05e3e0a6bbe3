//! Merges the contents of enums and alternates.

use std::collections::HashMap;

use super::pairs::Pair;
use super::{Merger, add_features};
use crate::compat::json_kind;
use crate::model::{Branch, Condition, TypeId, TypeKind};

impl Merger<'_> {
    /// Merges the contents of two types of the same kind.
    pub(super) fn contents(&mut self, pair: &Pair) {
        match &self.other.ty(pair.other).kind {
            TypeKind::Enum(_) => self.values(pair),
            TypeKind::Alternate(_) => self.add_branches(pair.merged, pair.other, &pair.place),
            _ => self.objects(pair),
        }
        let (version, theirs) = (self.version, &self.other.ty(pair.other).def);
        let def = &mut self.merged.types[pair.merged.index()].def;
        def.versions.add(version);
        add_features(&mut def.features, &theirs.features);
        self.describe_type(pair);
    }

    fn values(&mut self, pair: &Pair) {
        let TypeKind::Enum(theirs) = &self.other.ty(pair.other).kind else { return };
        let TypeKind::Enum(kind) = &self.merged.ty(pair.merged).kind else { return };
        let mut values = kind.values.clone();
        let known: HashMap<String, usize> =
            values.iter().enumerate().map(|(index, value)| (value.name.clone(), index)).collect();
        for value in &theirs.values {
            match known.get(&value.name) {
                Some(&index) => {
                    let ours = &mut values[index];
                    ours.versions.add(self.version);
                    ours.condition = self.condition(&ours.condition, &value.condition);
                    add_features(&mut ours.features, &value.features);
                }
                None => values.push(value.clone()),
            }
        }
        if let TypeKind::Enum(kind) = &mut self.merged.types[pair.merged.index()].kind {
            kind.values = values;
        }
    }

    /// Adds the branches of another schema's alternate to one of ours.
    pub(super) fn add_branches(&mut self, ours: TypeId, theirs: TypeId, place: &str) {
        let TypeKind::Alternate(alternate) = &self.other.ty(theirs).kind else { return };
        for branch in &alternate.branches {
            self.add_branch(ours, branch.ty, Some(branch), place);
        }
    }

    /// Adds a type to an alternate: the branch of its JSON kind takes it, otherwise it has one of its own.
    pub(super) fn add_branch(&mut self, alternate: TypeId, theirs: TypeId, named: Option<&Branch>, place: &str) {
        let TypeKind::Alternate(ours) = &self.merged.ty(alternate).kind else { return };
        let mut branches = ours.branches.clone();
        let kind = json_kind(&self.other.ty(theirs).kind);
        match branches.iter_mut().find(|branch| json_kind(&self.merged.ty(branch.ty).kind) == kind) {
            Some(branch) => {
                branch.ty = self.common(branch.ty, theirs, place);
                branch.versions.add(self.version);
                branch.condition = match named {
                    Some(named) => self.condition(&branch.condition, &named.condition),
                    None => Condition::Always,
                };
            }
            None => {
                let ty = self.counterpart(theirs);
                let by_kind = self.branch(ty, self.version);
                let is_free = |named: &&Branch| branches.iter().all(|branch| branch.name != named.name);
                let added = named.filter(is_free).map_or(by_kind, |named| Branch { ty, ..named.clone() });
                branches.push(added);
            }
        }
        if let TypeKind::Alternate(ours) = &mut self.merged.types[alternate.index()].kind {
            ours.branches = branches;
        }
    }
}

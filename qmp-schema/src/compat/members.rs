//! The members and branches of an object, with the documentation that describes them.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::model::{Branch, Doc, DocumentedMember, Schema, TypeId, Variants, documented_members};

/// The members that all values of an object have, and its branches.
pub(super) struct Members<'a> {
    schema: &'a Schema,
    pub(super) common: Vec<DocumentedMember<'a>>,
    pub(super) variants: Option<&'a Variants>,
    pub(super) branches: HashMap<&'a str, &'a Branch>,
    /// The names of all members of all branches. Computed on demand: many unions may share large branches.
    in_branches: OnceCell<HashSet<&'a str>>,
}

impl<'a> Members<'a> {
    /// Collects the members of the object. `doc` describes the arguments that are written in place.
    pub(super) fn of(schema: &'a Schema, id: TypeId, doc: Option<&'a Doc>) -> Self {
        let variants = schema.object(id).and_then(|object| object.variants.as_ref());
        let all = variants.into_iter().flat_map(|variants| &variants.branches);
        let branches = all.map(|branch| (branch.name.as_str(), branch)).collect();
        let common = documented_members(schema, id, doc);
        Self { schema, common, variants, branches, in_branches: OnceCell::new() }
    }

    /// Whether some branch has a member of this name.
    pub(super) fn is_in_branch(&self, name: &str) -> bool {
        let names = || {
            let types: HashSet<TypeId> = self.branches.values().map(|branch| branch.ty).collect();
            let members = types.into_iter().flat_map(|ty| self.schema.members(ty));
            members.map(|member| member.name.as_str()).collect()
        };
        self.in_branches.get_or_init(names).contains(name)
    }

    /// The type of the branch for a case.
    pub(super) fn branch_type(&self, case: &str) -> Option<TypeId> {
        self.branches.get(case).map(|branch| branch.ty)
    }

    /// The branches in the order of the schema.
    pub(super) fn cases(&self) -> impl Iterator<Item = &'a Branch> + use<'a> {
        self.variants.into_iter().flat_map(|variants| &variants.branches)
    }
}

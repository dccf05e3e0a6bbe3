//! What a server was built without, although the language wants it: it is written to be read, and dropped afterwards.

use std::collections::{HashMap, HashSet};

use super::dump::Dump;
use super::entry::Kind;
use super::names::Names;
use crate::model::{Schema, TypeKind};

/// The branch of an alternate that has none: the type, and what it is called.
pub(super) const BRANCH: &str = "null";

/// The value of a discriminator that has none.
pub(super) const VALUE: &str = "none";

/// The types in which something has to stand in.
#[derive(Debug)]
pub(super) struct Absent(HashSet<usize>);

impl Absent {
    pub(super) fn new(dump: &Dump) -> Self {
        let entries = || dump.entries.iter().enumerate();
        let is_empty = |kind: &Kind| match kind {
            Kind::Alternate(types) => types.is_empty(),
            Kind::Enum(values) => values.is_empty(),
            _ => false,
        };
        let alternates = entries().filter(|(_, entry)| matches!(entry.kind, Kind::Alternate(_)));
        let tags = entries().filter_map(|(index, _)| dump.tag(index));
        let types = alternates.map(|(index, _)| index).chain(tags);
        Self(types.filter(|&index| is_empty(&dump.entries[index].kind)).collect())
    }

    pub(super) fn contains(&self, index: usize) -> bool {
        self.0.contains(&index)
    }

    /// A line of comment for the type, if something stands in.
    pub(super) fn comment(&self, index: usize, kind: &Kind) -> String {
        match (self.contains(index), kind) {
            (false, _) => String::new(),
            (true, Kind::Enum(_)) => {
                format!("# The server has no value of it, but the language wants one: `{VALUE}`.\n")
            }
            (true, _) => format!("# The server has no branch of it, but the language wants one: `{BRANCH}`.\n"),
        }
    }
}

/// Drops what stands in, and the branches that the language completes a union by.
pub(super) fn drop(schema: &mut Schema, dump: &Dump, names: &Names) {
    let told: HashMap<&str, usize> = names.defined().map(|(index, name)| (name, index)).collect();
    for ty in &mut schema.types {
        let Some(&index) = told.get(&*ty.def.name) else { continue };
        match (&mut ty.kind, &dump.entries[index].kind) {
            (TypeKind::Enum(kind), Kind::Enum(values)) if values.is_empty() => kind.values.clear(),
            (TypeKind::Alternate(kind), Kind::Alternate(types)) if types.is_empty() => kind.branches.clear(),
            (TypeKind::Object(object), Kind::Object(_, Some(told))) => {
                let cases: HashSet<&str> = told.cases().collect();
                let branches = object.variants.iter_mut().map(|variants| &mut variants.branches);
                branches.for_each(|branches| branches.retain(|branch| cases.contains(&*branch.name)));
            }
            _ => {}
        }
    }
}

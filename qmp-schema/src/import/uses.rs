//! Where types are used: all that a list tells of a type beside what it is made of.

use std::collections::HashMap;

use super::dump::Dump;
use super::entry::{Entry, Kind, Role};
use super::names::Names;

/// This many uses of a type are told, the others are counted.
const MOST: usize = 4;

/// The uses of every type.
#[derive(Debug)]
pub(super) struct Uses<'a> {
    dump: &'a Dump,
    /// By the index of the type's entry.
    uses: HashMap<usize, Told>,
}

/// The uses of one type.
#[derive(Debug, Default)]
struct Told {
    first: Vec<String>,
    count: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn new(dump: &'a Dump, names: &Names) -> Self {
        let mut uses = Self { dump, uses: HashMap::new() };
        for entry in dump.entries.iter().filter(|entry| !entry.is_type()) {
            uses.references(entry, &entry.name);
            let data = entry.references().into_iter().map(|(name, _)| dump.find(name));
            for inline in data.filter(|index| names.is_inline(*index)) {
                uses.members(&dump.entries[inline], entry);
            }
        }
        names.defined().for_each(|(index, name)| uses.references(&dump.entries[index], name));
        uses
    }

    /// A line of comment for each use of a type.
    pub(super) fn comment(&self, index: usize) -> String {
        let Some(Told { first, count }) = self.uses.get(&index) else { return String::new() };
        let told: String = first.iter().map(|told| format!("# {told}.\n")).collect();
        match count - first.len() {
            0 => told,
            more => format!("{told}# And {more} more.\n"),
        }
    }

    /// What stands in a command or event uses types as members of it.
    fn members(&mut self, data: &Entry, user: &Entry) {
        let part = if matches!(user.kind, Kind::Command { .. }) { "Argument" } else { "Member" };
        for (ty, role) in data.references() {
            if let Role::Member(member) = role {
                self.add(ty, format!("{part} `{member}` of `{}`", user.name));
            }
        }
    }

    fn references(&mut self, entry: &Entry, user: &str) {
        for (ty, role) in entry.references() {
            let told = match role {
                Role::Arguments => format!("The arguments of `{user}`"),
                Role::Returned => format!("What `{user}` returns"),
                Role::Data => format!("The data of `{user}`"),
                Role::Member(member) => format!("Member `{member}` of `{user}`"),
                Role::Branch(case) => format!("Branch `{case}` of `{user}`"),
                Role::AlternateBranch => format!("A branch of `{user}`"),
                Role::Element => continue,
            };
            self.add(ty, told);
        }
    }

    fn add(&mut self, ty: &str, told: String) {
        let is_list = matches!(self.dump.entries[self.dump.find(ty)].kind, Kind::Array(_));
        let uses = self.uses.entry(self.dump.element(ty)).or_default();
        uses.count += 1;
        if uses.first.len() < MOST {
            uses.first.push(if is_list { told + ", a list of these" } else { told });
        }
    }
}

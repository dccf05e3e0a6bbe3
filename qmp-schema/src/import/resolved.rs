//! The list as a whole: what its names stand for.

use std::collections::HashMap;

use super::entry::{Entry, Kind, Member, Variants};
use super::errors::Errors;

/// The entries, every name in them known to stand for an entry.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) entries: Vec<Entry>,
    types: HashMap<String, usize>,
}

impl Resolved {
    /// Reports names that are there twice, and references to what is not there or not of the right kind.
    pub(super) fn new(entries: Vec<Entry>, errors: &mut Errors) -> Self {
        let mut list = Self { types: HashMap::new(), entries };
        // What an unreadable entry was called is not known.
        let complete = errors.is_empty();
        for (index, entry) in list.entries.iter().enumerate().filter(|(_, entry)| entry.is_type()) {
            if list.types.insert(entry.name.clone(), index).is_some() {
                errors.add(entry.span, &format!("type `{}` is there twice", entry.name));
            }
        }
        if complete {
            list.entries.iter().for_each(|entry| list.refuse_bad_references(entry, errors));
        }
        list
    }

    fn refuse_bad_references(&self, entry: &Entry, errors: &mut Errors) {
        for (name, role) in entry.references() {
            let problem = match self.types.get(name).map(|&index| &self.entries[index].kind) {
                None => "is not in the list",
                Some(Kind::Array(_)) if matches!(entry.kind, Kind::Array(_)) => "is an array in an array",
                Some(kind) if role.needs_object() && !matches!(kind, Kind::Object(..)) => "is not an object",
                Some(_) => continue,
            };
            let text = format!("`{}` has {} of type `{name}`, which {problem}", entry.name, role.describe());
            errors.add(entry.span, &text);
        }
    }

    /// The index of the entry that a type's name stands for.
    pub(super) fn find(&self, name: &str) -> usize {
        self.types[name]
    }

    /// The type itself, or the element of an array.
    pub(super) fn element(&self, name: &str) -> usize {
        let index = self.find(name);
        match &self.entries[index].kind {
            Kind::Array(element) => self.find(element),
            _ => index,
        }
    }

    /// The members of an object.
    pub(super) fn members(&self, index: usize) -> &[Member] {
        match &self.entries[index].kind {
            Kind::Object(members, _) => members,
            _ => &[],
        }
    }

    /// The type of a union's discriminator.
    pub(super) fn tag(&self, index: usize) -> Option<usize> {
        let tag = &self.variants(index)?.tag;
        self.members(index).iter().find(|member| member.name == *tag).map(|member| self.find(&member.ty))
    }

    /// The branches of a union.
    pub(super) fn variants(&self, index: usize) -> Option<&Variants> {
        match &self.entries[index].kind {
            Kind::Object(_, variants) => variants.as_ref(),
            _ => None,
        }
    }
}

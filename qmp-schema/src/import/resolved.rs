//! The entries of the list with all names of types resolved.

use std::collections::HashMap;

use super::entry::{Entry, Kind, Member, Variants};
use super::errors::Errors;

/// The entries. Every name of a type in them is the name of an entry.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) entries: Vec<Entry>,
    types: HashMap<String, usize>,
}

impl Resolved {
    /// Reports duplicate names, and references to types that are missing or of the wrong kind.
    pub(super) fn new(entries: Vec<Entry>, errors: &mut Errors) -> Self {
        let mut list = Self { types: HashMap::new(), entries };
        // The missing type may be an entry that could not be read.
        let complete = errors.is_empty();
        for (index, entry) in list.entries.iter().enumerate().filter(|(_, entry)| entry.is_type()) {
            if list.types.insert(entry.name.clone(), index).is_some() {
                errors.add(entry.span, &format!("type `{}` is duplicated", entry.name));
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

    /// Returns the index of a type's entry.
    pub(super) fn find(&self, name: &str) -> usize {
        self.types[name]
    }

    /// Returns the index of the element of an array, otherwise of the type itself.
    pub(super) fn element(&self, name: &str) -> usize {
        let index = self.find(name);
        match &self.entries[index].kind {
            Kind::Array(element) => self.find(element),
            _ => index,
        }
    }

    /// Returns the members of an object.
    pub(super) fn members(&self, index: usize) -> &[Member] {
        match &self.entries[index].kind {
            Kind::Object(members, _) => members,
            _ => &[],
        }
    }

    /// Returns the index of the type of a union's discriminator.
    pub(super) fn tag(&self, index: usize) -> Option<usize> {
        let tag = &self.variants(index)?.tag;
        self.members(index).iter().find(|member| member.name == *tag).map(|member| self.find(&member.ty))
    }

    /// Returns the branches of a union.
    pub(super) fn variants(&self, index: usize) -> Option<&Variants> {
        match &self.entries[index].kind {
            Kind::Object(_, variants) => variants.as_ref(),
            _ => None,
        }
    }
}

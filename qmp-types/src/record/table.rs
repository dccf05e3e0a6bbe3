//! The static description of an object: the names and rules of its members.

use super::Names;

/// The static description of a generated object type.
#[derive(Debug)]
pub struct Table {
    /// The members, base first, in schema order. A union's branches have tables of their own.
    pub members: Names,
    /// The required members, one bit each. The first member's bit is the lowest of the first word.
    pub required: &'static [u64],
    /// The index of the discriminator among the members, for unions.
    pub tag: Option<usize>,
}

impl Table {
    /// Creates the description of an object without members.
    #[must_use]
    pub const fn empty(owner: &'static str) -> Self {
        Self { members: Names { owner, all: &[], slots: &[], features: &[] }, required: &[], tag: None }
    }

    /// Returns whether the object has no branches, and few enough members for the bits of one word.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.tag.is_none() && self.members.all.len() <= 64
    }

    /// Returns the name of the member at `index`.
    pub(super) fn name(&self, index: usize) -> &'static str {
        self.members.all[index]
    }

    /// Returns whether the member at `index` is required.
    pub(super) fn requires(&self, index: usize) -> bool {
        self.required.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
}

//! What an object looks like: names and rules of its members.

use super::Names;

/// The static description of a generated object type.
#[derive(Debug)]
pub struct Table {
    /// The members, base first, in schema order; a union's branches have tables of their own.
    pub members: Names,
    /// Which members must be there: a bit for each, the first member's the lowest of the first word.
    pub required: &'static [u64],
    /// Index of the discriminator among the members, for unions.
    pub tag: Option<usize>,
}

impl Table {
    /// The description of an object without members.
    #[must_use]
    pub const fn empty(owner: &'static str) -> Self {
        Self { members: Names { owner, all: &[], slots: &[] }, required: &[], tag: None }
    }

    /// Whether the object has no branches, and few enough members for the bits of one word.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        self.tag.is_none() && self.members.all.len() <= 64
    }

    /// The name of the member at `index`.
    pub(super) fn name(&self, index: usize) -> &'static str {
        self.members.all[index]
    }

    /// Whether the member at `index` must be there.
    pub(super) fn requires(&self, index: usize) -> bool {
        self.required.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
    }
}

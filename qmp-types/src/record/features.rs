//! The two features of a schema that have a meaning of their own: `deprecated` and `unstable`.

/// A set of the special features.
///
/// Generated tables hold it as a byte: bit 0 is `deprecated`, bit 1 is `unstable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features(pub u8);

impl Features {
    /// The empty set.
    pub const NONE: Self = Self(0);
    /// `deprecated`
    pub const DEPRECATED: Self = Self(1);
    /// `unstable`
    pub const UNSTABLE: Self = Self(2);

    /// Both features.
    pub(crate) const BOTH: Self = Self(3);

    /// Creates the set of the features that are present.
    #[must_use]
    pub const fn new(deprecated: bool, unstable: bool) -> Self {
        Self(deprecated as u8 | (unstable as u8) << 1)
    }

    /// Adds features, or removes them.
    pub(crate) const fn set(self, features: Self, present: bool) -> Self {
        Self(if present { self.0 | features.0 } else { self.0 & !features.0 })
    }

    /// Returns the features in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the word that begins QEMU's error message about something with these features. `deprecated` comes first.
    pub(crate) fn word(self) -> &'static str {
        if self.and(Self::DEPRECATED).is_empty() { "Unstable" } else { "Deprecated" }
    }
}

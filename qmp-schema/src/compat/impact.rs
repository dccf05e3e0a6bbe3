//! The impact of a change, and the direction of values that it depends on.

/// The impact of a change on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// None.
    Fine,
    /// Nothing fails, but the side should know: an unknown value, a deprecation, a feature that it may test for.
    Note,
    /// The side relies on something that is now rejected, missing or of another type.
    Breaking,
}

impl Impact {
    /// Returns `fine`, `note` or `breaking`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Note => "note",
            Self::Breaking => "breaking",
        }
    }
}

/// The direction that a value travels. Servers reject what their schema does not name; clients ignore it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Written by the client, read strictly by the server.
    Arguments,
    /// A return value or the data of an event: written by the server, read leniently by the client.
    Output,
}

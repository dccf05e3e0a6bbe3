//! A mistake in an argument.

/// Why an argument cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// The index of the argument.
    pub(crate) argument: usize,
    /// What was expected and what was found.
    pub(crate) reason: String,
}

impl Mistake {
    /// Creates a mistake in the first argument; see [`at`](Self::at).
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { argument: 0, reason: reason.into() }
    }

    /// Sets the index of the argument.
    pub(super) fn at(self, argument: usize) -> Self {
        Self { argument, ..self }
    }
}

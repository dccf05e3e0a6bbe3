//! Mistakes in JSON text.

use std::borrow::Cow;

/// A mistake in JSON text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The description, in QEMU's words if QEMU reports this mistake.
    pub(crate) description: Cow<'static, str>,
    /// The position of the mistake, in bytes.
    pub(crate) at: usize,
}

impl SyntaxError {
    #[cold]
    pub(crate) fn new(description: impl Into<Cow<'static, str>>, at: usize) -> Self {
        Self { description: description.into(), at }
    }
}

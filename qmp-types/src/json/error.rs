//! Mistakes in JSON text.

use std::borrow::Cow;

/// A mistake in JSON text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// The description, in QEMU's words where QEMU has some.
    pub(crate) description: Cow<'static, str>,
    /// Where the mistake is.
    pub(crate) at: usize,
}

impl SyntaxError {
    #[cold]
    pub(crate) fn new(description: impl Into<Cow<'static, str>>, at: usize) -> Self {
        Self { description: description.into(), at }
    }
}

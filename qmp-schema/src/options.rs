//! Options for loading a schema.

use crate::dialect::Docs;

/// Options for loading a schema.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LoadOptions {
    /// The rules that documentation comments must keep. Default: [`Docs::Lenient`].
    pub docs: Docs,
}

impl LoadOptions {
    /// Sets the dialect of documentation comments.
    #[must_use]
    pub fn docs(mut self, docs: Docs) -> Self {
        self.docs = docs;
        self
    }
}

//! What a caller can choose about loading.

use crate::diagnostic::Severity;

/// How a schema is loaded.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LoadOptions {
    /// Which rules documentation comments must keep.
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

/// The dialects of documentation comments. QEMU's own generator changed them between releases, so that none of its
/// releases accepts every schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Docs {
    /// All that QEMU 7.2 and later write is understood; what is malformed costs a warning.
    #[default]
    Lenient,
    /// The rules of QEMU 8.2, as errors.
    Qemu8_2,
    /// The rules of QEMU 10.0, as errors.
    Qemu10_0,
    /// The rules of QEMU 10.2, as errors.
    Qemu10_2,
}

impl Docs {
    /// All dialects.
    pub const ALL: [Self; 4] = [Self::Lenient, Self::Qemu8_2, Self::Qemu10_0, Self::Qemu10_2];

    /// The name of the dialect, as a command line has it: `lenient`, `qemu-8.2`...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lenient => "lenient",
            Self::Qemu8_2 => "qemu-8.2",
            Self::Qemu10_0 => "qemu-10.0",
            Self::Qemu10_2 => "qemu-10.2",
        }
    }

    /// Whether the rules are those that came with QEMU 9.0 and 9.1.
    pub(crate) fn is_since_9(self) -> bool {
        matches!(self, Self::Qemu10_0 | Self::Qemu10_2)
    }

    /// What breaking a rule of the documentation amounts to.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::Lenient => Severity::Warning,
            Self::Qemu8_2 | Self::Qemu10_0 | Self::Qemu10_2 => Severity::Error,
        }
    }
}

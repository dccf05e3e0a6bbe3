//! The result of a probe.

use std::fmt::Display;

/// The reason why a probe did not show that the server keeps the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The server breaks the rule. Both texts continue a sentence: "expected ..., found ...".
    Broken { expected: String, found: String },
    /// The rule cannot be tried on this server. The text says why.
    NotTried(String),
}

/// The result of a step of a probe.
pub(crate) type Probed<T = ()> = Result<T, Finding>;

impl Finding {
    pub(crate) fn broken(expected: impl Display, found: impl Display) -> Self {
        Self::Broken { expected: expected.to_string(), found: found.to_string() }
    }

    pub(crate) fn not_tried(why: impl Into<String>) -> Self {
        Self::NotTried(why.into())
    }
}

/// Returns a finding unless the server did what was expected.
pub(crate) fn expect(is_so: bool, expected: impl Display, found: impl Display) -> Probed {
    match is_so {
        true => Ok(()),
        false => Err(Finding::broken(expected, found)),
    }
}

//! Why a command could not do its work.

use std::path::Path;

use qmp_schema::Report;

/// Why a command could not do its work.
pub(crate) enum Failure {
    /// The schema is refused, for these reasons.
    Schema(Report),
    /// Anything else: why, and the way out, which may be empty. Each is a sentence without a full stop.
    Other { reason: String, help: String },
}

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self::Other { reason: reason.into(), help: String::new() }
    }

    /// `cannot VERB PATH: REASON`.
    pub(crate) fn cannot(verb: &str, path: &Path, reason: impl ToString) -> Self {
        Self::new(format!("cannot {verb} `{}`: {}", path.display(), reason.to_string()))
    }

    /// With the way out.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Other { reason, .. } => Self::Other { reason, help: help.into() },
            Self::Schema(report) => Self::Schema(report),
        }
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Schema(report)
    }
}

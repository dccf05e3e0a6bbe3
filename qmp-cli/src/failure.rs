//! Why a command could not do its work.

use std::path::Path;

use qmp_schema::Report;

/// Why a command could not do its work.
pub(crate) enum Failure {
    /// The schema is refused, for these reasons.
    Schema(Report),
    /// Anything else, in a sentence.
    Other(String),
}

impl Failure {
    /// `cannot VERB PATH: REASON`.
    pub(crate) fn cannot(verb: &str, path: &Path, reason: impl ToString) -> Self {
        Self::Other(format!("cannot {verb} `{}`: {}", path.display(), reason.to_string()))
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Schema(report)
    }
}

//! The error type of the commands.

use std::path::Path;

use qmp_schema::Report;

/// Why a command failed.
pub(crate) enum Failure {
    /// The schema is invalid.
    Schema(Report),
    /// Anything else, with advice on what to do. All texts are without a full stop at the end.
    Other { reason: String, help: Vec<String> },
}

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self::Other { reason: reason.into(), help: Vec::new() }
    }

    /// Creates a failure of the form "cannot VERB PATH: REASON".
    pub(crate) fn cannot(verb: &str, path: &Path, reason: impl ToString) -> Self {
        Self::new(format!("cannot {verb} `{}`: {}", path.display(), reason.to_string()))
    }

    /// Adds advice on what to do.
    pub(crate) fn help(mut self, advice: impl Into<String>) -> Self {
        if let Self::Other { help, .. } = &mut self {
            help.push(advice.into());
        }
        self
    }
}

impl From<Report> for Failure {
    fn from(report: Report) -> Self {
        Self::Schema(report)
    }
}

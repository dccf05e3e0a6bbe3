//! The error type of the commands.

use std::path::Path;

use qmp_schema::Report;

/// The exit status of a failure, if the command does not define another one.
const FAILED: u8 = 2;

/// The exit status for scripts if there is no connection, or no answer in time.
pub(crate) const NO_ANSWER: u8 = 3;

/// Why a command failed.
pub(crate) enum Failure {
    /// The schema is invalid.
    Schema(Report),
    /// Anything else, with advice on what to do. All texts are without a full stop at the end.
    Other { reason: String, help: Vec<String>, status: u8 },
}

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self::Other { reason: reason.into(), help: Vec::new(), status: FAILED }
    }

    /// Creates a failure of the form "cannot VERB PATH: REASON".
    pub(crate) fn cannot(verb: &str, path: &Path, reason: impl ToString) -> Self {
        Self::new(format!("cannot {verb} `{}`: {}", path.display(), reason.to_string()))
    }

    /// Sets the exit status of the program.
    pub(crate) fn with_status(mut self, exit_status: u8) -> Self {
        if let Self::Other { status, .. } = &mut self {
            *status = exit_status;
        }
        self
    }

    /// The exit status of the program.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Schema(_) => FAILED,
            Self::Other { status, .. } => *status,
        }
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

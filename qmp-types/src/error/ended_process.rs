//! A server process that has ended.

use std::fmt;
use std::process::ExitStatus;

/// A process that was started for a client and has ended.
#[derive(Debug, Clone)]
pub(crate) struct EndedProcess {
    pub(crate) program: String,
    pub(crate) id: u32,
    /// `None` if another part of the program has taken the status.
    pub(crate) status: Option<ExitStatus>,
    /// The end of its output to standard error.
    pub(crate) stderr: String,
}

impl EndedProcess {
    /// Writes that the process has ended before something.
    pub(super) fn fmt_before(&self, f: &mut fmt::Formatter<'_>, before: Option<&str>) -> fmt::Result {
        write!(f, "`{}` (process {}) has ended", self.program, self.id)?;
        before.map_or(Ok(()), |before| write!(f, " before {before}"))?;
        match &self.status {
            Some(status) => write!(f, ": {status}")?,
            None => f.write_str(" with an unknown status")?,
        }
        fmt_output(f, &self.stderr)
    }
}

/// Writes what a process has printed, if it has printed anything.
pub(super) fn fmt_output(f: &mut fmt::Formatter<'_>, stderr: &str) -> fmt::Result {
    let mut lines = stderr.lines().filter(|line| !line.trim().is_empty()).peekable();
    if lines.peek().is_some() {
        f.write_str("; it printed:")?;
    }
    lines.try_for_each(|line| write!(f, "\n  {line}"))
}

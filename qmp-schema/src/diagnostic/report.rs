//! A complete collection of diagnostics, with the files that they point into.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Diagnostic, Diagnostics, Severity, json, render};
use crate::source::SourceMap;

/// The diagnostics of a schema, and the files it was read from. It is the error type of the crate.
///
/// `Display` writes the text without colours. [`Report::render`] can colour it, [`Report::to_json`] is for programs. Diagnostics
/// are in the order of the inclusion of their files, then of their position.
#[derive(Debug, Clone)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
    sources: Arc<SourceMap>,
    missing: Vec<PathBuf>,
}

impl Report {
    pub(crate) fn new(diagnostics: Diagnostics, sources: Arc<SourceMap>, missing: Vec<PathBuf>) -> Self {
        Self { diagnostics: diagnostics.into_sorted(), sources, missing }
    }

    /// Returns the report as an error, if it has errors.
    pub(crate) fn into_result(self) -> Result<(), Self> {
        if self.has_errors() { Err(self) } else { Ok(()) }
    }

    /// Returns the diagnostics.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns whether there are no diagnostics.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Returns whether one of the diagnostics is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns every file that was read or could not be read: the files that a build depends on, also if the schema is invalid.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let read = self.sources.files().iter().map(|file| file.path.as_path());
        read.chain(self.missing.iter().map(PathBuf::as_path))
    }

    /// Returns the files that the diagnostics point into.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Returns the diagnostics as text, each with its source line, label and notes; in colour if `color`.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let texts: Vec<String> = self.diagnostics.iter().map(|d| render::render(d, &self.sources, color)).collect();
        texts.join("\n\n")
    }

    /// Returns the diagnostics as JSON: a list of objects.
    ///
    /// Each has `severity`, `rule`, `message`, `label`, `notes` (strings), `related` (places with a `text`),
    /// `included-from` (places, the innermost first) and, unless no file could be read, the members of a place: `file`,
    /// `line`, `column`, `end-line`, `end-column`; lines and columns count from 1, the end is exclusive.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        self.diagnostics.iter().map(|diagnostic| json::object(diagnostic, &self.sources)).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Report {}

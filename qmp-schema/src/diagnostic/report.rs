//! A finished collection of diagnostics, with the files they point into.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Diagnostic, Diagnostics, Severity, json, render};
use crate::source::SourceMap;

/// All that was found wrong with a schema, and the files it was read from.
///
/// `Display` gives the text for people, without colours; [`Report::render`] can colour it, [`Report::to_json`] is for
/// programs. The diagnostics stand in the order of the files' inclusion, then of their position.
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

    /// What was found.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether an error is among what was found.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Every file that was read or that would have been, had it been readable: what a build depends on, also of a
    /// schema that is refused.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let read = self.sources.files().iter().map(|file| file.path.as_path());
        read.chain(self.missing.iter().map(PathBuf::as_path))
    }

    /// The files the diagnostics point into.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// The text for people: each diagnostic with its source line, label and notes; in colour if `color`.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let texts: Vec<String> = self.diagnostics.iter().map(|d| render::render(d, &self.sources, color)).collect();
        texts.join("\n\n")
    }

    /// The same for programs: a list of objects.
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

//! The errors of a list. A list usually stands on one line, in which it takes time to find each place: only the first errors
//! are reported.

use std::collections::HashMap;
use std::sync::Arc;

use super::entry::Entry;
use crate::diagnostic::{Diagnostics, Report, Rule, Severity};
use crate::source::{SourceMap, Span};

/// The most errors that are reported.
const MOST: usize = 100;

/// The errors found so far.
#[derive(Debug, Default)]
pub(super) struct Errors {
    first: Vec<(Span, String)>,
    /// Whether there are others.
    more: bool,
}

impl Errors {
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    pub(super) fn add(&mut self, span: Span, text: &str) {
        match self.first.len() < MOST {
            true => self.first.push((span, text.to_owned())),
            false => self.more = true,
        }
    }

    /// Adds an error of an entry, which the text need not name.
    pub(super) fn of_entry(&mut self, entry: &Entry, text: &str) {
        match text.contains(&format!("`{}`", entry.name)) {
            true => self.add(entry.span, text),
            false => self.add(entry.span, &format!("{} `{}`: {text}", entry.kind.meta_type(), entry.name)),
        }
    }

    /// Adds the errors of the definitions that were made of the list.
    pub(super) fn extend(&mut self, report: &Report, entries: &[Entry]) {
        let entries: HashMap<Span, &Entry> = entries.iter().map(|entry| (entry.span, entry)).collect();
        for error in report.diagnostics().iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
            match entries.get(&error.span) {
                Some(entry) => self.of_entry(entry, &error.message),
                None => self.add(error.span, &error.message),
            }
        }
    }

    pub(super) fn report(mut self, sources: SourceMap) -> Report {
        let mut diagnostics = Diagnostics::default();
        // In the order of the report: the last one has the note.
        self.first.sort_by_key(|(span, _)| *span);
        for (span, text) in &self.first {
            diagnostics.error(Rule::Introspection, *span, &[text]);
        }
        if self.more {
            diagnostics.latest().note("fix these first: further errors are not shown");
        }
        Report::new(diagnostics, Arc::new(sources), Vec::new())
    }
}

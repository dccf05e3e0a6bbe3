//! What is wrong with a list. A list stands on one line as a rule, in which every place costs time to find: what is beyond
//! the first mistakes is not told.

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule};
use crate::source::{SourceMap, Span};

/// So many mistakes are told.
const MOST: usize = 100;

/// The mistakes that were found so far.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    told: Vec<(Span, String)>,
    /// Whether there are others.
    more: bool,
}

impl Refusals {
    pub(super) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    pub(super) fn add(&mut self, span: Span, text: &str) {
        match self.told.len() < MOST {
            true => self.told.push((span, text.to_owned())),
            false => self.more = true,
        }
    }

    pub(super) fn report(mut self, sources: SourceMap) -> Report {
        let mut diagnostics = Diagnostics::default();
        // In the order in which they will be read: the last one has the note.
        self.told.sort_by_key(|(span, _)| *span);
        for (span, text) in &self.told {
            diagnostics.error(Rule::Introspection, *span, &[text]);
        }
        if self.more {
            diagnostics.latest().note("mend these first: there are more, which are not told");
        }
        Report::new(diagnostics, Arc::new(sources), Vec::new())
    }
}

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
    diagnostics: Diagnostics,
    count: usize,
}

impl Refusals {
    pub(super) fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    pub(super) fn add(&mut self, span: Span, text: &str) {
        self.count += 1;
        if self.count <= MOST {
            let diagnostic = self.diagnostics.error(Rule::Introspection, span, &[text]);
            if self.count == MOST {
                diagnostic.note("mend these first: what comes after them is not told");
            }
        }
    }

    pub(super) fn report(self, sources: SourceMap) -> Report {
        Report::new(self.diagnostics, Arc::new(sources), Vec::new())
    }
}

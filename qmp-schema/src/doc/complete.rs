//! Checks a definition's block by itself: nothing is described twice, and everything that is described has a text.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::dialect::Dialect;
use crate::source::Span;
use crate::syntax::{Doc, Name};

/// Checks a block that has been cut into parts.
pub(super) fn check(doc: &Doc, dialect: &Dialect, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { dialect, diagnostics };
    checker.described("member", &doc.members);
    checker.described("feature", &doc.features);
    let is_single = |tag: &&Name| matches!(&*tag.text, "Returns" | "Since" | "Errors");
    checker.refuse_twice("section", doc.sections.iter().map(|(tag, _)| tag).filter(is_single));
    for (tag, text) in doc.sections.iter().filter(|(tag, _)| !tag.text.is_empty()) {
        checker.section(tag, text);
    }
}

struct Checker<'a> {
    dialect: &'a Dialect,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn described(&mut self, what: &str, parts: &[(Name, String)]) {
        let twice = self.refuse_twice(what, parts.iter().map(|(name, _)| name));
        for (name, text) in parts {
            if name.text.is_empty() {
                self.refuse(Rule::DocEmptyName, name.span, &[]);
            } else if text.is_empty() && !twice.contains(&*name.text) {
                self.refuse(Rule::DocNoText, name.span, &[&name.text]);
            }
        }
    }

    fn section(&mut self, tag: &Name, text: &str) {
        let is_old = matches!(&*tag.text, "Note" | "Notes" | "Example" | "Examples");
        if is_old && !self.dialect.has_note_sections {
            self.refuse(Rule::DocOldTag, tag.span, &[&tag.text]);
        } else if text.is_empty() {
            self.refuse(Rule::DocNoText, tag.span, &[&tag.text]);
        }
    }

    /// Reports duplicate names and returns them.
    fn refuse_twice<'d>(&mut self, what: &str, names: impl Iterator<Item = &'d Name>) -> HashSet<&'d str> {
        let (mut seen, mut twice) = (HashMap::new(), HashSet::new());
        for name in names.filter(|name| !name.text.is_empty()) {
            match seen.get(&*name.text) {
                Some(&first) => {
                    let what = format!("{what} `{}`", name.text);
                    self.refuse(Rule::DocTwice, name.span, &[&what]).related(first, "first described here");
                    twice.insert(&*name.text);
                }
                None => drop(seen.insert(&*name.text, name.span)),
            }
        }
        twice
    }

    fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) -> &mut Diagnostic {
        self.diagnostics.push(self.dialect.severity, rule, span, arguments)
    }
}

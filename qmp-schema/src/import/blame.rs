//! What the language refuses in the schema that was made of a list: told of the entries of the list.

use std::collections::HashMap;

use super::dump::Dump;
use super::names::Names;
use super::qapi::Written;
use super::refusals::Refusals;
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::source::Span;

/// The errors of the schema, each at the entry that the definition was made of.
pub(super) fn errors(report: &Report, written: &Written, dump: &Dump, names: &Names) -> Refusals {
    let listed: HashMap<&str, &str> =
        names.defined().map(|(index, name)| (name, dump.entries[index].name.as_str())).collect();
    let mut refusals = Refusals::default();
    for diagnostic in report.diagnostics() {
        let message = in_terms_of_the_list(diagnostic, &listed);
        let entry = entry(diagnostic, written).map(|index| &dump.entries[index]);
        let (span, text) = match entry {
            Some(entry) if message.contains(&format!("`{}`", entry.name)) => (entry.span, message),
            Some(entry) => (entry.span, format!("{} `{}`: {message}", entry.kind.meta_type(), entry.name)),
            None => (Span::NONE, message),
        };
        refusals.add(span, &text);
    }
    refusals
}

/// The index of the entry that the error's place was made of.
fn entry(diagnostic: &Diagnostic, written: &Written) -> Option<usize> {
    let start = diagnostic.span.start as usize;
    let before = written.places.partition_point(|&(at, _)| at <= start);
    before.checked_sub(1).map(|last| written.places[last].1)
}

/// Names that were made up are replaced by those that the list has for the types; what became a key was none.
fn in_terms_of_the_list(diagnostic: &Diagnostic, listed: &HashMap<&str, &str>) -> String {
    let listed = |part| *listed.get(part).unwrap_or(&part);
    let message = diagnostic.message.split('`').map(listed).collect::<Vec<_>>().join("`");
    match (diagnostic.rule, message.strip_prefix("duplicate key ")) {
        (Rule::DuplicateKey, Some(key)) => format!("{key} is there twice"),
        _ => message,
    }
}

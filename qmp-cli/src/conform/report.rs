//! The report: for people, for programs, and for continuous integration.

mod json;
mod junit;
mod text;

pub(super) use json::{json, json_list};
pub(super) use junit::junit;
#[cfg(test)]
pub(super) use text::ID_WIDTH;
pub(super) use text::{text, text_list};

/// The counts of the results, by name, in the order of the report.
fn counts(outcomes: &[super::run::Outcome]) -> [(&'static str, usize); 4] {
    ["pass", "fail", "warning", "not tried"]
        .map(|name| (name, outcomes.iter().filter(|outcome| outcome.name() == name).count()))
}

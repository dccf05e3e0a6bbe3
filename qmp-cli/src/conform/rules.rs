//! The catalogue of rules, a file per group, in the order in which they are tried.

mod agent;
mod arguments;
mod basics;
mod dialect;
mod envelope;
mod events;
mod flow;
mod framing;
mod greeting;
mod ids;
mod introspection;
mod limits;
mod negotiation;
mod oob;
mod parser;

use super::rule::Rule;

/// All groups. A rule comes after those that it needs.
const GROUPS: &[&[Rule]] = &[
    greeting::RULES,
    negotiation::RULES,
    agent::RULES,
    ids::RULES,
    framing::RULES,
    parser::RULES,
    dialect::RULES,
    envelope::RULES,
    introspection::RULES,
    arguments::RULES,
    oob::RULES,
    flow::RULES,
    limits::RULES,
    events::RULES,
];

/// Returns all rules.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().copied().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::all;
    use crate::conform::report::ID_WIDTH;

    #[test]
    fn rules_are_complete_and_in_order() {
        let mut earlier = HashSet::new();
        for rule in all() {
            assert!(rule.needs.iter().all(|need| earlier.contains(need)), "{}: it comes before what it needs", rule.id);
            assert!(earlier.insert(rule.id), "{} is there twice", rule.id);
            assert!(!rule.duty.is_empty() && !rule.duty.ends_with('.'), "{}: {}", rule.id, rule.duty);
            assert!(rule.reason.ends_with(['.', ')']), "{}: {}", rule.id, rule.reason);
            let fits = rule.id.len() <= ID_WIDTH;
            assert!(fits && rule.id.split_once('/').is_some(), "{}", rule.id);
        }
    }
}

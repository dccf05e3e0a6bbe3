//! The conditions that a server was built without: a change for each, in place of those that it explains.

use super::change::Change;
use super::change_kind::ChangeKind;
use super::impact::{Impact, Role};
use super::usage::MOST_OTHERS;
use crate::model::Condition;

/// The entity of changes that are conditions.
const CONDITIONS: &str = "conditions";

/// The conditions, in the order in which they were found.
#[derive(Default)]
pub(super) struct Disabled<'a>(Vec<(&'a Condition, Change)>);

impl<'a> Disabled<'a> {
    /// Adds a change that the condition explains.
    pub(super) fn add(&mut self, condition: &'a Condition, explained: Change) {
        let index = self.0.iter().position(|(known, _)| *known == condition).unwrap_or_else(|| {
            let kind = ChangeKind::ConditionDisabled { items: Vec::new() };
            self.0.push((condition, Change::new(CONDITIONS.to_owned(), condition.to_string(), Role::Output, kind)));
            self.0.len() - 1
        });
        let change = &mut self.0[index].1;
        if let ChangeKind::ConditionDisabled { items } = &mut change.kind {
            items.push(Change { also: Vec::new(), ..explained.clone() }.to_string());
        }
        change.also_more |= explained.also_more;
        for user in [explained.entity].into_iter().chain(explained.also) {
            match change.also.contains(&user) {
                false if change.also.len() < MOST_OTHERS => change.also.push(user),
                known => change.also_more |= !known,
            }
        }
        change.client = change.client.max(explained.client.min(Impact::Note));
        change.server = change.server.max(explained.server.min(Impact::Note));
    }

    /// Returns the conditions as changes.
    pub(super) fn into_changes(self) -> impl Iterator<Item = Change> {
        self.0.into_iter().map(|(_, change)| change)
    }
}

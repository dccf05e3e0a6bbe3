//! The report of `qmp diff`, for people.

use std::collections::HashMap;
use std::io;

use qmp_schema::compat::{Change, Impact};

use super::Side;
use crate::output::{painted, printable};
use crate::plain_text::without_markup;

/// The width of a column with an impact.
const COLUMN: usize = 10;

/// Formats the changes, grouped by command and event, and a line with their number. The changes are sorted by impact.
pub(super) fn text(changes: &[Change], side: Side, only_breaking: bool) -> String {
    let mut text = String::new();
    if side == Side::Both && !changes.is_empty() {
        text += "  client    server\n";
    }
    for group in groups(changes) {
        text += &painted(&group[0].entity, "1", &io::stdout());
        text.push('\n');
        let mut last_reason = None;
        for change in group {
            text += &line(change, side);
            // The documentation may give one reason for several members.
            if change.reason != last_reason {
                text += &reason(change, side);
                last_reason.clone_from(&change.reason);
            }
        }
    }
    text + &totals(changes, side, only_breaking)
}

/// Advises how to decide the conditions that so many changes depend on.
pub(super) fn conditional_help(count: usize) -> String {
    let subject = if count == 1 { "1 change depends".to_owned() } else { format!("{count} changes depend") };
    format!(
        " = help: {subject} on how the server was built (`if`); decide with --cfg NAME for each defined name, or --no-cfg"
    )
}

/// Collects the changes of each command and event, in the order of their first change.
fn groups(changes: &[Change]) -> Vec<Vec<&Change>> {
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for change in changes {
        let group = *known.entry(&change.entity).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

fn line(change: &Change, side: Side) -> String {
    let columns: String = side.impacts(change).into_iter().map(column).collect();
    let colon = if change.place.is_empty() { "" } else { ": " };
    let also = match &*change.also_text() {
        "" => String::new(),
        also => format!(" ({also})"),
    };
    format!("  {columns}{}{colon}{}{also}\n", change.place, change.text())
}

/// The reason that the documentation gives for a change, below its line.
fn reason(change: &Change, side: Side) -> String {
    let indent = " ".repeat(4 + COLUMN * side.impacts(change).len());
    let text = change.reason.as_deref().map(without_markup).unwrap_or_default();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| format!("{indent}{}\n", printable(&line))).collect()
}

/// The word for an impact, in its colour, as wide as a column.
fn column(impact: Impact) -> String {
    let colour = match impact {
        Impact::Breaking => "1;31",
        Impact::Note => "33",
        Impact::Fine => "32",
    };
    let word = impact.id();
    painted(word, colour, &io::stdout()) + &" ".repeat(COLUMN - word.len())
}

fn totals(changes: &[Change], side: Side, only_breaking: bool) -> String {
    let count = |impact| changes.iter().filter(|change| side.impact(change) == impact).count();
    let [breaking, note, fine] = [Impact::Breaking, Impact::Note, Impact::Fine].map(count);
    match only_breaking {
        true => format!("{breaking} breaking\n"),
        false => format!("{breaking} breaking, {note} note, {fine} fine\n"),
    }
}

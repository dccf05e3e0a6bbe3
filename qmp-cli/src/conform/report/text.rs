//! The report for people.

use std::fmt::Write;
use std::io;

use super::counts;
use crate::conform::rule::Rule;
use crate::conform::run::{Outcome, Verdict};
use crate::output::{painted, printable};

/// The width of the longest rule's id, which aligns the column after it.
pub(crate) const ID_WIDTH: usize = 33;

/// Formats the rules with their reasons.
pub(crate) fn text_list(rules: &[&Rule]) -> String {
    let mut text = String::new();
    for rule in rules {
        let invasive = if rule.is_invasive { ", --invasive" } else { "" };
        let _ = writeln!(text, "{} ({}{invasive})", heading(rule.id), rule.class.name());
        let _ = writeln!(text, "  A server {}.", rule.duty);
        let _ = writeln!(text, "  {} ({})", rule.reason, rule.spec);
        if !rule.needs.is_empty() {
            let _ = writeln!(text, "  Needs {}.", rule.needs.join(", "));
        }
    }
    text
}

/// Formats the outcomes.
pub(crate) fn text(address: &str, outcomes: &[Outcome]) -> String {
    let mut text = format!("{}\n", printable(address));
    for outcome in outcomes {
        let result = painted(&format!("{:<9}", outcome.name()), colour(outcome), &io::stdout());
        let _ = write!(text, "{result}  {:<ID_WIDTH$}", outcome.rule.id);
        match &outcome.verdict {
            Verdict::Pass => _ = writeln!(text, "  {}", outcome.rule.duty),
            Verdict::NotTried(why) => _ = writeln!(text, "  {}", printable(why)),
            Verdict::Broken { expected, found } => {
                let _ = writeln!(text, "  {}", outcome.rule.duty);
                explain(&mut text, outcome, expected, found);
            }
        }
    }
    let [(_, pass), (_, fail), (_, warning), (_, not_tried)] = counts(outcomes);
    let plural = if warning == 1 { "" } else { "s" };
    text + &format!("{pass} passed, {fail} failed, {warning} warning{plural}, {not_tried} not tried\n")
}

/// Appends what is wrong, why it matters, and the bytes that show it.
fn explain(text: &mut String, outcome: &Outcome, expected: &str, found: &str) {
    let _ = writeln!(text, "    expected {}, found {}", printable(expected), printable(found));
    let _ = writeln!(text, "    {} ({})", outcome.rule.reason, outcome.rule.spec);
    for line in outcome.transcript.lines() {
        let _ = writeln!(text, "      {line}");
    }
}

fn heading(id: &str) -> String {
    painted(id, "1", &io::stdout())
}

fn colour(outcome: &Outcome) -> &'static str {
    match outcome.name() {
        "pass" => "32",
        "fail" => "1;31",
        "warning" => "33",
        _ => "2",
    }
}

//! The report as JSON.

use serde_json::{Value, json};

use super::counts;
use crate::conform::rule::Rule;
use crate::conform::run::{Outcome, Verdict};
use crate::conform::transcript::Entry;

/// Formats the rules.
pub(crate) fn json_list(rules: &[&Rule]) -> String {
    format!("{:#}\n", rules.iter().map(|rule| rule_object(rule)).collect::<Value>())
}

/// Formats the outcomes.
pub(crate) fn json(address: &str, outcomes: &[Outcome]) -> String {
    let counts: serde_json::Map<String, Value> =
        counts(outcomes).into_iter().map(|(name, count)| (key(name), json!(count))).collect();
    let rules: Vec<Value> = outcomes.iter().map(outcome_object).collect();
    format!("{:#}\n", json!({"address": address, "counts": counts, "rules": rules}))
}

/// The name of a result, as it is spelt in JSON.
fn key(name: &str) -> String {
    name.replace(' ', "-")
}

fn rule_object(rule: &Rule) -> Value {
    json!({
        "rule": rule.id,
        "class": rule.class.name(),
        "duty": rule.duty,
        "reason": rule.reason,
        "spec": rule.spec.to_string(),
        "needs": rule.needs,
        "invasive": rule.is_invasive,
    })
}

fn outcome_object(outcome: &Outcome) -> Value {
    let mut object = rule_object(outcome.rule);
    object["result"] = json!(key(outcome.name()));
    object["milliseconds"] = json!(outcome.time.as_millis());
    match &outcome.verdict {
        Verdict::Pass => {}
        Verdict::NotTried(why) => object["why"] = json!(why),
        Verdict::Broken { expected, found } => {
            object["expected"] = json!(expected);
            object["found"] = json!(found);
            let entries = outcome.transcript.entries().iter();
            object["dialogue"] = entries.map(entry_object).collect();
        }
    }
    object
}

fn entry_object(entry: &Entry) -> Value {
    match entry.bytes() {
        Some(bytes) => json!({"kind": entry.kind(), "bytes": bytes}),
        None => json!({"kind": entry.kind()}),
    }
}

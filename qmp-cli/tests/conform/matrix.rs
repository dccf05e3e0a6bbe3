//! Each switch of the faulty server breaks the rule that it is made for, and no other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use crate::faulty::{FaultyServer, MATRIX, Switch, Variant};
use crate::support::{conform, json};

/// The runs at the same time. Most of the time they wait.
const RUNS: usize = 16;

/// The results by rule.
type Results = BTreeMap<String, String>;

fn options(variant: Variant) -> &'static str {
    match variant {
        Variant::Agent => "--agent --invasive --timeout 3 --format json",
        _ => "--invasive --timeout 3 --format json",
    }
}

fn run(variant: Variant, switch: Option<Switch>) -> (Results, Value) {
    let server = FaultyServer::start(variant, switch);
    let output = conform(options(variant), &server.socket());
    let report = json(&output);
    let rules = report["rules"].as_array().expect("rules");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let results: Results = rules.iter().map(|rule| (text(&rule["rule"]), text(&rule["result"]))).collect();
    let has_failed = results.values().any(|result| result == "fail");
    assert_eq!(output.status.code(), Some(i32::from(has_failed)), "{switch:?}");
    (results, report)
}

/// The rules that need a rule, and those that need them in turn.
fn dependents(rule: &str, report: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::from([rule.to_owned()]);
    for candidate in report["rules"].as_array().expect("rules") {
        let needs = candidate["needs"].as_array().expect("needs");
        if needs.iter().any(|need| all.contains(need.as_str().expect("a rule"))) {
            all.insert(candidate["rule"].as_str().expect("a rule").to_owned());
        }
    }
    all.remove(rule);
    all
}

/// The results with a switch, from those without: the rule is broken, and what depends on it is not tried.
fn expected(correct: &Results, rule: &str, report: &Value) -> Results {
    let mut results = correct.clone();
    let entry = report["rules"].as_array().expect("rules").iter().find(|entry| entry["rule"] == rule);
    let class = &entry.unwrap_or_else(|| panic!("{rule} is not in the report"))["class"];
    results.insert(rule.to_owned(), if class == "compat" { "warning" } else { "fail" }.to_owned());
    results.extend(dependents(rule, report).into_iter().map(|dependent| (dependent, "not-tried".to_owned())));
    results
}

#[test]
fn a_correct_server_passes() {
    for (variant, not_tried) in [
        (Variant::Monitor, &["negotiation/unoffered-capability"][..]),
        (Variant::WithoutOob, &["oob/", "flow/oob-backlog"]),
        (Variant::Agent, &[]),
    ] {
        let (results, report) = run(variant, None);
        for (rule, result) in results {
            let is_exempt = not_tried.iter().any(|name| rule.starts_with(name));
            assert!(result == "pass" || is_exempt && result != "fail", "{variant:?}: {rule}: {result}\n{report:#}");
        }
    }
}

#[test]
fn each_switch_breaks_its_rule_only() {
    let correct =
        [Variant::Monitor, Variant::WithoutOob, Variant::Agent].map(|variant| (variant, run(variant, None).0));
    let (next, mistakes) = (AtomicUsize::new(0), std::sync::Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..RUNS {
            scope.spawn(|| {
                while let Some((switch, variant, rule)) = MATRIX.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (results, report) = run(*variant, Some(*switch));
                    let (_, correct) = correct.iter().find(|(candidate, _)| candidate == variant).expect("a variant");
                    let expected = expected(correct, rule, &report);
                    let differing = results.iter().filter(|(rule, result)| expected.get(*rule) != Some(result));
                    let differing: Vec<String> = differing
                        .map(|(rule, result)| {
                            format!("{switch:?}: {rule}: expected {:?}, found {result}", expected[rule])
                        })
                        .collect();
                    mistakes.lock().expect("no panic").extend(differing);
                }
            });
        }
    });
    let mistakes = mistakes.into_inner().expect("no panic");
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

/// The rules and the switches belong together: no rule is without a server that breaks it.
#[test]
fn each_rule_has_a_switch() {
    let broken: BTreeSet<&str> = MATRIX.iter().map(|(_, _, rule)| *rule).collect();
    for list in ["--list --format json", "--list --agent --format json"] {
        for rule in json(&crate::support::qmp(list)).as_array().expect("rules") {
            let name = rule["rule"].as_str().expect("a name");
            assert!(broken.contains(name), "{name}");
        }
    }
}

//! Tries rules in their order.

use std::collections::HashSet;
use std::thread;
use std::time::{Duration, Instant};

use super::finding::Finding;
use super::rule::{Class, Rule};
use super::target::Target;
use super::transcript::Transcript;

/// The pause after a rule that the server breaks: it may be busy with requests of that probe, and QEMU sends the reply to the next
/// client.
const SETTLE: Duration = Duration::from_millis(50);

/// What became of a rule.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) rule: &'static Rule,
    pub(crate) verdict: Verdict,
    /// How long the probe took.
    pub(crate) time: Duration,
    /// The bytes sent and received, if the server breaks the rule.
    pub(crate) transcript: Transcript,
}

/// The result of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    /// The server breaks the rule. For rules of the class [`Class::Compat`], this is a warning.
    Broken {
        expected: String,
        found: String,
    },
    NotTried(String),
}

/// Tries the rules and calls `progress` before each.
pub(crate) fn run(rules: &[&'static Rule], target: &Target, mut progress: impl FnMut(usize, &Rule)) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(rules.len());
    // The rules that say nothing about what needs them: broken ones, and what needs those in turn.
    let mut missing: HashSet<&str> = HashSet::new();
    for (position, rule) in rules.iter().enumerate() {
        progress(position, rule);
        let start = Instant::now();
        let needed = rule.needs.iter().find(|need| missing.contains(*need));
        let verdict = match needed {
            Some(need) => Verdict::NotTried(format!("needs {need}")),
            None => Verdict::of((rule.probe)(target)),
        };
        let is_broken = matches!(verdict, Verdict::Broken { .. });
        if is_broken || needed.is_some() {
            missing.insert(rule.id);
        }
        if is_broken {
            thread::sleep(SETTLE);
        }
        let transcript = target.take_transcript();
        outcomes.push(Outcome { rule, verdict, time: start.elapsed(), transcript });
    }
    outcomes
}

impl Outcome {
    /// Whether the server breaks a rule that all servers owe.
    pub(crate) fn is_failure(&self) -> bool {
        self.name() == "fail"
    }

    /// The name of the result in the report.
    pub(crate) fn name(&self) -> &'static str {
        match (&self.verdict, self.rule.class) {
            (Verdict::Pass, _) => "pass",
            (Verdict::Broken { .. }, Class::Protocol) => "fail",
            (Verdict::Broken { .. }, Class::Compat) => "warning",
            (Verdict::NotTried(_), _) => "not tried",
        }
    }
}

impl Verdict {
    fn of(probed: Result<(), Finding>) -> Self {
        match probed {
            Ok(()) => Self::Pass,
            Err(Finding::Broken { expected, found }) => Self::Broken { expected, found },
            Err(Finding::NotTried(why)) => Self::NotTried(why),
        }
    }
}

//! Policies as text, in the form of QEMU's option `-compat`.

use std::fmt;
use std::str::FromStr;

use super::{InputPolicy, OutputPolicy, Policy};
use crate::record::Features;

/// The error for a text that is not a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPolicy {
    found: String,
    expected: &'static str,
}

const KEYS: &str =
    "`deprecated-input`, `deprecated-output`, `unstable-input` or `unstable-output`, with `=` and a value";
const INPUTS: &str = "`accept` or `reject`";
const OUTPUTS: &str = "`accept` or `hide`";

/// Parses `deprecated-input=reject,deprecated-output=hide` and the like. Of several settings of one key, the last counts. The
/// empty text is the default policy.
impl FromStr for Policy {
    type Err = InvalidPolicy;

    fn from_str(text: &str) -> Result<Self, InvalidPolicy> {
        let settings = text.split(',').filter(|setting| !setting.is_empty());
        settings.map(str::trim).try_fold(Self::default(), |policy, setting| {
            let invalid = |found: &str, expected| Err(InvalidPolicy { found: found.to_owned(), expected });
            let Some((key, value)) = setting.split_once('=') else { return invalid(setting, KEYS) };
            let features = match key.split('-').next() {
                Some("deprecated") => Features::DEPRECATED,
                _ => Features::UNSTABLE,
            };
            match (key, value) {
                ("deprecated-input" | "unstable-input", "accept") => Ok(policy.input(features, InputPolicy::Accept)),
                ("deprecated-input" | "unstable-input", "reject") => Ok(policy.input(features, InputPolicy::Reject)),
                ("deprecated-input" | "unstable-input", _) => invalid(value, INPUTS),
                ("deprecated-output" | "unstable-output", "accept") => {
                    Ok(policy.output(features, OutputPolicy::Accept))
                }
                ("deprecated-output" | "unstable-output", "hide") => Ok(policy.output(features, OutputPolicy::Hide)),
                ("deprecated-output" | "unstable-output", _) => invalid(value, OUTPUTS),
                _ => invalid(key, KEYS),
            }
        })
    }
}

/// Displays the settings that differ from the default, in the form that [`FromStr`] parses.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = [
            (self.rejected, Features::DEPRECATED, "deprecated-input=reject"),
            (self.hidden, Features::DEPRECATED, "deprecated-output=hide"),
            (self.rejected, Features::UNSTABLE, "unstable-input=reject"),
            (self.hidden, Features::UNSTABLE, "unstable-output=hide"),
        ];
        let differing = settings.into_iter().filter(|(set, features, _)| !set.and(*features).is_empty());
        for (position, (.., text)) in differing.enumerate() {
            write!(f, "{}{text}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl fmt::Display for InvalidPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid policy: expected {}, found `{}`", self.expected, self.found)?;
        if self.found == "crash" {
            f.write_str("; help: `reject` answers with an error, a server never crashes for a client")?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidPolicy {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_is_parsed_and_displayed() {
        let policy = Policy::default();
        let cases = [
            ("deprecated-input=reject", policy.deprecated_input(InputPolicy::Reject)),
            ("deprecated-output=hide", policy.deprecated_output(OutputPolicy::Hide)),
            ("unstable-input=reject", policy.unstable_input(InputPolicy::Reject)),
            ("unstable-output=hide", policy.unstable_output(OutputPolicy::Hide)),
            (
                "deprecated-input=reject,unstable-output=hide",
                policy.unstable_output(OutputPolicy::Hide).deprecated_input(InputPolicy::Reject),
            ),
            ("", policy),
        ];
        for (text, policy) in cases {
            assert_eq!(text.parse(), Ok(policy));
            assert_eq!(policy.to_string(), text);
        }
        assert_eq!("unstable-input=reject,unstable-input=accept".parse(), Ok(policy));
    }

    #[test]
    fn mistakes_are_explained() {
        let check = |text: &str, expected: &str| {
            let error = text.parse::<Policy>().expect_err(text).to_string();
            assert_eq!(error, format!("invalid policy: expected {expected}"));
        };
        check("deprecated-input=no", "`accept` or `reject`, found `no`");
        check("unstable-output=reject", "`accept` or `hide`, found `reject`");
        check("input=reject", &format!("{KEYS}, found `input`"));
        check("reject", &format!("{KEYS}, found `reject`"));
        let help = "help: `reject` answers with an error, a server never crashes for a client";
        check("deprecated-input=crash", &format!("`accept` or `reject`, found `crash`; {help}"));
    }
}

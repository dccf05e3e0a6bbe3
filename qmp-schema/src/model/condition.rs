//! Conditions, `if`, and the configurations that evaluate them.

use std::collections::BTreeSet;
use std::fmt;

/// The `if` of a schema element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Condition {
    /// No `if`: always true.
    #[default]
    Always,
    /// True if the name is defined.
    Name(String),
    /// True if all are.
    All(Vec<Condition>),
    /// True if at least one is.
    Any(Vec<Condition>),
    /// True if the other is not.
    Not(Box<Condition>),
}

/// The names that are defined in a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Conditions {
    /// Conditions are ignored: every part of the schema is kept, also those that exclude each other.
    #[default]
    Everything,
    /// Conditions are evaluated with exactly these names defined.
    Defined(BTreeSet<String>),
}

impl Condition {
    /// Returns whether the text can be the name in a condition: `[A-Z][A-Z0-9_]*`.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_')
    }
}

/// Writes the condition as text: `CONFIG_A and (CONFIG_B or not CONFIG_C)`, or `always`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)
    }
}

impl Condition {
    fn write(&self, f: &mut fmt::Formatter<'_>, nested: bool) -> fmt::Result {
        let mut joined = |operands: &[Self], operator: &str| {
            let parentheses = nested && operands.len() > 1;
            f.write_str(if parentheses { "(" } else { "" })?;
            for (index, operand) in operands.iter().enumerate() {
                f.write_str(if index > 0 { operator } else { "" })?;
                operand.write(f, true)?;
            }
            f.write_str(if parentheses { ")" } else { "" })
        };
        match self {
            Self::Always => f.write_str("always"),
            Self::Name(name) => f.write_str(name),
            Self::All(all) => joined(all, " and "),
            Self::Any(any) => joined(any, " or "),
            Self::Not(not) => {
                f.write_str("not ")?;
                not.write(f, true)
            }
        }
    }
}

impl Conditions {
    /// Creates a configuration in which exactly `names` are defined.
    pub fn defined<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::Defined(names.into_iter().map(Into::into).collect())
    }

    /// Returns the defined names; none if conditions are not evaluated.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Everything => None,
            Self::Defined(names) => Some(names),
        };
        names.into_iter().flatten().map(String::as_str)
    }

    /// Returns whether a part of the schema with this condition is kept.
    #[must_use]
    pub fn admit(&self, condition: &Condition) -> bool {
        match self {
            Self::Everything => true,
            Self::Defined(names) => holds(condition, names),
        }
    }
}

fn holds(condition: &Condition, names: &BTreeSet<String>) -> bool {
    match condition {
        Condition::Always => true,
        Condition::Name(name) => names.contains(name),
        Condition::All(all) => all.iter().all(|c| holds(c, names)),
        Condition::Any(any) => any.iter().any(|c| holds(c, names)),
        Condition::Not(not) => !holds(not, names),
    }
}

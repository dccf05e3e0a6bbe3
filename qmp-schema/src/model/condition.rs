//! `if`: conditions, and the configurations that decide them.

use std::collections::BTreeSet;
use std::fmt;

/// The `if` of a schema element.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Condition {
    /// No `if` was written: always there.
    #[default]
    Always,
    /// There if the name is defined.
    Name(String),
    /// There if all hold.
    All(Vec<Condition>),
    /// There if at least one holds.
    Any(Vec<Condition>),
    /// There if it does not hold.
    Not(Box<Condition>),
}

/// Which names count as defined.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Conditions {
    /// Conditions are not looked at: everything is there, also what only `not` would let in.
    #[default]
    Everything,
    /// Conditions are evaluated: exactly these names are defined.
    Defined(BTreeSet<String>),
}

impl Condition {
    /// Whether the text can be the name in a condition: `[A-Z][A-Z0-9_]*`.
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
    /// Conditions evaluated with exactly `names` defined.
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

    /// Whether an element with this condition is there.
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

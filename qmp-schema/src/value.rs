//! What an expression is made of before it is known to define anything: objects, lists, strings, truth values.

use crate::source::Span;

/// A string and where it stands (its quotes included).
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Value {
    pub(crate) span: Span,
    pub(crate) kind: ValueKind,
}

#[derive(Debug)]
pub(crate) enum ValueKind {
    Object(Object),
    List(Vec<Value>),
    Str(String),
    Bool(bool),
}

/// The members of an object in the order written; no key is there twice.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub(crate) members: Vec<(Name, Value)>,
    /// Whether a key was given again, which has been reported.
    pub(crate) is_flawed: bool,
}

impl Object {
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| name.text == key)
    }

    /// Takes a member out.
    pub(crate) fn take(&mut self, key: &str) -> Option<(Name, Value)> {
        let index = self.members.iter().position(|(name, _)| name.text == key)?;
        Some(self.members.swap_remove(index))
    }
}

impl Value {
    /// What kind of value it is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        self.kind.describe()
    }
}

impl ValueKind {
    /// What kind of value it is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Object(_) => "an object",
            Self::List(_) => "a list",
            Self::Str(_) => "a string",
            Self::Bool(_) => "a truth value",
        }
    }
}

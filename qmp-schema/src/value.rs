//! The values that expressions are made of: objects, lists, strings and truth values.

use crate::source::Span;

/// A string and its place, quotes included.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// A value and its place. The place of an object or list is its opening bracket.
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

/// The members of an object in the order written. All keys differ.
#[derive(Debug, Default)]
pub(crate) struct Object {
    pub(crate) members: Vec<(Name, Value)>,
    /// Whether it had duplicate keys, which have been reported and removed.
    pub(crate) is_flawed: bool,
}

impl Object {
    pub(crate) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| name.text == key)
    }

    /// Removes a member.
    pub(crate) fn take(&mut self, key: &str) -> Option<(Name, Value)> {
        let index = self.members.iter().position(|(name, _)| name.text == key)?;
        Some(self.members.swap_remove(index))
    }
}

impl Value {
    /// The kind of the value, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        self.kind.describe()
    }
}

impl ValueKind {
    /// The kind of the value, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Object(_) => "an object",
            Self::List(_) => "a list",
            Self::Str(_) => "a string",
            Self::Bool(_) => "a boolean",
        }
    }
}

//! Values of a newer peer that the schema does not have, and JSON's `null`.

use std::fmt;

use super::{Record, Table, Visitor};
use crate::{Map, Value};

/// JSON's `null`, which is QAPI's builtin type `null`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Null;

/// The branch of a union for a discriminator value that the schema does not have: the value, and the members that are not
/// in the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct UnknownBranch {
    /// The discriminator's value.
    pub value: String,
    /// The members that are not in the schema.
    pub members: Map<String, Value>,
}

impl UnknownBranch {
    /// Creates a branch without members.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self { value: value.to_owned(), members: Map::new() }
    }
}

impl Record for UnknownBranch {
    const TABLE: &'static Table = &Table::empty("unknown branch");

    fn visit<V: Visitor>(&self, visitor: &mut V) {
        visitor.extra(&self.members);
    }

    fn extra(&mut self) -> Option<&mut Map<String, Value>> {
        Some(&mut self.members)
    }
}

/// The error of an enumeration's `FromStr` for a value that the schema does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    enumeration: &'static str,
    text: String,
}

impl UnknownValue {
    /// Creates the error for `text`, which is not a value of `enumeration`.
    pub(crate) fn new(enumeration: &'static str, text: &str) -> Self {
        Self { enumeration, text: text.to_owned() }
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no value `{}`", self.enumeration, self.text)
    }
}

impl std::error::Error for UnknownValue {}

//! A map of members that a schema does not name.

use std::fmt;

use super::IntoProperty;
use crate::{Map, Value};

/// Members that a schema does not name: a builder for an object in JSON.
///
/// It is accepted wherever generated code takes any members or any value: by `properties` of a command's arguments, as the
/// arguments of a command without a schema for them, and as the value of a member of type `any`.
///
/// ```
/// use qmp_types::{Map, Properties, Value};
///
/// let disk = Properties::new().property("drive", "disk0").property("share-rw", true).property("bootindex", 1);
/// let members: Map<String, Value> = disk.into();
/// assert_eq!(members["bootindex"], 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Properties(Map<String, Value>);

impl Properties {
    /// Creates an empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member, or replaces the one of that name. `None` adds nothing.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl IntoProperty) -> Self {
        if let Some(value) = value.into_property() {
            self.0.insert(name.into(), value);
        }
        self
    }
}

impl<N: Into<String>, V: IntoProperty> FromIterator<(N, V)> for Properties {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(properties: I) -> Self {
        properties.into_iter().fold(Self::new(), |all, (name, value)| all.property(name, value))
    }
}

impl IntoIterator for Properties {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Map<String, Value>> for Properties {
    fn from(members: Map<String, Value>) -> Self {
        Self(members)
    }
}

impl From<Properties> for Map<String, Value> {
    fn from(properties: Properties) -> Self {
        properties.0
    }
}

impl From<Properties> for Value {
    fn from(properties: Properties) -> Self {
        Self::Object(properties.0)
    }
}

impl IntoProperty for Properties {
    fn into_property(self) -> Option<Value> {
        Some(self.into())
    }
}

/// Formats the members as JSON.
impl fmt::Display for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Value::Object(self.0.clone()).fmt(f)
    }
}

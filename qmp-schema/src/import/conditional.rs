//! The conditions of the parts of introspection data, in the form that generated clients carry.

use serde_json::{Map, Value};

use crate::model::Condition;

/// The conditions by entry and part.
#[derive(Debug, Default)]
pub(super) struct Conditional(Map<String, Value>);

impl Conditional {
    /// Reads the conditions. Without any, every part is unconditional.
    pub(super) fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(Self)
    }

    /// Returns the condition of a part of an entry.
    pub(super) fn of(&self, entry: &str, part: &str) -> Condition {
        self.0.get(entry).and_then(|parts| parts.get(part)).map_or(Condition::Always, condition)
    }
}

fn condition(value: &Value) -> Condition {
    let operands = |value: &Value| value.as_array().into_iter().flatten().map(condition).collect();
    match value {
        Value::String(name) => Condition::Name(name.clone()),
        Value::Object(operation) => match operation.iter().next().map(|(operator, value)| (operator.as_str(), value)) {
            Some(("all", value)) => Condition::All(operands(value)),
            Some(("any", value)) => Condition::Any(operands(value)),
            Some(("not", value)) => Condition::Not(Box::new(condition(value))),
            _ => Condition::Always,
        },
        _ => Condition::Always,
    }
}

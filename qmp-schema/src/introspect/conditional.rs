//! The conditions of the parts of introspection data, which the data itself does not show: for clients that compare their schema
//! with a server's.
//!
//! As JSON: by the name of an entry, by the part of the entry (`""` for the entry itself, `.member`, `=value`, `[case]`, `[0]` for
//! an alternate's first branch), the condition as a schema writes it.

use serde_json::{Map, Value, json};

use crate::model::{Condition, Conditions, Schema, TypeId, TypeKind};

/// The conditions found so far.
#[derive(Debug, Default)]
pub(super) struct Conditional(Map<String, Value>);

impl Conditional {
    /// Adds the condition of a part.
    pub(super) fn add(&mut self, entry: &str, part: &str, condition: &Condition) {
        if *condition != Condition::Always {
            let parts = self.0.entry(entry).or_insert_with(|| json!({}));
            parts[part] = written(condition);
        }
    }

    /// Adds the conditions of the parts of a type that `conditions` keep.
    pub(super) fn add_parts(&mut self, entry: &str, schema: &Schema, id: TypeId, conditions: &Conditions) {
        match &schema.ty(id).kind {
            TypeKind::Enum(kind) => {
                kind.values.iter().for_each(|value| self.add(entry, &format!("={}", value.name), &value.condition));
            }
            TypeKind::Object(object) => {
                for member in schema.members(id) {
                    self.add(entry, &format!(".{}", member.name), &member.condition);
                }
                for branch in object.variants.iter().flat_map(|variants| &variants.branches) {
                    self.add(entry, &format!("[{}]", branch.name), &branch.condition);
                }
            }
            TypeKind::Alternate(alternate) => {
                let kept = alternate.branches.iter().filter(|branch| conditions.admit(&branch.condition));
                for (index, branch) in kept.enumerate() {
                    self.add(entry, &format!("[{index}]"), &branch.condition);
                }
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => {}
        }
    }

    pub(super) fn into_json(self) -> String {
        Value::Object(self.0).to_string()
    }
}

/// Writes a condition as a schema does.
fn written(condition: &Condition) -> Value {
    let all = |conditions: &[Condition]| conditions.iter().map(written).collect::<Value>();
    match condition {
        Condition::Always => Value::Null,
        Condition::Name(name) => json!(name),
        Condition::All(operands) => json!({ "all": all(operands) }),
        Condition::Any(operands) => json!({ "any": all(operands) }),
        Condition::Not(operand) => json!({ "not": written(operand) }),
    }
}

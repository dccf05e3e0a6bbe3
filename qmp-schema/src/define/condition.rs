//! Reads `if` and `features`.

use super::c_expression::translate;
use super::definer::{Definer, Fields};
use crate::diagnostic::Rule;
use crate::model::{Condition, Feature};
use crate::value::{Object, Value, ValueKind};

/// The keys of conditions that are objects.
const OPERATORS: [&str; 3] = ["all", "any", "not"];

impl Definer<'_> {
    /// Takes the `if`.
    pub(super) fn condition(&mut self, fields: &mut Fields) -> Condition {
        fields.take("if").and_then(|value| self.condition_value("`if`", value)).unwrap_or_default()
    }

    /// Takes the `features`.
    pub(super) fn features(&mut self, fields: &mut Fields) -> Vec<Feature> {
        let features = fields.take("features").and_then(|value| self.list("`features`", value)).unwrap_or_default();
        features.into_iter().filter_map(|value| self.feature(value)).collect()
    }

    fn feature(&mut self, value: Value) -> Option<Feature> {
        let (name, mut fields) = self.named("feature", value)?;
        let condition = self.condition(&mut fields);
        self.finish(fields);
        name.map(|name| Feature { name: name.text, span: name.span, condition })
    }

    /// Reads a condition. Messages call it `key`.
    fn condition_value(&mut self, key: &str, value: Value) -> Option<Condition> {
        match value.kind {
            ValueKind::Str(name) if Condition::is_name(&name) => Some(Condition::Name(name)),
            ValueKind::Str(name) => {
                self.refuse(Rule::ConditionName, value.span, &[&name]);
                let proposal = translate(&name).map(|condition| format!("write it as {condition}"));
                self.diagnostics.latest().notes.extend(proposal);
                None
            }
            ValueKind::Object(mut object) => match &mut *object.members {
                [_] => self.operator(&mut object),
                keys => {
                    let label = if keys.is_empty() { "without a key" } else { "with several keys" };
                    self.refuse(Rule::ConditionOperator, value.span, &[label]);
                    None
                }
            },
            _ => {
                let none = self.wrong_type(key, "a string or an object", &value);
                if let ValueKind::List(_) = value.kind {
                    self.diagnostics.latest().note("to require several conditions, write { 'all': [...] }");
                }
                none
            }
        }
    }

    /// Reads the condition of an object with one key.
    fn operator(&mut self, object: &mut Object) -> Option<Condition> {
        let (key, value) = object.members.pop()?;
        match &*key.text {
            "all" => self.conditions("all", value).map(Condition::All),
            "any" => self.conditions("any", value).map(Condition::Any),
            "not" => self.condition_value("`not`", value).map(|condition| Condition::Not(Box::new(condition))),
            unknown => {
                let note = self.diagnostics.did_you_mean(unknown, OPERATORS);
                self.refuse(Rule::ConditionOperator, key.span, &["another key"]);
                self.diagnostics.latest().notes.extend(note);
                None
            }
        }
    }

    fn conditions(&mut self, key: &str, value: Value) -> Option<Vec<Condition>> {
        let span = value.span;
        let quoted = format!("`{key}`");
        let values = self.list(&quoted, value)?;
        if values.is_empty() {
            self.refuse(Rule::EmptyCondition, span, &[key]);
        }
        let element = format!("an element of {quoted}");
        Some(values.into_iter().filter_map(|value| self.condition_value(&element, value)).collect())
    }
}

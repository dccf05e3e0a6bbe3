//! `if` and `features`.

use super::Definer;
use super::fields::Fields;
use crate::diagnostic::Rule;
use crate::model::{Condition, Feature};
use crate::value::{Object, Value, ValueKind};

impl Definer<'_> {
    /// The `if` of what `fields` describes.
    pub(super) fn condition(&mut self, fields: &mut Fields) -> Condition {
        fields.take("if").and_then(|value| self.condition_value(value)).unwrap_or_default()
    }

    /// The `features` of what `fields` describes.
    pub(super) fn features(&mut self, fields: &mut Fields) -> Vec<Feature> {
        let features = fields.take("features").and_then(|value| self.list("`features`", value)).unwrap_or_default();
        features.into_iter().filter_map(|value| self.feature(value)).collect()
    }

    fn feature(&mut self, value: Value) -> Option<Feature> {
        let (name, mut fields) = self.named("feature", value)?;
        let condition = self.condition(&mut fields);
        self.refuse_unknown(fields);
        Some(Feature { name: name.text, span: name.span, condition })
    }

    fn condition_value(&mut self, value: Value) -> Option<Condition> {
        match value.kind {
            ValueKind::Str(name) if Condition::is_name(&name) => Some(Condition::Name(name)),
            ValueKind::Str(name) => {
                self.refuse(Rule::ConditionName, value.span, &[&name]);
                None
            }
            ValueKind::Object(mut object) => match &mut *object.members {
                [_] => self.operator(&mut object),
                _ => {
                    self.refuse(Rule::ConditionOperator, value.span, &[]);
                    None
                }
            },
            _ => self.wrong_type("`if`", "a string or an object", &value),
        }
    }

    /// The condition of an object with one key.
    fn operator(&mut self, object: &mut Object) -> Option<Condition> {
        let (key, value) = object.members.pop()?;
        match &*key.text {
            "all" => self.conditions("all", value).map(Condition::All),
            "any" => self.conditions("any", value).map(Condition::Any),
            "not" => self.condition_value(value).map(|condition| Condition::Not(Box::new(condition))),
            _ => {
                self.refuse(Rule::ConditionOperator, key.span, &[]);
                None
            }
        }
    }

    fn conditions(&mut self, key: &str, value: Value) -> Option<Vec<Condition>> {
        let span = value.span;
        let values = self.list(&format!("`{key}`"), value)?;
        if values.is_empty() {
            self.refuse(Rule::EmptyCondition, span, &[key]);
        }
        Some(values.into_iter().filter_map(|value| self.condition_value(value)).collect())
    }
}

//! Objects with a fixed set of keys.

use super::Definer;
use crate::diagnostic::Rule;
use crate::source::Span;
use crate::syntax::Name;
use crate::value::{Object, Value, ValueKind};

/// An object with a fixed set of keys. What has been asked for is known; what is left in the end is not.
pub(super) struct Fields {
    object: Object,
    /// What the object is, for messages.
    pub(super) what: &'static str,
    /// Where its name stands.
    pub(super) name: Span,
    asked: Vec<&'static str>,
}

impl Fields {
    pub(super) fn new(object: Object, what: &'static str, name: Span) -> Self {
        Self { object, what, name, asked: Vec::new() }
    }

    /// Takes the value of a key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Value> {
        self.asked.push(key);
        self.object.take(key).map(|(_, value)| value)
    }
}

impl Definer<'_> {
    /// Reports something that leaves the definition incomplete.
    pub(super) fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) {
        self.diagnostics.error(rule, span, arguments);
        self.complete = false;
    }

    /// Takes the value of a key that must be there. One that is a misspelling of it is refused, and taken for it.
    pub(super) fn required(&mut self, fields: &mut Fields, key: &'static str) -> Option<Value> {
        if let Some(value) = fields.take(key) {
            return Some(value);
        }
        let keys = &mut fields.object.members;
        let Some(at) =
            keys.iter().position(|(written, _)| self.diagnostics.did_you_mean(&written.text, [key]).is_some())
        else {
            self.refuse(Rule::MissingKey, fields.name, &[fields.what, key]);
            return None;
        };
        let (written, value) = keys.swap_remove(at);
        self.refuse_key(fields.what, &written, &[key]);
        Some(value)
    }

    /// Refuses all keys that nothing has asked for.
    pub(super) fn refuse_unknown(&mut self, fields: Fields) {
        for (key, _) in fields.object.members {
            self.refuse_key(fields.what, &key, &fields.asked);
        }
    }

    fn refuse_key(&mut self, what: &str, key: &Name, known: &[&str]) {
        self.complete = false;
        let note = self.diagnostics.did_you_mean(&key.text, known.iter().copied());
        let note = note.unwrap_or_else(|| format!("the keys are {}", quoted(known)));
        self.diagnostics.error(Rule::UnknownKey, key.span, &[what, &key.text]).note(note);
    }

    pub(super) fn object(&mut self, key: &str, value: Value) -> Option<Object> {
        match value.kind {
            ValueKind::Object(object) => Some(object),
            _ => self.wrong_type(key, "an object", &value),
        }
    }

    pub(super) fn list(&mut self, key: &str, value: Value) -> Option<Vec<Value>> {
        match value.kind {
            ValueKind::List(values) => Some(values),
            _ => self.wrong_type(key, "a list", &value),
        }
    }

    pub(super) fn string(&mut self, key: &str, value: Value) -> Option<Name> {
        match value.kind {
            ValueKind::Str(text) => Some(Name { text, span: value.span }),
            _ => self.wrong_type(key, "a string", &value),
        }
    }

    /// Reports a value of the wrong type; gives none, for the caller to return.
    pub(super) fn wrong_type<T>(&mut self, key: &str, wanted: &str, value: &Value) -> Option<T> {
        self.refuse(Rule::WrongType, value.span, &[key, wanted, value.describe()]);
        None
    }
}

fn quoted(keys: &[&str]) -> String {
    let mut keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    keys.sort();
    keys.join(", ")
}

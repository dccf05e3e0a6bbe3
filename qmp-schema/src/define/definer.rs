//! Reads objects with a fixed set of keys, and values of a wanted kind.

use crate::diagnostic::{Diagnostics, Rule};
use crate::source::Span;
use crate::syntax::Name;
use crate::value::{Object, Value, ValueKind};

/// Reads the parts of one definition. Malformed parts are reported and left out.
pub(super) struct Definer<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Whether no part was left out.
    pub(super) complete: bool,
}

/// An object with a fixed set of keys: those that are taken. Keys that remain in the end are unknown.
pub(super) struct Fields {
    object: Object,
    /// The name of such objects in messages.
    pub(super) what: &'static str,
    /// The place of its own name.
    pub(super) name: Span,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl Fields {
    pub(super) fn new(object: Object, what: &'static str, name: Span) -> Self {
        Self { object, what, name, known: Vec::new(), missing: Vec::new() }
    }

    /// Takes the value of a key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Value> {
        self.take_with_key(key).map(|(_, value)| value)
    }

    /// Takes a key and its value.
    pub(super) fn take_with_key(&mut self, key: &'static str) -> Option<(Name, Value)> {
        self.known.push(key);
        self.object.take(key)
    }

    /// Removes all keys if there are some, but none of these; returns whether that is so.
    pub(super) fn forget_others(&mut self, keys: &[&str]) -> bool {
        let is_other = !self.object.members.is_empty() && keys.iter().all(|key| !self.object.has(key));
        if is_other {
            self.object.members.clear();
        }
        is_other
    }
}

impl Definer<'_> {
    /// Reports something that leaves the definition incomplete.
    pub(super) fn refuse(&mut self, rule: Rule, span: Span, arguments: &[&str]) {
        self.diagnostics.error(rule, span, arguments);
        self.complete = false;
    }

    /// Takes the value of a required key, which [`finish`](Self::finish) reports if it is missing. A misspelt key is reported and
    /// taken for it.
    pub(super) fn required(&mut self, fields: &mut Fields, key: &'static str) -> Option<Value> {
        if let Some(value) = fields.take(key) {
            return Some(value);
        }
        let keys = &mut fields.object.members;
        let Some(at) =
            keys.iter().position(|(written, _)| self.diagnostics.did_you_mean(&written.text, [key]).is_some())
        else {
            fields.missing.push(key);
            return None;
        };
        let (written, value) = keys.swap_remove(at);
        self.refuse_key(fields.what, &written, &[key]);
        Some(value)
    }

    /// Reports missing and unknown keys.
    pub(super) fn finish(&mut self, fields: Fields) {
        if let Some((last, others)) = fields.missing.split_last() {
            let quote = |key: &&str| format!("`{key}`");
            let others = others.iter().map(quote).collect::<Vec<_>>().join(", ");
            let (keys, are) = match others.is_empty() {
                true => (format!("key `{last}`"), format!("`{last}` is")),
                false => (format!("keys {others} and `{last}`"), format!("{others} and `{last}` are")),
            };
            self.refuse(Rule::MissingKey, fields.name, &[fields.what, &keys, &are]);
            if fields.what == "union" && fields.missing == ["base", "discriminator"] {
                let note = "the base has the discriminator as a member, of an enum type whose values are the names of the branches";
                self.diagnostics.latest().note(note);
            }
        }
        for (key, _) in fields.object.members {
            self.refuse_key(fields.what, &key, &fields.known);
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

    /// Reports a value of the wrong type. Returns none, which the caller returns too.
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

//! Names to ids.

use super::Lowerer;
use super::plan::Named;
use crate::diagnostic::Rule;
use crate::model::TypeId;
use crate::source::Span;
use crate::syntax::{Kind, Name, TypeRef};

impl Lowerer<'_> {
    /// The type that is meant; unknown ones are reported.
    pub(super) fn type_ref(&mut self, reference: &TypeRef) -> TypeId {
        match reference {
            TypeRef::Name(name) => self.type_named(name),
            TypeRef::Array(element) => self.array_of(element),
        }
    }

    pub(super) fn type_named(&mut self, name: &Name) -> TypeId {
        if name.span == Span::NONE {
            return self.plan.unknown();
        }
        self.plan.resolve(&name.text).unwrap_or_else(|| self.refuse_unknown(name))
    }

    fn array_of(&mut self, element: &Name) -> TypeId {
        let id = self.type_named(element);
        if self.plan.is_array(id) {
            self.diagnostics.error(Rule::ArrayOfArrays, element.span, &[&element.text]);
            return self.plan.unknown();
        }
        self.plan.array(&element.text).unwrap_or(self.plan.unknown())
    }

    /// Reports an unknown type, unless its definition may have been lost to another error.
    fn refuse_unknown(&mut self, name: &Name) -> TypeId {
        let unknown = self.plan.unknown();
        let Some(&Named::Definition(other)) = self.plan.names.get(&*name.text) else {
            if self.syntax.complete {
                self.refuse_undefined(name);
            }
            return unknown;
        };
        let other = &self.syntax.definitions[other];
        let what = match other.kind {
            Kind::Event(_) => "an event",
            _ => "a command",
        };
        let error = self.diagnostics.error(Rule::NotAType, name.span, &[&name.text, what]);
        error.related(other.name.span, "defined here");
        unknown
    }

    fn refuse_undefined(&mut self, name: &Name) {
        let types = self.plan.names.keys().copied().filter(|name| self.plan.resolve(name).is_some());
        let element = name.text.strip_suffix("List").filter(|element| self.plan.resolve(element).is_some());
        let note = match (element, elsewhere(&name.text)) {
            (Some(element), _) => Some(format!("an array is written [ '{element}' ]")),
            _ if name.text.starts_with('*') || name.text.ends_with('?') => {
                Some("the name of an optional member begins with `*`: '*member': 'Type'".to_owned())
            }
            (_, Some(builtin)) => Some(format!("did you mean `{builtin}`?")),
            _ => self.diagnostics.did_you_mean(&name.text, types),
        };
        self.diagnostics.error(Rule::UnknownType, name.span, &[&name.text]).notes.extend(note);
    }
}

/// What a type of other languages is called in this one.
fn elsewhere(name: &str) -> Option<&'static str> {
    Some(match &*name.to_ascii_lowercase() {
        "string" => "str",
        "boolean" => "bool",
        "integer" | "long" | "i64" => "int",
        "float" | "double" | "f32" | "f64" => "number",
        "i8" => "int8",
        "i16" => "int16",
        "i32" => "int32",
        "u8" | "byte" => "uint8",
        "u16" => "uint16",
        "u32" => "uint32",
        "u64" => "uint64",
        _ => return None,
    })
}

//! Resolves the names of types to ids.

use super::type_ids::{Named, TypeIds};
use crate::diagnostic::{Diagnostics, Rule};
use crate::model::TypeId;
use crate::source::Span;
use crate::syntax::{Kind, Name, Syntax, TypeRef};

/// Resolves names, and reports those that are not the name of a type.
pub(super) struct Resolver<'a> {
    pub(super) syntax: &'a Syntax,
    pub(super) ids: TypeIds<'a>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    /// Returns the type of a reference, or the unknown type.
    pub(super) fn reference(&mut self, reference: &TypeRef) -> TypeId {
        match reference {
            TypeRef::Name(name) => self.named(name),
            TypeRef::Array(element) => self.array_of(element),
        }
    }

    /// Returns the type of a name, or the unknown type.
    pub(super) fn named(&mut self, name: &Name) -> TypeId {
        if name.span == Span::NONE {
            return self.ids.unknown();
        }
        self.ids.resolve(&name.text).unwrap_or_else(|| self.refuse(name))
    }

    fn array_of(&mut self, element: &Name) -> TypeId {
        let id = self.named(element);
        if self.ids.is_array(id) {
            self.diagnostics.error(Rule::ArrayOfArrays, element.span, &[&element.text]);
            return self.ids.unknown();
        }
        self.ids.array(&element.text).unwrap_or(self.ids.unknown())
    }

    /// Reports a name that is not a type's, unless its definition may have been lost to another error.
    fn refuse(&mut self, name: &Name) -> TypeId {
        let unknown = self.ids.unknown();
        let Some(&Named::Definition(other)) = self.ids.names.get(&*name.text) else {
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
        let types = self.ids.names.keys().copied().filter(|name| self.ids.resolve(name).is_some());
        let element = name.text.strip_suffix("List").filter(|element| self.ids.resolve(element).is_some());
        let note = match (element, in_other_languages(&name.text)) {
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

/// Returns the builtin that other languages know by the name.
fn in_other_languages(name: &str) -> Option<&'static str> {
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

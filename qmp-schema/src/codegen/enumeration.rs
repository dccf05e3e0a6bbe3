//! Enumerations.

use crate::model::{Described, Enum, EnumValue, TypeId};

use super::context::{Context, Scope};
use super::names::of_values;
use super::output::{Code, line};
use super::types::STRING;
use super::{docs, tables};

/// Emits an enumeration: a variant per value and, unless enums are closed, `Unknown` for the values of a newer peer. One without
/// values always has `Unknown`: otherwise Rust could not make a value of it, and the reader fills values that exist.
pub(super) fn emit(cx: &Context<'_>, id: TypeId, kind: &Enum, code: &mut Code) {
    let def = &cx.schema.ty(id).def;
    let enumeration = Enumeration {
        cx,
        name: cx.names.ty(id),
        wire_name: &def.name,
        values: of_values(&kind.values).into_iter().zip(&kind.values).collect(),
        open: !cx.config.closed,
    };
    code.doc(&docs::definition(cx, def, Scope::Root));
    enumeration.emit_type(&docs::described(cx, def), code);
    enumeration.emit_methods(code);
    tables::private(cx, code, |code| enumeration.emit_implementation(code));
    code.gap();
}

struct Enumeration<'a> {
    cx: &'a Context<'a>,
    name: &'a str,
    wire_name: &'a str,
    values: Vec<(String, &'a EnumValue)>,
    open: bool,
}

impl Enumeration<'_> {
    fn emit_type(&self, described: &Described<'_>, code: &mut Code) {
        let copy = if self.open { "" } else { "Copy, " };
        line!(code, "#[derive(Clone, {copy}Debug, PartialEq, Eq, Hash)]");
        if self.open {
            line!(code, "#[non_exhaustive]");
        }
        code.block(format!("pub enum {}", self.name), |code| {
            for (variant, value) in &self.values {
                code.doc(&docs::value(self.cx, value, described));
                code.attribute(docs::deprecated(self.cx, &value.features, described).as_deref());
                line!(code, "{variant},");
            }
            if self.open {
                line!(code, "/// A value that the schema does not define, as a newer peer may send it.");
                line!(code, "Unknown({STRING}),");
            } else if self.values.is_empty() {
                line!(code, "/// The schema defines no value.");
                line!(code, "Unknown,");
            }
        });
    }

    fn emit_methods(&self, code: &mut Code) {
        code.allow_deprecated(self.values.iter().any(|(_, value)| docs::is_deprecated(self.cx, &value.features)));
        code.block(format!("impl {}", self.name), |code| {
            line!(code, "/// All values that the schema defines.");
            let all: Vec<String> = self.values.iter().map(|(variant, _)| format!("Self::{variant}")).collect();
            code.list("pub const ALL: &'static [Self] = &[", &all, "];");
            line!(code, "/// Returns the value as it is on the wire.");
            line!(code, "#[must_use]");
            let (receiver, text) = if self.open { ("&self", "&str") } else { ("self", "&'static str") };
            code.block(format!("pub fn as_str({receiver}) -> {text}"), |code| {
                code.block("match self", |code| {
                    for (variant, value) in &self.values {
                        line!(code, "Self::{variant} => \"{}\",", value.name);
                    }
                    if self.open {
                        line!(code, "Self::Unknown(text) => text,");
                    } else if self.values.is_empty() {
                        line!(code, "Self::Unknown => \"\",");
                    }
                });
            });
        });
    }

    fn emit_implementation(&self, code: &mut Code) {
        let values: Vec<String> = self.values.iter().map(|(_, value)| name(value)).collect();
        names(self.wire_name, &values, code);
        code.block(format!("impl p::Enumeration for {}", self.name), |code| {
            code.block("fn names(&self) -> &'static p::Names", |code| line!(code, "&NAMES"));
            code.block("fn text(&self) -> &str", |code| line!(code, "self.as_str()"));
            self.emit_select(code);
            code.block(unknown_signature(self.open), |code| {
                if self.open {
                    line!(code, "*self = Self::Unknown(text.into());");
                }
                line!(code, "{}", self.open);
            });
        });
        let blank = match self.values.first() {
            Some((variant, _)) => variant.clone(),
            None if self.open => format!("Unknown({STRING}::new())"),
            None => "Unknown".to_owned(),
        };
        line!(code, "p::enumeration!({0}, &NAMES, {0}::{blank});", self.name);
    }

    fn emit_select(&self, code: &mut Code) {
        match (self.values.is_empty(), self.open) {
            (true, _) => code.block("fn select(&mut self, _: usize)", |_| {}),
            (false, open) => code.block("fn select(&mut self, index: usize)", |code| {
                line!(code, "*self = Self::ALL[index]{};", if open { ".clone()" } else { "" });
            }),
        }
    }
}

/// The static table of an enum's values.
pub(super) fn names(wire_name: &str, values: &[String], code: &mut Code) {
    let head = format!("static NAMES: p::Names = p::Names {{ name: \"{wire_name}\", values: &[");
    code.list(&head, values, "] };");
}

/// A table's entry for a value.
pub(super) fn name(value: &EnumValue) -> String {
    format!("p::Name::new(\"{}\"){}", value.name, tables::flags(&value.features))
}

pub(super) fn unknown_signature(open: bool) -> &'static str {
    match open {
        true => "fn unknown(&mut self, text: &str) -> bool",
        false => "fn unknown(&mut self, _: &str) -> bool",
    }
}

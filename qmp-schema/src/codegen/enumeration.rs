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
        let values: Vec<&str> = self.values.iter().map(|(_, value)| value.name.as_str()).collect();
        names(self.wire_name, &values, code);
        code.block(format!("impl p::Enumeration for {}", self.name), |code| {
            emit_names(code);
            line!(code, "#[inline]");
            code.block("fn text(&self) -> &str", |code| line!(code, "self.as_str()"));
            self.emit_known(code);
            let unknown = if self.open { "Some(Self::Unknown(text.into()))" } else { "None" };
            emit_unknown(unknown, self.open, code);
        });
        let blank = match self.values.first() {
            Some((variant, _)) => variant.clone(),
            None if self.open => format!("Unknown({STRING}::new())"),
            None => "Unknown".to_owned(),
        };
        line!(code, "p::enumeration!({0}, {0}::{blank});", self.name);
    }

    fn emit_known(&self, code: &mut Code) {
        line!(code, "#[inline]");
        match (self.values.is_empty(), self.open) {
            (true, true) => code.block("fn known(_: usize) -> Self", |code| {
                line!(code, "Self::Unknown({STRING}::new())");
            }),
            (true, false) => code.block("fn known(_: usize) -> Self", |code| line!(code, "Self::Unknown")),
            (false, open) => code.block("fn known(index: usize) -> Self", |code| {
                line!(code, "Self::ALL[index]{}", if open { ".clone()" } else { "" });
            }),
        }
    }
}

/// The values of an enum, `NAMES`.
pub(super) fn names(wire_name: &str, values: &[&str], code: &mut Code) {
    tables::names("static NAMES: p::Names = ", wire_name, values, ";", code);
}

/// `Enumeration::names`.
pub(super) fn emit_names(code: &mut Code) {
    line!(code, "#[inline]");
    code.block("fn names() -> &'static p::Names", |code| line!(code, "&NAMES"));
}

/// `Enumeration::unknown`, which gives this `Option` of a value.
pub(super) fn emit_unknown(value: &str, open: bool, code: &mut Code) {
    let text = if open { "text" } else { "_" };
    line!(code, "#[inline]");
    code.block(format!("fn unknown({text}: &str) -> ::std::option::Option<Self>"), |code| {
        line!(code, "::std::option::Option::{value}");
    });
}

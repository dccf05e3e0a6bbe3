//! Generates enumerations.

use crate::model::{Described, Enum, EnumValue, TypeId};

use super::context::STRING;
use super::context::{Context, Scope};
use super::names::of_values;
use super::output::{Code, line};
use super::{docs, tables};

/// Emits an enumeration: a variant per value and, unless enums are closed, `Unknown` for the values of a newer peer.
///
/// An enumeration without values always has `Unknown`. The reader fills existing values, and an enum without variants has
/// none.
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
    code.postpone(|code| enumeration.emit_implementation(code));
    code.gap();
}

struct Enumeration<'a> {
    cx: &'a Context<'a>,
    name: &'a str,
    wire_name: &'a str,
    /// The values and the names of their variants.
    values: Vec<(String, &'a EnumValue)>,
    /// Whether values that are not in the schema are kept, in the variant `Unknown`.
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
            line!(code, "#[inline]");
            let private = format!("{}::private", self.cx.runtime());
            let (signature, text) = match (self.open, self.values.is_empty()) {
                (true, _) => ("(&self) -> &str", format!("{private}::Enumeration::text(self)")),
                (false, true) => ("(self) -> &'static str", "\"\"".to_owned()),
                (false, false) => {
                    ("(self) -> &'static str", format!("<Self as {private}::Enumeration>::NAMES.all[self as usize]"))
                }
            };
            code.block(format!("pub fn as_str{signature}"), |code| line!(code, "{text}"));
        });
    }

    fn emit_implementation(&self, code: &mut Code) {
        let values: Vec<_> =
            self.values.iter().map(|(_, value)| (value.name.as_str(), value.features.as_slice())).collect();
        code.block(format!("impl p::Enumeration for {}", self.name), |code| {
            tables::names("const NAMES: &'static p::Names = &", self.wire_name, &values, ";", code);
            self.emit_position(code);
            let variants: Vec<String> = self.values.iter().map(|(variant, _)| format!("Self::{variant}")).collect();
            emit_known(&variants, code);
            let unknown = if self.open { "Some(Self::Unknown(text.into()))" } else { "None" };
            emit_unknown(unknown, self.open, code);
        });
        let blank = match self.values.first() {
            Some((variant, _)) => variant.clone(),
            None if self.open => format!("Unknown({STRING}::new())"),
            None => "Unknown".to_owned(),
        };
        tables::generated(self.name, "Enum", code, |code| line!(code, "Self::{blank}"));
        line!(code, "p::enumeration!({});", self.name);
    }

    fn emit_position(&self, code: &mut Code) {
        let variants: Vec<&str> = self.values.iter().map(|(variant, _)| variant.as_str()).collect();
        let other = match (self.open, self.values.is_empty()) {
            (true, _) => Some(("Unknown(text)", "text")),
            (false, true) => Some(("Unknown", "\"\"")),
            (false, false) => None,
        };
        emit_position(&variants, other, code);
    }
}

/// Emits `Enumeration::position`. The patterns of the variants are in the order of the names. `other` is the pattern and the
/// text of a value that is not in the schema.
pub(super) fn emit_position(variants: &[&str], other: Option<(&str, &str)>, code: &mut Code) {
    line!(code, "#[inline]");
    code.block("fn position(&self) -> ::std::result::Result<usize, &str>", |code| {
        code.block("match self", |code| {
            for (index, variant) in variants.iter().enumerate() {
                line!(code, "Self::{variant} => ::std::result::Result::Ok({index}),");
            }
            if let Some((pattern, text)) = other {
                line!(code, "Self::{pattern} => ::std::result::Result::Err({text}),");
            }
        });
    });
}

/// Emits `Enumeration::known`, with the values in the order of the names. Without values, it returns a blank value.
pub(super) fn emit_known(values: &[String], code: &mut Code) {
    line!(code, "#[inline]");
    match values {
        [] => code.block("fn known(_: usize) -> Self", |code| line!(code, "p::Generated::blank()")),
        [value] => code.block("fn known(_: usize) -> Self", |code| line!(code, "{value}")),
        [values @ .., last] => code.block("fn known(index: usize) -> Self", |code| {
            code.block("match index", |code| {
                for (index, value) in values.iter().enumerate() {
                    line!(code, "{index} => {value},");
                }
                line!(code, "_ => {last},");
            });
        }),
    }
}

/// Emits `Enumeration::unknown`. `value` is the `Option` that it returns.
pub(super) fn emit_unknown(value: &str, open: bool, code: &mut Code) {
    let text = if open { "text" } else { "_" };
    line!(code, "#[inline]");
    code.block(format!("fn unknown({text}: &str) -> ::std::option::Option<Self>"), |code| {
        line!(code, "::std::option::Option::{value}");
    });
}

//! Generates an enum for an alternate. The JSON type of a value selects its variant.

use crate::model::{self, Branch, Builtin, Described, TypeId, TypeKind};

use super::context::{Context, Scope};
use super::conversion::{Conversion, from};
use super::names::of_branches;
use super::output::{Code, line};
use super::tables::LARGE_VARIANTS;
use super::union::conversion;
use super::{docs, tables};

/// Emits an alternate: a variant per branch and, unless enums are closed, `Unknown` for the values of a newer peer. Like an
/// enumeration without values, an alternate without branches always has `Unknown`.
pub(super) fn emit(cx: &Context<'_>, id: TypeId, alternate: &model::Alternate, code: &mut Code) {
    let def = &cx.schema.ty(id).def;
    let alternate = Alternate::new(cx, id, alternate);
    code.doc(&docs::definition(cx, def, Scope::Root));
    alternate.emit_type(&docs::described(cx, def), code);
    for variant in &alternate.variants {
        conversion(alternate.name, &variant.name, &cx.value_type(variant.branch.ty, Scope::Root), &variant.ty, code);
        if cx.conversion(variant.branch.ty, Scope::Root) == Conversion::Text {
            let value = format!("Self::{}(value.into())", variant.name);
            from((alternate.name, ""), ("&str", "value"), &value, code);
        }
    }
    code.postpone(|code| {
        alternate.emit_implementation(&def.name, code);
        tables::equality(!cx.floating.contains(id), alternate.name, code);
    });
    code.gap();
}

struct Alternate<'a> {
    cx: &'a Context<'a>,
    name: &'a str,
    variants: Vec<Variant<'a>>,
    /// The index of the variant that a blank value has.
    blank: Option<usize>,
    /// Whether values that are not in the schema are kept, in the variant `Unknown`.
    open: bool,
}

struct Variant<'a> {
    name: String,
    branch: &'a Branch,
    ty: String,
}

impl<'a> Alternate<'a> {
    fn new(cx: &'a Context<'a>, id: TypeId, alternate: &'a model::Alternate) -> Self {
        let branches: Vec<&Branch> = alternate.branches.iter().collect();
        let names = of_branches(&branches).into_iter();
        let variant =
            |(name, branch): (_, &'a Branch)| Variant { name, branch, ty: cx.branch_type(id, &branch.name, branch.ty) };
        Self {
            cx,
            name: cx.names.ty(id),
            blank: cx.recursion.blank_branch(&branches),
            variants: names.zip(&alternate.branches).map(variant).collect(),
            open: !cx.config.closed,
        }
    }

    fn emit_type(&self, described: &Described<'_>, code: &mut Code) {
        line!(code, "#[derive(Clone, Debug, PartialEq)]");
        line!(code, "{LARGE_VARIANTS}");
        if self.open {
            line!(code, "#[non_exhaustive]");
        }
        code.block(format!("pub enum {}", self.name), |code| {
            for variant in &self.variants {
                code.doc(&docs::branch(self.cx, variant.branch, described));
                line!(code, "{}({}),", variant.name, variant.ty);
            }
            if self.open {
                line!(code, "/// A value of a JSON type that the schema does not define, as a newer peer may send it.");
                line!(code, "Unknown({}::Value),", self.cx.runtime());
            } else if self.variants.is_empty() {
                line!(code, "/// The schema defines no branch.");
                line!(code, "Unknown,");
            }
        });
    }

    fn emit_implementation(&self, schema_name: &str, code: &mut Code) {
        code.block(format!("impl p::Alternate for {}", self.name), |code| {
            line!(code, "const NAME: &'static str = \"{schema_name}\";");
            self.emit_read_branch(code);
            let value = if self.open { "value" } else { "_" };
            line!(code, "#[inline]");
            code.block(format!("fn unknown({value}: p::Value) -> ::std::option::Option<Self>"), |code| {
                match self.open {
                    true => line!(code, "::std::option::Option::Some(Self::Unknown(value))"),
                    false => line!(code, "::std::option::Option::None"),
                }
            });
        });
        code.block(format!("impl p::Field for {}", self.name), |code| {
            self.emit_blank(code);
            line!(code, "#[inline]");
            code.block("fn read(&mut self, reader: &mut p::Reader<'_>) -> p::Result", |code| {
                line!(code, "reader.alternate(self)");
            });
            let unknown = "writer.unknown_branch::<Self>(value)";
            self.emit_delegation("fn write(&self, writer: &mut p::Writer)", "write", "writer", unknown, code);
            let unknown = "p::Field::feed(value, hasher)";
            self.emit_delegation("fn feed(&self, hasher: &mut dyn p::Hasher)", "feed", "hasher", unknown, code);
        });
    }

    fn emit_read_branch(&self, code: &mut Code) {
        let (kind, reader) = if self.variants.is_empty() { ("_", "_") } else { ("kind", "reader") };
        let result = "::std::option::Option<p::Result>";
        line!(code, "#[inline]");
        let signature = format!("fn read_branch(&mut self, {kind}: p::Kind, {reader}: &mut p::Reader<'_>) -> {result}");
        code.block(signature, |code| {
            if self.variants.is_empty() {
                return line!(code, "::std::option::Option::None");
            }
            code.enclosed("*self = match kind", "{", "};", |code| {
                for variant in &self.variants {
                    let kind = json_kind(&self.cx.schema.ty(variant.branch.ty).kind);
                    line!(code, "p::Kind::{kind} => Self::{}(p::Field::blank()),", variant.name);
                }
                line!(code, "_ => return ::std::option::Option::None,");
            });
            code.enclosed("::std::option::Option::Some(match self", "{", "})", |code| {
                for variant in &self.variants {
                    line!(code, "Self::{}(value) => p::Field::read(value, reader),", variant.name);
                }
                if self.open {
                    line!(code, "Self::Unknown(_) => return ::std::option::Option::None,");
                }
            });
        });
    }

    /// Emits a function of `Field` that calls the same function of the value in the variant, and for the value of
    /// `Unknown` the expression `unknown`.
    fn emit_delegation(&self, signature: &str, call: &str, argument: &str, unknown: &str, code: &mut Code) {
        line!(code, "#[inline]");
        code.block(signature, |code| {
            code.block("match self", |code| {
                for variant in &self.variants {
                    line!(code, "Self::{}(value) => p::Field::{call}(value, {argument}),", variant.name);
                }
                if self.open {
                    line!(code, "Self::Unknown(value) => {unknown},");
                } else if self.variants.is_empty() {
                    line!(code, "Self::Unknown => p::Field::{call}(&(), {argument}),");
                }
            });
        });
    }

    fn emit_blank(&self, code: &mut Code) {
        line!(code, "#[inline]");
        code.block("fn blank() -> Self", |code| match self.blank.map(|index| &self.variants[index]) {
            Some(variant) => line!(code, "Self::{}(p::Field::blank())", variant.name),
            None if self.open => line!(code, "Self::Unknown(p::Value::Null)"),
            None => line!(code, "Self::Unknown"),
        });
    }
}

/// Returns the JSON type of a branch's values.
///
/// A branch always has one JSON type. The schema's rules forbid alternates and `any`, which have several, as branches.
fn json_kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Builtin(Builtin::Null) => "Null",
        TypeKind::Builtin(Builtin::Bool) => "Bool",
        TypeKind::Builtin(Builtin::Str) | TypeKind::Enum(_) => "String",
        TypeKind::Builtin(_) => "Number",
        TypeKind::Array(_) => "Array",
        TypeKind::Object(_) | TypeKind::Alternate(_) => "Object",
    }
}

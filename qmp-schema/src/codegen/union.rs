//! Unions: the enum of the discriminator's values, each with its branch. (The struct around it is an ordinary one.)

use crate::model::{Branch, Described, EnumValue, TypeId, TypeKind, Variants};

use super::context::Context;
use super::enumeration::{self, unknown_signature};
use super::names::of_branches;
use super::output::{Code, line};
use super::tables::LARGE_VARIANTS;
use super::{docs, tables};

/// Emits the discriminator of a union, which carries the branch. An implicit branch is a unit variant; like an enum, a
/// discriminator without values always has `Unknown`.
pub(super) fn emit(cx: &Context<'_>, id: TypeId, variants: &Variants, code: &mut Code) {
    let union = Union::new(cx, id, variants);
    let schema_name = &cx.schema.ty(id).def.name;
    line!(code, "/// The `{}` discriminator of `{schema_name}` and its branch.", variants.tag);
    union.emit_type(code);
    union.emit_conversions(code);
    tables::private(cx, code, |code| {
        union.emit_enumeration(code);
        union.emit_branches(code);
        line!(code, "p::branches!({});", union.name);
    });
    code.gap();
}

struct Union<'a> {
    cx: &'a Context<'a>,
    /// The Rust name of the discriminator.
    name: &'a str,
    /// The name of its enum in the schema.
    wire_name: &'a str,
    /// In the order of the enum.
    variants: Vec<Variant<'a>>,
    /// Index of the variant that a blank value is.
    blank: Option<usize>,
    open: bool,
}

struct Variant<'a> {
    name: String,
    value: &'a EnumValue,
    /// The branch and its Rust type; none where the value has no members of its own.
    branch: Option<(TypeId, String)>,
}

impl<'a> Union<'a> {
    fn new(cx: &'a Context<'a>, id: TypeId, variants: &'a Variants) -> Self {
        let values = match &cx.schema.ty(variants.tag_type).kind {
            TypeKind::Enum(tag) => tag.values.as_slice(),
            _ => &[],
        };
        let with_branch =
            |value: &'a EnumValue| Some((value, variants.branches.iter().find(|branch| branch.name == value.name)?));
        let (values, branches): (Vec<&EnumValue>, Vec<&Branch>) = values.iter().filter_map(with_branch).unzip();
        let variant = |((name, value), branch): ((String, _), &Branch)| {
            let ty = || (branch.ty, cx.branch_type(id, &branch.name, branch.ty));
            Variant { name, value, branch: (!branch.implicit).then(ty) }
        };
        Self {
            cx,
            name: cx.names.branches(id),
            wire_name: &cx.schema.ty(variants.tag_type).def.name,
            blank: cx.recursion.blank_branch(&branches),
            variants: of_branches(&branches).into_iter().zip(values).zip(branches).map(variant).collect(),
            open: !cx.config.closed,
        }
    }

    fn emit_type(&self, code: &mut Code) {
        line!(code, "#[derive(Clone, Debug, PartialEq)]");
        line!(code, "{LARGE_VARIANTS}");
        if self.open {
            line!(code, "#[non_exhaustive]");
        }
        code.block(format!("pub enum {}", self.name), |code| {
            for variant in &self.variants {
                code.doc(&docs::value(self.cx, variant.value, &Described::default()));
                code.attribute(docs::deprecated(self.cx, &variant.value.features, &Described::default()).as_deref());
                match &variant.branch {
                    Some((_, ty)) => line!(code, "{}({ty}),", variant.name),
                    None => line!(code, "{},", variant.name),
                }
            }
            if self.open {
                line!(
                    code,
                    "/// A value that the schema does not define, as a newer peer may send it, and its members."
                );
                line!(code, "Unknown({}::UnknownBranch),", self.cx.runtime());
            } else if self.variants.is_empty() {
                line!(code, "/// The schema defines no value.");
                line!(code, "Unknown,");
            }
        });
    }

    /// Emits `From` for each branch whose type no other branch has.
    fn emit_conversions(&self, code: &mut Code) {
        let branches = || self.variants.iter().filter_map(|variant| Some((variant, variant.branch.as_ref()?)));
        for (variant, (id, ty)) in branches() {
            if branches().filter(|(_, (other, _))| other == id).count() == 1 {
                code.allow_deprecated(docs::is_deprecated(self.cx, &variant.value.features));
                conversion(self.name, &variant.name, &self.cx.value_type(*id, super::context::Scope::Root), ty, code);
            }
        }
    }

    fn emit_enumeration(&self, code: &mut Code) {
        let values: Vec<String> = self.variants.iter().map(|variant| enumeration::name(variant.value)).collect();
        enumeration::names(self.wire_name, &values, code);
        code.block(format!("impl p::Enumeration for {}", self.name), |code| {
            code.block("fn names(&self) -> &'static p::Names", |code| line!(code, "&NAMES"));
            self.emit_text(code);
            self.emit_select(code);
            code.block(unknown_signature(self.open), |code| {
                if self.open {
                    line!(code, "*self = Self::Unknown({}::UnknownBranch::new(text));", self.cx.runtime());
                }
                line!(code, "{}", self.open);
            });
        });
    }

    fn emit_text(&self, code: &mut Code) {
        code.block("fn text(&self) -> &str", |code| {
            code.block("match self", |code| {
                for variant in &self.variants {
                    line!(code, "Self::{} => \"{}\",", variant.pattern("_"), variant.value.name);
                }
                if self.open {
                    line!(code, "Self::Unknown(branch) => &branch.value,");
                } else if self.variants.is_empty() {
                    line!(code, "Self::Unknown => \"\",");
                }
            });
        });
    }

    fn emit_select(&self, code: &mut Code) {
        let blank = |variant: &Variant<'_>| format!("Self::{}", variant.pattern("p::Blank::blank()"));
        match self.variants.as_slice() {
            [] => code.block("fn select(&mut self, _: usize)", |_| {}),
            [variant] => {
                code.block("fn select(&mut self, _: usize)", |code| line!(code, "*self = {};", blank(variant)))
            }
            [variants @ .., last] => code.block("fn select(&mut self, index: usize)", |code| {
                code.enclosed("*self = match index", "{", "};", |code| {
                    for (index, variant) in variants.iter().enumerate() {
                        line!(code, "{index} => {},", blank(variant));
                    }
                    line!(code, "_ => {},", blank(last));
                });
            }),
        }
    }

    fn emit_branches(&self, code: &mut Code) {
        code.block(format!("impl p::Branches for {}", self.name), |code| {
            self.emit_record("", "&", code);
            self.emit_record("_mut", "&mut ", code);
        });
        code.block(format!("impl p::Blank for {}", self.name), |code| {
            code.block("fn blank() -> Self", |code| match self.blank.map(|index| &self.variants[index]) {
                Some(variant) => line!(code, "Self::{}", variant.pattern("p::Blank::blank()")),
                None if self.open => line!(code, "Self::Unknown({}::UnknownBranch::new(\"\"))", self.cx.runtime()),
                None => line!(code, "Self::Unknown"),
            });
        });
    }

    /// `record`, or with the suffix `_mut` the same for filling.
    fn emit_record(&self, suffix: &str, reference: &str, code: &mut Code) {
        let result = format!("::std::option::Option<{reference}dyn p::Record>");
        // A box is looked into, so that the record is the branch itself.
        let inside = format!("{reference}**branch");
        let record = |ty: &str| if ty.starts_with("::std::boxed::Box") { inside.as_str() } else { "branch" };
        code.block(format!("fn record{suffix}({reference}self) -> {result}"), |code| {
            code.block("match self", |code| {
                for variant in &self.variants {
                    match &variant.branch {
                        Some((_, ty)) => {
                            let record = record(ty);
                            line!(code, "Self::{}(branch) => ::std::option::Option::Some({record}),", variant.name);
                        }
                        None => line!(code, "Self::{} => ::std::option::Option::None,", variant.name),
                    }
                }
                if self.open {
                    line!(code, "Self::Unknown(branch) => ::std::option::Option::Some(branch),");
                } else if self.variants.is_empty() {
                    line!(code, "Self::Unknown => ::std::option::Option::None,");
                }
            });
        });
    }
}

impl Variant<'_> {
    /// The variant with `inner` in its parentheses, if it has any.
    fn pattern(&self, inner: &str) -> String {
        match self.branch {
            Some(_) => format!("{}({inner})", self.name),
            None => self.name.clone(),
        }
    }
}

/// `From` the value of a variant, boxed if `inner` says so.
pub(super) fn conversion(name: &str, variant: &str, value: &str, inner: &str, code: &mut Code) {
    code.block(format!("impl ::std::convert::From<{value}> for {name}"), |code| {
        code.block(format!("fn from(value: {value}) -> Self"), |code| match inner == value {
            true => line!(code, "Self::{variant}(value)"),
            false => line!(code, "Self::{variant}(::std::boxed::Box::new(value))"),
        });
    });
}

//! Generates the enum of a union's discriminator values, each with its branch. The struct around the enum is generated like
//! any other.

use crate::model::{Branch, Described, EnumValue, TypeId, TypeKind, Variants};

use super::context::{Context, Scope};
use super::conversion::from;
use super::enumeration;
use super::names::{of_branches, of_members};
use super::output::{Code, line};
use super::record::{Field, Record};
use super::setters::of_functions;
use super::tables::LARGE_VARIANTS;
use super::{docs, tables};

/// Emits the discriminator of a union, which carries the branch. An implicit branch is a unit variant. Like an enumeration, a
/// discriminator without values always has the variant `Unknown`.
pub(super) fn emit(cx: &Context<'_>, id: TypeId, variants: &Variants, record: &Record<'_>, code: &mut Code) {
    let union = Union::new(cx, id, variants);
    if record.is_built {
        union.emit_constructors(record, code);
    }
    let schema_name = &cx.schema.ty(id).def.name;
    line!(code, "/// The `{}` discriminator of `{schema_name}` and its branch.", variants.tag);
    union.emit_type(code);
    union.emit_conversions(code);
    code.postpone(|code| {
        union.emit_enumeration(code);
        union.emit_branches(code);
        tables::equality(!cx.floating.contains(id), union.name, code);
    });
    code.gap();
}

struct Union<'a> {
    cx: &'a Context<'a>,
    /// The Rust name of the discriminator.
    name: &'a str,
    /// The name of its enum in the schema.
    wire_name: &'a str,
    /// The variants, in the order of the enum.
    variants: Vec<Variant<'a>>,
    /// The index of the variant that a blank value has.
    blank: Option<usize>,
    /// Whether values that are not in the schema are kept, in the variant `Unknown`.
    open: bool,
}

struct Variant<'a> {
    name: String,
    value: &'a EnumValue,
    /// The branch and its Rust type, or `None` if the value adds no members.
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

    /// Emits a constructor for each branch: a struct with the required members of the base, and the branch.
    fn emit_constructors(&self, record: &Record<'_>, code: &mut Code) {
        let has_deprecated = self.variants.iter().any(|variant| docs::is_deprecated(self.cx, &variant.value.features));
        code.allow_deprecated(has_deprecated);
        let branches: Vec<&str> = self.variants.iter().map(|variant| &*variant.value.name).collect();
        let (_, functions) = of_functions(record, &branches);
        code.block(format!("impl {}", record.name), |code| {
            for (variant, function) in self.variants.iter().zip(functions) {
                self.emit_constructor(record, variant, &function, code);
            }
        });
    }

    fn emit_constructor(&self, record: &Record<'_>, variant: &Variant<'_>, function: &str, code: &mut Code) {
        let is_tag = |field: &Field<'_>| record.tag.is_some_and(|tag| field.name == record.fields[tag].name);
        let common: Vec<&Field<'_>> = record.required().filter(|field| !is_tag(field)).collect();
        let branch = of_members(common.iter().map(|field| field.name.as_str()).chain(["branch"]), false).pop();
        let branch = branch.unwrap_or_default();

        let tag = &record.fields[record.tag.unwrap_or_default()].member.name;
        line!(code, "/// Creates a value whose `{tag}` is `{}`.", variant.value.name);
        code.attribute(docs::deprecated(self.cx, &variant.value.features, &Described::default()).as_deref());
        line!(code, "#[must_use]");
        line!(code, "#[inline]");
        let mut parameters: Vec<String> = common.iter().map(|field| field.parameter()).collect();
        let value = match &variant.branch {
            Some((id, ty)) => {
                let inner = self.cx.value_type(*id, Scope::Root);
                parameters.push(format!("{branch}: impl ::std::convert::Into<{inner}>"));
                boxed(&format!("{branch}.into()"), *ty != inner)
            }
            None => String::new(),
        };
        if parameters.len() > 7 {
            line!(code, "#[allow(clippy::too_many_arguments)]");
        }
        code.list(&format!("pub fn {function}("), &parameters, ") -> Self {");
        let tag = format!("{}::{}", self.name, variant.pattern(&value));
        let values: Vec<&str> =
            record.required().map(|field| if is_tag(field) { tag.as_str() } else { &field.name }).collect();
        code.indented(|code| code.list("Self::new(", &values, ")"));
        line!(code, "}}");
    }

    /// Emits `From` for each branch whose type no other branch has.
    fn emit_conversions(&self, code: &mut Code) {
        let branches = || self.variants.iter().filter_map(|variant| Some((variant, variant.branch.as_ref()?)));
        for (variant, (id, ty)) in branches() {
            if branches().filter(|(_, (other, _))| other == id).count() == 1 {
                code.allow_deprecated(docs::is_deprecated(self.cx, &variant.value.features));
                conversion(self.name, &variant.name, &self.cx.value_type(*id, Scope::Root), ty, code);
            }
        }
    }

    fn emit_enumeration(&self, code: &mut Code) {
        let value = |variant: &Variant<'a>| (variant.value.name.as_str(), variant.value.features.as_slice());
        let values: Vec<_> = self.variants.iter().map(value).collect();
        code.block(format!("impl p::Enumeration for {}", self.name), |code| {
            tables::names("const NAMES: &'static p::Names = &", self.wire_name, &values, ";", code);
            self.emit_position(code);
            let blank = |variant: &Variant<'_>| format!("Self::{}", variant.pattern("p::Field::blank()"));
            enumeration::emit_known(&self.variants.iter().map(blank).collect::<Vec<_>>(), code);
            let unknown = match self.open {
                true => format!("Some(Self::Unknown({}::UnknownBranch::new(text)))", self.cx.runtime()),
                false => "None".to_owned(),
            };
            enumeration::emit_unknown(&unknown, self.open, code);
        });
    }

    fn emit_position(&self, code: &mut Code) {
        let patterns: Vec<String> = self.variants.iter().map(|variant| variant.pattern("_")).collect();
        let other = match (self.open, self.variants.is_empty()) {
            (true, _) => Some(("Unknown(branch)", "&branch.value")),
            (false, true) => Some(("Unknown", "\"\"")),
            (false, false) => None,
        };
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        enumeration::emit_position(&patterns, other, code);
    }

    fn emit_branches(&self, code: &mut Code) {
        code.block(format!("impl p::Branches for {}", self.name), |code| {
            self.emit_branch(code);
            self.emit_visit_branch(code);
        });
        tables::generated(self.name, "Tag", code, |code| match self.blank.map(|index| &self.variants[index]) {
            Some(variant) => line!(code, "Self::{}", variant.pattern("p::Field::blank()")),
            None if self.open => line!(code, "Self::Unknown({}::UnknownBranch::new(\"\"))", self.cx.runtime()),
            None => line!(code, "Self::Unknown"),
        });
    }

    fn emit_branch(&self, code: &mut Code) {
        line!(code, "#[inline]");
        code.block("fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object>", |code| {
            let some = |branch| format!("::std::option::Option::Some({branch})");
            self.emit_match(&some("branch"), &some("&mut **branch"), "::std::option::Option::None", code);
        });
    }

    fn emit_visit_branch(&self, code: &mut Code) {
        let visitor =
            if self.open || self.variants.iter().any(|variant| variant.branch.is_some()) { "visitor" } else { "_" };
        code.block(format!("fn visit_branch<V: p::Visitor>(&self, {visitor}: &mut V)"), |code| {
            let visit = |branch| format!("p::Record::visit({branch}, visitor)");
            self.emit_match(&visit("branch"), &visit("&**branch"), "{}", code);
        });
    }

    /// Emits a `match` over all values. The arms are `branch` for values with a branch, `boxed` for those whose branch is
    /// boxed, and `none` for those without a branch.
    fn emit_match(&self, branch: &str, boxed: &str, none: &str, code: &mut Code) {
        code.block("match self", |code| {
            for variant in &self.variants {
                match &variant.branch {
                    Some((_, ty)) if ty.starts_with("::std::boxed::Box") => {
                        line!(code, "Self::{}(branch) => {boxed},", variant.name);
                    }
                    Some(_) => line!(code, "Self::{}(branch) => {branch},", variant.name),
                    None => line!(code, "Self::{} => {none},", variant.name),
                }
            }
            if self.open {
                line!(code, "Self::Unknown(branch) => {branch},");
            } else if self.variants.is_empty() {
                line!(code, "Self::Unknown => {none},");
            }
        });
    }
}

impl Variant<'_> {
    /// Returns the variant's name, followed by `inner` in parentheses if it has a branch.
    fn pattern(&self, inner: &str) -> String {
        match self.branch {
            Some(_) => format!("{}({inner})", self.name),
            None => self.name.clone(),
        }
    }
}

/// Emits `From` for the value of a variant. The value is boxed if its type differs from `inner`, the type in the variant.
pub(super) fn conversion(name: &str, variant: &str, value: &str, inner: &str, code: &mut Code) {
    from((name, ""), (value, "value"), &format!("Self::{variant}({})", boxed("value", inner != value)), code);
}

/// Returns the expression, boxed if necessary.
fn boxed(value: &str, is_boxed: bool) -> String {
    if is_boxed { format!("::std::boxed::Box::new({value})") } else { value.to_owned() }
}

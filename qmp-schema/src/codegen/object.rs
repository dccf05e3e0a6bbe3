//! Generates structs for the objects of the schema: types, arguments and the data of events.

use super::context::Context;
use super::output::{Code, line};
use super::record::{Field, Record};
use super::tables;

impl Record<'_> {
    /// Emits the struct, its constructor, and its implementation of `Record`.
    pub(super) fn emit(&self, cx: &Context<'_>, docs: &str, attribute: Option<String>, code: &mut Code) {
        code.doc(docs);
        code.attribute(attribute.as_deref());
        let default = if self.required().next().is_none() { ", Default" } else { "" };
        line!(code, "#[derive(Clone, PartialEq{default})]");
        code.block(format!("pub struct {}", self.name), |code| {
            for field in &self.fields {
                code.doc(&field.docs);
                code.attribute(field.deprecated.as_deref());
                line!(code, "pub {}: {},", field.name, field.ty);
            }
            if self.extra {
                line!(code, "/// The arguments that the schema does not name.");
                line!(code, "pub extra: {},", cx.map());
            }
        });
        self.emit_new(code);
        tables::record(self, code);
        code.gap();
    }

    fn emit_new(&self, code: &mut Code) {
        let required: Vec<_> = self.required().collect();
        if required.is_empty() {
            return;
        }
        code.allow_deprecated(self.fields.iter().any(|field| field.deprecated.is_some()));
        code.block(format!("impl {}", self.name), |code| {
            line!(code, "/// Creates a value from the required members.");
            line!(code, "#[must_use]");
            if required.len() > 7 {
                line!(code, "#[allow(clippy::too_many_arguments)]");
            }
            let parameters: Vec<String> = required.iter().map(|field| field.parameter()).collect();
            line!(code, "#[inline]");
            code.list("pub fn new(", &parameters, ") -> Self {");
            let extra = self.extra.then(|| "extra: ::std::default::Default::default()".to_owned());
            let values: Vec<String> = self.fields.iter().map(Field::initial).chain(extra).collect();
            code.indented(|code| code.list("Self { ", &values, " }"));
            line!(code, "}}");
        });
    }

    /// Emits `From` for arguments that have exactly one required member.
    pub(super) fn emit_from(&self, code: &mut Code) {
        let mut required = self.required();
        let (Some(field), None) = (required.next(), required.next()) else { return };
        let sources = [field.ty.as_str(), "&str"];
        for source in &sources[..1 + usize::from(field.is_string)] {
            code.block(format!("impl ::std::convert::From<{source}> for {}", self.name), |code| {
                line!(code, "#[inline]");
                code.block(format!("fn from({}: {source}) -> Self", field.name), |code| {
                    line!(code, "Self::new({})", field.name);
                });
            });
        }
    }
}

impl Field<'_> {
    /// Returns the parameter of `new`.
    fn parameter(&self) -> String {
        match self.converts {
            true => format!("{}: impl ::std::convert::Into<{}>", self.name, self.ty),
            false => format!("{}: {}", self.name, self.ty),
        }
    }

    /// Returns the field's initialiser in `new`.
    fn initial(&self) -> String {
        match (self.member.optional, self.converts) {
            (true, _) => format!("{}: ::std::option::Option::None", self.name),
            (false, true) => format!("{0}: {0}.into()", self.name),
            (false, false) => self.name.clone(),
        }
    }
}

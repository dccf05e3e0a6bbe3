//! Generates structs for the objects of the schema: types, arguments and the data of events.

use super::context::Context;
use super::conversion::from;
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
        self.emit_functions(cx, code);
        tables::record(self, code);
        code.gap();
    }

    /// Emits `new` and the setters.
    fn emit_functions(&self, cx: &Context<'_>, code: &mut Code) {
        let has_new = self.required().next().is_some() || (self.is_built && !self.fields.is_empty());
        if self.extra {
            line!(code, "{}::private::properties!({});", cx.runtime(), self.name);
        }
        if !has_new {
            return;
        }
        code.allow_deprecated(self.fields.iter().any(|field| field.deprecated.is_some()));
        code.block(format!("impl {}", self.name), |code| {
            self.emit_new(code);
            if self.is_built {
                self.emit_setters(cx, code);
            }
        });
    }

    fn emit_new(&self, code: &mut Code) {
        let required: Vec<_> = self.required().collect();
        let source = if required.is_empty() { "without any member" } else { "from the required members" };
        line!(code, "/// Creates a value {source}.");
        line!(code, "#[must_use]");
        if required.len() > 7 {
            line!(code, "#[allow(clippy::too_many_arguments)]");
        }
        line!(code, "#[inline]");
        if required.is_empty() && !self.extra {
            return code.block("pub fn new() -> Self", |code| line!(code, "::std::default::Default::default()"));
        }
        let parameters: Vec<String> = required.iter().map(|field| field.parameter()).collect();
        code.list("pub fn new(", &parameters, ") -> Self {");
        let extra = self.extra.then(|| "extra: ::std::default::Default::default()".to_owned());
        let values: Vec<String> = self.fields.iter().map(Field::initial).chain(extra).collect();
        code.indented(|code| code.list("Self { ", &values, " }"));
        line!(code, "}}");
    }

    /// Emits `From` for the value of the sole required member.
    pub(super) fn emit_from(&self, code: &mut Code) {
        let mut required = self.required();
        let (Some(field), None) = (required.next(), required.next()) else { return };
        let own = ("", field.ty.clone());
        for (generics, source) in [own].into_iter().chain(field.conversion.sources()) {
            let value = format!("Self::new({})", field.name);
            from((self.name, generics), (&source, &field.name), &value, code);
        }
    }

    /// Emits `From<()>` for arguments that are all optional, so that a call without arguments can say `()`.
    pub(super) fn emit_from_nothing(&self, code: &mut Code) {
        if self.required().next().is_none() {
            from((self.name, ""), ("()", "()"), "::std::default::Default::default()", code);
            code.gap();
        }
    }
}

impl Field<'_> {
    /// Returns the parameter of `new`.
    pub(super) fn parameter(&self) -> String {
        format!("{}: {}", self.name, self.conversion.parameter(&self.ty))
    }

    /// Returns the field's initialiser in `new`.
    fn initial(&self) -> String {
        match (self.member.optional, self.conversion.value(&self.name)) {
            (true, _) => format!("{}: ::std::option::Option::None", self.name),
            (false, value) if value == self.name => value,
            (false, value) => format!("{}: {value}", self.name),
        }
    }
}

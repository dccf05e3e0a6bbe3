//! Generates the setters of optional members.

use super::context::Context;
use super::conversion::Conversion;
use super::names;
use super::output::{Code, line};
use super::record::{Field, Record};

/// Returns the names of a struct's setters and of its branches' constructors. All are functions of the one struct.
pub(super) fn of_functions(record: &Record<'_>, branches: &[&str]) -> (Vec<String>, Vec<String>) {
    let fields = record.optional().map(|field| field.name.as_str());
    let mut setters = names::of_functions(fields, branches.iter().copied());
    let constructors = setters.split_off(setters.len() - branches.len());
    (setters, constructors)
}

impl Record<'_> {
    /// Emits a setter for each optional member.
    pub(super) fn emit_setters(&self, cx: &Context<'_>, code: &mut Code) {
        let (names, _) = of_functions(self, &[]);
        for (field, name) in self.optional().zip(names) {
            field.emit_setter(cx, &name, code);
        }
    }
}

impl Field<'_> {
    fn emit_setter(&self, cx: &Context<'_>, name: &str, code: &mut Code) {
        let (field, value) = (&self.name, &self.value);
        line!(code, "/// Sets [`{}`](#structfield.{field}).", self.member.name);
        code.attribute(self.deprecated.as_deref());
        line!(code, "#[must_use]");
        let option = format!("::std::option::Option<{value}>");
        let (generics, parameter, expression) = match &self.conversion {
            Conversion::Exact => ("", format!("impl ::std::convert::Into<{option}>"), format!("{field}.into()")),
            Conversion::Into | Conversion::Text => {
                let parameter = format!("impl {}::arguments::IntoOption<{value}, Via>", cx.runtime());
                ("<Via>", parameter, format!("{field}.into_option()"))
            }
            conversion @ (Conversion::Any | Conversion::List { .. }) => {
                let some = format!("::std::option::Option::Some({})", conversion.value(field));
                ("", conversion.parameter(value), some)
            }
        };
        let boxed = if self.is_boxed { ".map(::std::boxed::Box::new)" } else { "" };
        let parameters = ["mut self".to_owned(), format!("{field}: {parameter}")];
        code.list(&format!("pub fn {name}{generics}("), &parameters, ") -> Self {");
        code.indented(|code| {
            line!(code, "self.{field} = {expression}{boxed};");
            line!(code, "self");
        });
        line!(code, "}}");
    }
}

//! Events: a type for the data of each, and the enum of all.

use crate::model::{Event, has_feature};

use super::context::{Context, Scope};
use super::docs;
use super::output::{Code, line};
use super::record::Record;
use super::tables::{self, LARGE_VARIANTS};

/// Emits the module `events`.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    line!(code, "/// The events. The type of an event is its data.");
    code.allow_deprecated(any_deprecated(cx));
    code.block("pub mod events", |code| {
        emit_names(cx, code);
        for event in &cx.schema.events {
            emit_event(cx, event, code);
        }
        tables::implementations(cx, code);
    });
    code.gap();
}

/// Emits the list of all names.
fn emit_names(cx: &Context<'_>, code: &mut Code) {
    line!(code, "/// The names of all events, in the order of the schema.");
    code.enclosed("pub const NAMES: &[&str] =", "&[", "];", |code| {
        for event in &cx.schema.events {
            line!(code, "\"{}\",", event.def.name);
        }
    });
    if !cx.schema.events.is_empty() {
        code.gap();
    }
}

/// Emits the enum `Event`.
pub(super) fn emit_any(cx: &Context<'_>, code: &mut Code) {
    let runtime = cx.runtime();
    line!(code, "/// An event of the schema, or one that the schema does not define.");
    code.allow_deprecated(any_deprecated(cx));
    line!(code, "#[derive(Clone, Debug, PartialEq)]");
    line!(code, "{LARGE_VARIANTS}");
    line!(code, "#[non_exhaustive]");
    code.block("pub enum Event", |code| {
        for event in &cx.schema.events {
            let names = cx.names.event(event);
            line!(code, "/// `{}`", event.def.name);
            code.attribute(deprecated(cx, event).as_deref());
            line!(code, "{}(events::{}),", names.variant, names.data);
        }
        line!(code, "/// An event that the schema does not define, as a newer server may send it.");
        line!(code, "Other({runtime}::OtherEvent),");
    });
    emit_name(cx, code);
    code.allow_deprecated(any_deprecated(cx));
    code.block(format!("impl {runtime}::AnyEvent for Event"), |code| {
        let result = format!("::std::result::Result<Self, {runtime}::private::ReadError>");
        let signature = format!("fn read(name: &str, reader: &mut {runtime}::private::Reader<'_>) -> {result}");
        line!(code, "#[inline]");
        code.block(signature, |code| {
            let other = format!("Self::Other({runtime}::OtherEvent::read(name, reader)?)");
            if cx.schema.events.is_empty() {
                line!(code, "::std::result::Result::Ok({other})");
                return;
            }
            line!(code, "use {runtime}::private::read;");
            code.enclosed("::std::result::Result::Ok(match name", "{", "})", |code| {
                for event in &cx.schema.events {
                    line!(code, "\"{}\" => Self::{}(read(reader)?),", event.def.name, cx.names.event(event).variant);
                }
                line!(code, "_ => {other},");
            });
        });
    });
    code.gap();
}

/// Emits the method that tells events apart without a match.
fn emit_name(cx: &Context<'_>, code: &mut Code) {
    code.allow_deprecated(any_deprecated(cx));
    code.block("impl Event", |code| {
        line!(code, "/// Returns the name of the event, such as a log shows it.");
        code.block("pub fn name(&self) -> &str", |code| {
            code.block("match self", |code| {
                for event in &cx.schema.events {
                    line!(code, "Self::{}(_) => \"{}\",", cx.names.event(event).variant, event.def.name);
                }
                line!(code, "Self::Other(event) => &event.name,");
            });
        });
    });
    code.gap();
}

fn any_deprecated(cx: &Context<'_>) -> bool {
    cx.schema.events.iter().any(|event| docs::is_deprecated(cx, &event.def.features))
}

fn deprecated(cx: &Context<'_>, event: &Event) -> Option<String> {
    docs::deprecated(cx, &event.def.features, &docs::described(cx, &event.def))
}

fn emit_event(cx: &Context<'_>, event: &Event, code: &mut Code) {
    let name = cx.names.event(event).data.as_str();
    let docs = docs::definition(cx, &event.def, Scope::Submodule);
    let runtime = cx.runtime();
    let attribute = deprecated(cx, event);
    match event.arguments.filter(|id| cx.is_named(*id)) {
        Some(id) => {
            let data = cx.value_type(id, Scope::Submodule);
            code.doc(&docs);
            code.attribute(attribute.as_deref());
            line!(code, "#[derive(Clone, Debug, PartialEq)]");
            line!(code, "pub struct {name}(pub {data});");
            line!(code, "{runtime}::private::newtype!({name}, {data});");
            if !cx.floating.contains(id) {
                line!(code, "{runtime}::private::eq!({name});");
            }
        }
        None => {
            Record::new(cx, name, event.arguments, &event.def, Scope::Submodule, false).emit(cx, &docs, attribute, code)
        }
    }
    code.block(format!("impl {name}"), |code| {
        line!(code, "/// The name of the event.");
        line!(code, "pub const NAME: &'static str = \"{}\";", event.def.name);
    });
    code.block(format!("impl {runtime}::Event for {name}"), |code| {
        line!(code, "const NAME: &'static str = Self::NAME;");
        for (feature, constant) in [("deprecated", "DEPRECATED"), ("unstable", "UNSTABLE")] {
            if has_feature(&event.def.features, feature) {
                line!(code, "const {constant}: bool = true;");
            }
        }
    });
    line!(code, "{runtime}::private::definition!(Event {name});");
    code.gap();
}

//! Events: a type for each, which is its data, and the enum of all.

use crate::model::Event;

use super::context::{Context, Scope};
use super::docs;
use super::object::Record;
use super::output::{Code, line};
use super::tables::LARGE_VARIANTS;

/// The module `events`.
pub(super) fn emit(cx: &Context<'_>, code: &mut Code) {
    line!(code, "/// The events. An event's type is its data.");
    code.block("pub mod events", |code| {
        for event in &cx.schema.events {
            emit_event(cx, event, code);
        }
    });
    code.gap();
}

/// The enum `Event`.
pub(super) fn emit_any(cx: &Context<'_>, code: &mut Code) {
    let runtime = cx.runtime();
    line!(code, "/// Any event of the schema, or one that it does not have.");
    line!(code, "#[derive(Clone, Debug, PartialEq)]");
    line!(code, "{LARGE_VARIANTS}");
    line!(code, "#[non_exhaustive]");
    code.block("pub enum Event", |code| {
        for event in &cx.schema.events {
            let names = cx.names.event(event);
            line!(code, "/// `{}`", event.def.name);
            line!(code, "{}(events::{}),", names.variant, names.data);
        }
        line!(code, "/// An event that the schema does not have.");
        line!(code, "Other({runtime}::OtherEvent),");
    });
    code.block(format!("impl {runtime}::AnyEvent for Event"), |code| {
        let result = format!("::std::result::Result<Self, {runtime}::private::ReadError>");
        let signature = format!("fn read(name: &str, reader: &mut {runtime}::private::Reader<'_>) -> {result}");
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

fn emit_event(cx: &Context<'_>, event: &Event, code: &mut Code) {
    let name = cx.names.event(event).data.as_str();
    let docs = docs::definition(cx, &event.def, Scope::Submodule);
    let runtime = cx.runtime();
    match event.arguments.filter(|id| cx.is_named(*id)) {
        Some(id) => {
            let data = cx.value_type(id, Scope::Submodule);
            code.doc(&docs);
            line!(code, "#[derive(Clone, Debug, PartialEq)]");
            line!(code, "pub struct {name}(pub {data});");
            line!(code, "{runtime}::private::newtype!({name}, {data});");
        }
        None => Record::new(cx, name, event.arguments, &event.def, Scope::Submodule, false).emit(cx, &docs, code),
    }
    code.block(format!("impl {runtime}::Event for {name}"), |code| {
        line!(code, "const NAME: &'static str = \"{}\";", event.def.name);
    });
    code.gap();
}

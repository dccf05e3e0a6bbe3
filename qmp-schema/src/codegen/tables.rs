//! How records are read and written: the static table of an object, and access to its members by index.

use crate::model::{Feature, has_feature};

use super::context::Context;
use super::object::{Field, Record};
use super::output::{Code, line};
use super::types::STRING;

/// Enums that carry structs carry them by value: the large one is often the one that is used.
pub(super) const LARGE_VARIANTS: &str = "#[allow(clippy::large_enum_variant)]";

/// `Record`, `Blank`, `Field` and `Debug` for a struct.
pub(super) fn record(cx: &Context<'_>, record: &Record<'_>, code: &mut Code) {
    private(cx, code, |code| {
        code.block(format!("impl p::Record for {}", record.name), |code| {
            table(record, code);
            access(record, "", code);
            access(record, "_mut", code);
            if let Some(tag) = record.tag {
                branches(&record.fields[tag], code);
            }
            if record.extra {
                extra(code);
            }
        });
        code.block(format!("impl p::Blank for {}", record.name), |code| {
            code.block("fn blank() -> Self", |code| {
                let blank = |field: &Field<'_>| format!("{}: p::Blank::blank()", field.name);
                let extra = record.extra.then(|| "extra: p::Map::new()".to_owned());
                code.list("Self { ", &record.fields.iter().map(blank).chain(extra).collect::<Vec<_>>(), " }");
            });
        });
        line!(code, "p::record!({});", record.name);
        line!(code, "p::debug!({});", record.name);
    });
}

/// A block of its own for implementations, in which `p` is the runtime's private part.
pub(super) fn private(cx: &Context<'_>, code: &mut Code, body: impl FnOnce(&mut Code)) {
    code.allow_deprecated(cx.has_deprecated && cx.config.side.has_client());
    code.enclosed("const _: () =", "{", "};", |code| {
        line!(code, "use {}::private as p;", cx.runtime());
        body(code);
    });
}

/// What follows a table's entry for the features that have a meaning.
pub(super) fn flags(features: &[Feature]) -> String {
    let flag = |name| if has_feature(features, name) { format!(".{name}()") } else { String::new() };
    flag("deprecated") + &flag("unstable")
}

fn table(record: &Record<'_>, code: &mut Code) {
    code.block("fn table(&self) -> &'static p::Table", |code| {
        let member = |field: &Field<'_>| {
            let kind = if field.member.optional { "optional" } else { "required" };
            format!("p::Member::{kind}(\", \\\"{}\\\": \"){}", field.member.name, flags(&field.member.features))
        };
        let tag = record.tag.map_or("None".to_owned(), |tag| format!("Some({tag})"));
        let head = format!("static TABLE: p::Table = p::Table {{ name: \"{}\", members: &[", record.wire_name);
        let tail = format!("], tag: ::std::option::Option::{tag} }};");
        code.list(&head, &record.fields.iter().map(member).collect::<Vec<_>>(), &tail);
        line!(code, "&TABLE");
    });
}

/// `get`, or with the suffix `_mut` the same for filling.
fn access(record: &Record<'_>, suffix: &str, code: &mut Code) {
    let reference = if suffix.is_empty() { "&" } else { "&mut " };
    let signature = |index| format!("fn get{suffix}({reference}self, {index}: usize) -> {reference}dyn p::Field");
    match record.fields.as_slice() {
        [] if suffix.is_empty() => code.block(signature("_"), |code| line!(code, "&()")),
        [] => code.block(signature("_"), |code| line!(code, "p::no_member()")),
        [field] => code.block(signature("_"), |code| line!(code, "{reference}self.{}", field.name)),
        [fields @ .., last] => code.block(signature("index"), |code| {
            code.block("match index", |code| {
                for (index, field) in fields.iter().enumerate() {
                    line!(code, "{index} => {reference}self.{},", field.name);
                }
                line!(code, "_ => {reference}self.{},", last.name);
            });
        }),
    }
}

fn branches(tag: &Field<'_>, code: &mut Code) {
    code.block("fn branches(&self) -> ::std::option::Option<&dyn p::Branches>", |code| {
        line!(code, "::std::option::Option::Some(&self.{})", tag.name);
    });
    code.block("fn branches_mut(&mut self) -> ::std::option::Option<&mut dyn p::Branches>", |code| {
        line!(code, "::std::option::Option::Some(&mut self.{})", tag.name);
    });
}

fn extra(code: &mut Code) {
    code.block(format!("fn extra(&self) -> ::std::option::Option<&p::Map<{STRING}, p::Value>>"), |code| {
        line!(code, "::std::option::Option::Some(&self.extra)");
    });
    code.block(format!("fn extra_mut(&mut self) -> ::std::option::Option<&mut p::Map<{STRING}, p::Value>>"), |code| {
        line!(code, "::std::option::Option::Some(&mut self.extra)");
    });
}

//! How records are read and written: the table of an object, the member at an index, and all members in order.

use super::context::Context;
use super::output::{Code, line};
use super::record::{Field, Record};
use super::types::STRING;

/// Enums that carry structs carry them by value: the large one is often the one that is used.
pub(super) const LARGE_VARIANTS: &str = "#[allow(clippy::large_enum_variant)]";

/// `Record`, `Generated`, `Debug`, and perhaps `Eq` and `Hash` for a struct.
pub(super) fn record(record: &Record<'_>, code: &mut Code) {
    code.postpone(|code| {
        code.block(format!("impl p::Record for {}", record.name), |code| {
            table(record, code);
            read_member(record, code);
            visit(record, code);
            if let Some(tag) = record.tag {
                branch(&record.fields[tag], code);
            }
            if record.extra {
                extra(code);
            }
        });
        generated(record.name, "Struct", code, |code| {
            let blank = |field: &Field<'_>| format!("{}: p::Field::blank()", field.name);
            let extra = record.extra.then(|| "extra: p::Map::new()".to_owned());
            code.list("Self { ", &record.fields.iter().map(blank).chain(extra).collect::<Vec<_>>(), " }");
        });
        line!(code, "p::debug!({});", record.name);
        equality(record.has_eq, record.name, code);
    });
}

/// `Generated` for a type of this shape; the body makes a blank value.
pub(super) fn generated(name: &str, shape: &str, code: &mut Code, blank: impl FnOnce(&mut Code)) {
    code.block(format!("impl p::Generated for {name}"), |code| {
        line!(code, "type Shape = p::{shape};");
        line!(code, "#[inline]");
        code.block("fn blank() -> Self", blank);
    });
}

/// `Eq` and `Hash`, if the type has them.
pub(super) fn equality(has_eq: bool, name: &str, code: &mut Code) {
    if has_eq {
        line!(code, "p::eq!({name});");
    }
}

/// The implementations that were postponed to the end of the module, all in one block: a block for each type would cost the
/// compiler more than a hundredth of its work.
pub(super) fn implementations(cx: &Context<'_>, code: &mut Code) {
    if code.has_postponed() {
        line!(code, "// How values are read and written.");
        private(cx, code, Code::write_postponed);
        code.gap();
    }
}

/// A block of its own for implementations, in which `p` is the runtime's private part.
pub(super) fn private(cx: &Context<'_>, code: &mut Code, body: impl FnOnce(&mut Code)) {
    code.allow_deprecated(cx.has_deprecated && cx.config.side.has_client());
    code.enclosed("const _: () =", "{", "};", |code| {
        line!(code, "use {}::private as p;", cx.runtime());
        body(code);
    });
}

/// The struct with a set of names, with this text before it and behind it.
pub(super) fn names(head: &str, owner: &str, names: &[&str], tail: &str, code: &mut Code) {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let head = format!("{head}p::Names {{ owner: \"{owner}\", all: &[");
    code.list(&head, &quoted, &format!("], slots: b\"{}\" }}{tail}", slots(names).escape_ascii()));
}

/// The hash table of names, as the runtime's `Names` describes it.
fn slots(names: &[&str]) -> Vec<u8> {
    const FREE: u8 = u8::MAX;
    // Few are faster looked at one by one, and more than a slot can tell apart have to be.
    if names.len() < 4 || names.len() > usize::from(FREE) {
        return Vec::new();
    }
    let mut slots = vec![FREE; (names.len() + names.len() / 2).next_power_of_two()];
    for (index, name) in names.iter().enumerate() {
        let mut slot = hash(name.as_bytes()) % slots.len();
        while slots[slot] != FREE {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = index as u8;
    }
    slots
}

/// The hash of a name. The runtime has the same function.
fn hash(name: &[u8]) -> usize {
    let byte = |index: usize| usize::from(name[index]);
    match name.len() {
        0 => 0,
        len => 7 * len + 3 * byte(0) + 9 * byte(len / 2) + 5 * byte(len - 1),
    }
}

fn table(record: &Record<'_>, code: &mut Code) {
    let members: Vec<&str> = record.fields.iter().map(|field| field.member.name.as_str()).collect();
    let tag = record.tag.map_or("None".to_owned(), |tag| format!("Some({tag})"));
    code.enclosed("const TABLE: &'static p::Table = &p::Table", "{", "};", |code| {
        names("members: ", record.wire_name, &members, ",", code);
        line!(code, "required: &[{}],", required(record).join(", "));
        line!(code, "tag: ::std::option::Option::{tag},");
    });
}

/// A bit for each member, set for those that are required, in words of 64.
fn required(record: &Record<'_>) -> Vec<String> {
    let word = |fields: &[Field<'_>]| {
        let bits = fields.iter().enumerate().map(|(index, field)| u64::from(!field.member.optional) << index);
        format!("{:#b}", bits.sum::<u64>())
    };
    record.fields.chunks(64).map(word).collect()
}

fn read_member(record: &Record<'_>, code: &mut Code) {
    let signature =
        |index| format!("fn read_member(&mut self, {index}: usize, reader: &mut p::Reader<'_>) -> p::Result");
    let read = |field: &Field<'_>| format!("p::Field::read(&mut self.{}, reader)", field.name);
    let Some((last, fields)) = record.fields.split_last() else { return };
    line!(code, "#[inline]");
    if fields.is_empty() {
        return code.block(signature("_"), |code| line!(code, "{}", read(last)));
    }
    code.block(signature("index"), |code| {
        code.block("match index", |code| {
            for (index, field) in fields.iter().enumerate() {
                line!(code, "{index} => {},", read(field));
            }
            line!(code, "_ => {},", read(last));
        });
    });
}

fn visit(record: &Record<'_>, code: &mut Code) {
    let visitor = if record.fields.is_empty() && !record.extra { "_" } else { "visitor" };
    code.block(format!("fn visit<V: p::Visitor>(&self, {visitor}: &mut V)"), |code| {
        for field in &record.fields {
            line!(code, "visitor.member(b\"\\\"{}\\\": \", &self.{});", field.member.name, field.name);
        }
        if let Some(tag) = record.tag {
            line!(code, "visitor.branch(&self.{});", record.fields[tag].name);
        }
        if record.extra {
            line!(code, "visitor.extra(&self.extra);");
        }
    });
}

fn branch(tag: &Field<'_>, code: &mut Code) {
    line!(code, "#[inline]");
    code.block("fn branch(&mut self) -> ::std::option::Option<&mut dyn p::Object>", |code| {
        line!(code, "p::Branches::branch(&mut self.{})", tag.name);
    });
}

fn extra(code: &mut Code) {
    line!(code, "#[inline]");
    code.block(format!("fn extra(&mut self) -> ::std::option::Option<&mut p::Map<{STRING}, p::Value>>"), |code| {
        line!(code, "::std::option::Option::Some(&mut self.extra)");
    });
}

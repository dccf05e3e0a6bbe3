//! Generates the implementations with which the runtime reads and writes records: the table of an object, access to the
//! member at an index, and the visit of all members.

use crate::model::{Feature, has_feature};

use super::context::Context;
use super::context::STRING;
use super::output::{Code, line};
use super::record::{Field, Record};

/// The attribute of enums whose variants contain structs. They are not boxed, because the large variant is often the common
/// one.
pub(super) const LARGE_VARIANTS: &str = "#[allow(clippy::large_enum_variant)]";

/// Emits `Record`, `Generated` and `Debug` for a struct, and `Eq` and `Hash` if it has them.
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

/// Emits `Generated` for a type of this shape. `blank` emits an expression for a blank value.
pub(super) fn generated(name: &str, shape: &str, code: &mut Code, blank: impl FnOnce(&mut Code)) {
    code.block(format!("impl p::Generated for {name}"), |code| {
        line!(code, "type Shape = p::{shape};");
        line!(code, "#[inline]");
        code.block("fn blank() -> Self", blank);
    });
}

/// Emits `Eq` and `Hash` if the type has them.
pub(super) fn equality(has_eq: bool, name: &str, code: &mut Code) {
    if has_eq {
        line!(code, "p::eq!({name});");
    }
}

/// Emits the implementations that were postponed to the end of the module, in one block. A block for each type would cost the
/// compiler more than a hundredth of its work.
pub(super) fn implementations(cx: &Context<'_>, code: &mut Code) {
    if code.has_postponed() {
        line!(code, "// How values are read and written.");
        private(cx, code, Code::write_postponed);
        code.gap();
    }
}

/// Emits a block for implementations, in which `p` is the runtime's module `private`.
pub(super) fn private(cx: &Context<'_>, code: &mut Code, body: impl FnOnce(&mut Code)) {
    code.allow_deprecated(cx.has_deprecated && cx.config.side.has_client());
    code.enclosed("const _: () =", "{", "};", |code| {
        line!(code, "use {}::private as p;", cx.runtime());
        body(code);
    });
}

/// Emits a `Names` with the names, their hash table and their special features, between `head` and `tail`.
pub(super) fn names(head: &str, owner: &str, names: &[(&str, &[Feature])], tail: &str, code: &mut Code) {
    let quoted: Vec<String> = names.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let head = format!("{head}p::Names {{ owner: \"{owner}\", all: &[");
    let slots = slots(&names.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let mut features: Vec<u8> = names.iter().map(|(_, features)| special(features)).collect();
    if features.iter().all(|features| *features == 0) {
        features.clear();
    }
    let (slots, features) = (slots.escape_ascii(), features.escape_ascii());
    code.list(&head, &quoted, &format!("], slots: b\"{slots}\", features: b\"{features}\" }}{tail}"));
}

/// Returns the special features as the bits of the runtime's `Features`.
fn special(features: &[Feature]) -> u8 {
    u8::from(has_feature(features, "deprecated")) | u8::from(has_feature(features, "unstable")) << 1
}

/// Returns the hash table of names, in the format that the runtime's `Names` describes.
fn slots(names: &[&str]) -> Vec<u8> {
    const FREE: u8 = u8::MAX;
    // A few names are found faster by a search one by one. More names than a `u8` can index can only be found that way.
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

/// Returns the hash of a name. The runtime has the same function and must agree with it.
fn hash(name: &[u8]) -> usize {
    let byte = |index: usize| usize::from(name[index]);
    match name.len() {
        0 => 0,
        len => 7 * len + 3 * byte(0) + 9 * byte(len / 2) + 5 * byte(len - 1),
    }
}

fn table<'a>(record: &Record<'a>, code: &mut Code) {
    let member = |field: &Field<'a>| (field.member.name.as_str(), field.member.features.as_slice());
    let members: Vec<_> = record.fields.iter().map(member).collect();
    let tag = record.tag.map_or("None".to_owned(), |tag| format!("Some({tag})"));
    code.enclosed("const TABLE: &'static p::Table = &p::Table", "{", "};", |code| {
        names("members: ", record.wire_name, &members, ",", code);
        line!(code, "required: &[{}],", required(record).join(", "));
        line!(code, "tag: ::std::option::Option::{tag},");
    });
}

/// Returns the words of `Table::required`: a bit for each member, set if it is required, 64 to a word.
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
            let member = format!("b\"\\\"{}\\\": \", &self.{}", field.member.name, field.name);
            match special(&field.member.features) {
                0 => line!(code, "visitor.member({member});"),
                features => line!(code, "visitor.special_member(p::Features({features}), {member});"),
            }
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

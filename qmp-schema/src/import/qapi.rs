//! A list, with names for its types, as text in the QAPI language.

use std::collections::BTreeSet;
use std::ops::Range;

use super::absent::{self, Absent};
use super::dump::Dump;
use super::entry::{Entry, Kind, Member, Variants};
use super::names::Names;
use super::uses::Uses;

const HEADER: &str = "\
# What a server says about itself by `query-qmp-schema`.
#
# It does not tell what its types are called, so they are named here by where they are first used, and where that is stands
# above each. It does not tell how wide its integers are either: all are `int`.
";

/// Lines are broken beyond this column.
const WIDTH: usize = 100;

/// The whole schema.
pub(super) struct Written {
    pub(super) text: String,
    /// From where on the text was made of which entry, by its index.
    pub(super) places: Vec<(usize, usize)>,
}

/// Writes the whole schema.
pub(super) fn write(dump: &Dump, names: &Names) -> Written {
    let writer = Writer { dump, names, absent: Absent::new(dump) };
    let uses = Uses::new(dump, names);
    let interface = dump.entries.iter().enumerate().filter(|(_, entry)| !entry.is_type());
    let interface = interface.map(|(index, entry)| (index, writer.interface(entry)));
    let types = names.defined().filter_map(|(index, name)| {
        let comment = uses.comment(index) + &writer.absent.comment(index, &dump.entries[index].kind);
        Some((index, comment + &writer.ty(index, name)?))
    });
    let mut written = Written { text: format!("{HEADER}\n{}", writer.pragmas()), places: Vec::new() };
    for (index, definition) in interface.chain(types) {
        if !written.places.is_empty() {
            written.text.push('\n');
        }
        let start = written.text.len();
        written.places.push((start, index));
        if let Some((data, place)) = writer.inline(index, &definition) {
            written.places.extend([(start + place.start, data), (start + place.end, index)]);
        }
        written.text += &definition;
    }
    written
}

struct Writer<'a> {
    dump: &'a Dump,
    names: &'a Names,
    absent: Absent,
}

impl Writer<'_> {
    /// What the language has to be asked to let pass.
    fn pragmas(&self) -> String {
        let entries = || self.dump.entries.iter();
        let commands = entries().filter(|entry| matches!(entry.kind, Kind::Command { .. }) && entry.name.contains('_'));
        let returning = entries().filter(|entry| match &entry.kind {
            Kind::Command { returns, .. } => {
                !matches!(self.dump.entries[self.dump.element(returns)].kind, Kind::Object(..))
            }
            _ => false,
        });
        let odd = self.names.defined().filter(|(index, _)| self.has_odd_names(*index));
        let pragma = |key: &str, names: BTreeSet<&str>| match names.is_empty() {
            true => String::new(),
            false => format!("{{ 'pragma': {{ '{key}': {} }} }}\n\n", list(names.iter().map(quoted))),
        };
        [
            pragma("command-name-exceptions", commands.map(|entry| entry.name.as_str()).collect()),
            pragma("command-returns-exceptions", returning.map(|entry| entry.name.as_str()).collect()),
            pragma("member-name-exceptions", odd.map(|(_, name)| name).collect()),
        ]
        .concat()
    }

    fn has_odd_names(&self, index: usize) -> bool {
        let is_odd = |name: &str| name.bytes().any(|byte| byte == b'_' || byte.is_ascii_uppercase());
        match &self.dump.entries[index].kind {
            Kind::Enum(values) => values.iter().any(|value| is_odd(&value.name)),
            Kind::Object(members, _) => members.iter().any(|member| is_odd(&member.name)),
            _ => false,
        }
    }

    /// A command or an event.
    fn interface(&self, entry: &Entry) -> String {
        let (key, data) = match &entry.kind {
            Kind::Command { arguments, .. } => ("command", arguments),
            Kind::Event(data) => ("event", data),
            _ => return String::new(),
        };
        let mut parts = vec![(key, quoted(&entry.name))];
        let data = self.dump.find(data);
        if self.names.is_inline(data) {
            parts.push(("data", self.members(self.dump.members(data))));
        } else if let Some(name) = self.names.of(data) {
            parts.push(("data", quoted(name)));
            parts.extend(self.dump.variants(data).map(|_| ("boxed", "true".to_owned())));
        }
        if let Kind::Command { returns, allow_oob, .. } = &entry.kind {
            let returns = Some(returns).filter(|name| !self.names.is_empty(self.dump.find(name)));
            parts.extend(returns.map(|returns| ("returns", self.reference(returns))));
            parts.extend(allow_oob.then(|| ("allow-oob", "true".to_owned())));
        }
        finish(parts, entry)
    }

    /// The object whose members stand in the definition of a command or event, and where they do.
    fn inline(&self, index: usize, definition: &str) -> Option<(usize, Range<usize>)> {
        let data = match &self.dump.entries[index].kind {
            Kind::Command { arguments: data, .. } | Kind::Event(data) => self.dump.find(data),
            _ => return None,
        };
        let start = definition.find("'data': ").filter(|_| self.names.is_inline(data))?;
        let end = definition[start..].find(KEY_BREAK).map_or(definition.len(), |length| start + length);
        Some((data, start..end))
    }

    fn ty(&self, index: usize, name: &str) -> Option<String> {
        let entry = &self.dump.entries[index];
        let (key, mut rest) = match &entry.kind {
            Kind::Enum(_) if self.absent.contains(index) => {
                ("enum", vec![("data", list([quoted(absent::VALUE)].into_iter()))])
            }
            Kind::Alternate(_) if self.absent.contains(index) => {
                ("alternate", vec![("data", object(&[(absent::BRANCH, quoted(absent::BRANCH))]))])
            }
            Kind::Enum(values) => {
                ("enum", vec![("data", list(values.iter().map(|value| item(&value.name, &value.features))))])
            }
            Kind::Alternate(types) => ("alternate", vec![("data", self.alternate_branches(types))]),
            Kind::Object(members, None) => ("struct", vec![("data", self.members(members))]),
            Kind::Object(members, Some(variants)) => ("union", self.union(index, members, variants)),
            Kind::Builtin(_) | Kind::Array(_) | Kind::Command { .. } | Kind::Event(_) => return None,
        };
        let mut parts = vec![(key, quoted(name))];
        parts.append(&mut rest);
        Some(finish(parts, entry))
    }

    /// Branches of nothing are those that the language adds; a branch for no value of the tag is never taken.
    fn union(&self, index: usize, members: &[Member], variants: &Variants) -> Vec<(&'static str, String)> {
        let values: Option<BTreeSet<&str>> = match self.dump.tag(index).map(|index| &self.dump.entries[index].kind) {
            Some(Kind::Enum(values)) => Some(values.iter().map(|value| value.name.as_str()).collect()),
            _ => None,
        };
        let is_written = |(case, ty): &&(String, String)| {
            !self.names.is_empty(self.dump.find(ty)) && values.as_ref().is_none_or(|values| values.contains(&**case))
        };
        let branches = variants.branches.iter().filter(is_written);
        let branches: Vec<(&str, String)> = branches.map(|(case, ty)| (case.as_str(), self.reference(ty))).collect();
        vec![("base", self.members(members)), ("discriminator", quoted(&variants.tag)), ("data", object(&branches))]
    }

    /// Branches are named by the kind of their values, which is what tells them apart.
    fn alternate_branches(&self, types: &[String]) -> String {
        let kind = |ty: &String| match &self.dump.entries[self.dump.find(ty)].kind {
            Kind::Builtin(builtin) => builtin,
            Kind::Enum(_) => "enum",
            Kind::Array(_) => "array",
            _ => "object",
        };
        object(&types.iter().map(|ty| (kind(ty), self.reference(ty))).collect::<Vec<_>>())
    }

    fn members(&self, members: &[Member]) -> String {
        let member = |member: &Member| {
            let name = format!("{}{}", if member.optional { "*" } else { "" }, member.name);
            let ty = self.reference(&member.ty);
            let ty = match member.features.is_empty() {
                true => ty,
                false => object(&[("type", ty), ("features", list(member.features.iter().map(quoted)))]),
            };
            (name, ty)
        };
        object(&members.iter().map(member).collect::<Vec<_>>())
    }

    fn reference(&self, ty: &str) -> String {
        let name = quoted(self.names.of(self.dump.element(ty)).unwrap_or("q_empty"));
        match self.dump.entries[self.dump.find(ty)].kind {
            Kind::Array(_) => format!("[ {name} ]"),
            _ => name,
        }
    }
}

fn finish(mut parts: Vec<(&str, String)>, entry: &Entry) -> String {
    if !entry.features.is_empty() {
        parts.push(("features", list(entry.features.iter().map(quoted))));
    }
    definition(&parts)
}

/// The name of a value, with its features if it has any.
fn item(name: &str, features: &[String]) -> String {
    match features.is_empty() {
        true => quoted(name),
        false => object(&[("name", quoted(name)), ("features", list(features.iter().map(quoted)))]),
    }
}

/// Between the keys of a definition, and nowhere else.
const KEY_BREAK: &str = ",\n  '";

/// One key per line.
fn definition(parts: &[(&str, String)]) -> String {
    let parts: Vec<String> = parts.iter().map(|(key, value)| format!("{key}': {value}")).collect();
    format!("{{ '{} }}\n", parts.join(KEY_BREAK))
}

fn object(parts: &[(impl AsRef<str>, String)]) -> String {
    enclosed("{", parts.iter().map(|(key, value)| format!("'{}': {value}", key.as_ref())).collect(), "}")
}

fn list(items: impl Iterator<Item = String>) -> String {
    enclosed("[", items.collect(), "]")
}

/// On one line if it fits.
fn enclosed(open: &str, items: Vec<String>, close: &str) -> String {
    let width: usize = items.iter().map(|item| item.len() + 2).sum();
    match (items.is_empty(), width < WIDTH - 20) {
        (true, _) => format!("{open}{close}"),
        (_, true) => format!("{open} {} {close}", items.join(", ")),
        (_, false) => format!("{open}\n      {} {close}", items.join(",\n      ")),
    }
}

fn quoted(name: impl AsRef<str>) -> String {
    format!("'{}'", name.as_ref())
}

//! Entries to definitions of the language.
//!
//! Types keep the names that the list has for them, `0` or `q_obj_x-arg`, and the place of every name is its entry. So the errors
//! of the checks are in terms of the list.

use std::collections::HashSet;

use super::conditional::Conditional;
use super::entry::{Entry, Kind, Member, Variants};
use super::errors::Errors;
use super::names::Names;
use super::resolved::Resolved;
use crate::model::{Condition, EnumValue, Feature, Versions};
use crate::source::Span;
use crate::syntax::{self, Branch, Definition, Members, Name, Origin, Pragmas, Struct, Syntax, TypeRef, Union};

/// Returns the definitions of commands and events, then those of types, and the index of each one's entry.
pub(super) fn define(
    list: &Resolved,
    names: &Names,
    conditional: &Conditional,
    errors: &mut Errors,
) -> (Syntax, Vec<usize>) {
    let interface = list.entries.iter().enumerate().filter(|(_, entry)| !entry.is_type()).map(|(index, _)| index);
    let entries: Vec<usize> = interface.chain(names.defined().map(|(index, _)| index)).collect();
    let mut definer = Definer { list, names, conditional, errors };
    let definitions: Vec<Definition> = entries.iter().map(|&index| definer.definition(index)).collect();
    let docs = definitions.iter().map(|_| None).collect();
    let pragmas = exceptions(&definitions);
    let syntax =
        Syntax { definitions, docs, free_form: Vec::new(), pragmas, complete: true, origin: Origin::Introspection };
    (syntax, entries)
}

/// A server answers with names that its own schema excepts.
fn exceptions(definitions: &[Definition]) -> Pragmas {
    let names = || definitions.iter().map(|definition| definition.name.text.clone()).collect::<HashSet<String>>();
    Pragmas {
        command_name_exceptions: names(),
        command_returns_exceptions: names(),
        member_name_exceptions: names(),
        ..Pragmas::default()
    }
}

struct Definer<'a> {
    list: &'a Resolved,
    names: &'a Names,
    conditional: &'a Conditional,
    errors: &'a mut Errors,
}

impl Definer<'_> {
    fn definition(&mut self, index: usize) -> Definition {
        let entry = &self.list.entries[index];
        let kind = match &entry.kind {
            Kind::Command { arguments, returns, allow_oob } => self.command(entry, arguments, returns, *allow_oob),
            Kind::Event(data) => {
                let (arguments, boxed) = self.arguments(entry, data);
                syntax::Kind::Event(syntax::Event { arguments, boxed })
            }
            Kind::Object(members, None) => {
                syntax::Kind::Struct(Struct { base: None, members: self.members(entry, members) })
            }
            Kind::Object(members, Some(variants)) => self.union(index, members, variants),
            Kind::Alternate(types) => self.alternate(entry, types),
            Kind::Enum(values) => syntax::Kind::Enum(values.iter().map(|value| self.value(entry, value)).collect()),
            // They need no definition.
            Kind::Builtin(_) | Kind::Array(_) => syntax::Kind::Enum(Vec::new()),
        };
        let features = features(&entry.features, entry.span);
        let condition = self.conditional.of(&entry.name, "");
        Definition { name: name(&entry.name, entry.span), kind, condition, features, complete: true }
    }

    fn command(&mut self, entry: &Entry, arguments: &str, returns: &str, allow_oob: bool) -> syntax::Kind {
        let (arguments, boxed) = self.arguments(entry, arguments);
        let returns = Some(returns).filter(|name| !self.names.is_empty(self.list.find(name)));
        syntax::Kind::Command(syntax::Command {
            arguments,
            returns: returns.map(|returns| self.reference(returns, entry.span)),
            boxed,
            generate: true,
            success_response: true,
            allow_oob,
            allow_preconfig: false,
            coroutine: false,
        })
    }

    /// The data of a command or event, and whether it must be boxed.
    fn arguments(&mut self, entry: &Entry, data: &str) -> (Members, bool) {
        let index = self.list.find(data);
        if self.names.is_inline(index) {
            let data = &self.list.entries[index];
            return (Members::Inline(self.members(data, self.list.members(index))), false);
        }
        match self.names.is_empty(index) {
            true => (Members::None, false),
            false => (Members::Type(name(data, entry.span)), self.list.variants(index).is_some()),
        }
    }

    /// Branches of the empty object are those that the language adds. A branch without a value of the tag is never taken.
    fn union(&mut self, index: usize, members: &[Member], variants: &Variants) -> syntax::Kind {
        let entry = &self.list.entries[index];
        let values: Option<HashSet<&str>> = match self.list.tag(index).map(|index| &self.list.entries[index].kind) {
            Some(Kind::Enum(values)) => Some(values.iter().map(|value| value.name.as_str()).collect()),
            _ => None,
        };
        let is_written = |case: &str, ty: &str| {
            !self.names.is_empty(self.list.find(ty)) && values.as_ref().is_none_or(|values| values.contains(case))
        };
        let written = variants.branches.iter().filter(|(case, ty)| is_written(case, ty));
        let branches = written.map(|(case, ty)| self.branch(entry, case, ty, case)).collect();
        syntax::Kind::Union(Union {
            base: Members::Inline(self.members(entry, members)),
            discriminator: name(&variants.tag, entry.span),
            branches: self.unique(entry, branches, |branch| &branch.name.text),
        })
    }

    /// Branches are named after the kind of their values, which differs between them.
    fn alternate(&mut self, entry: &Entry, types: &[String]) -> syntax::Kind {
        let kind = |ty: &str| match &self.list.entries[self.list.find(ty)].kind {
            Kind::Builtin(builtin) => builtin,
            Kind::Enum(_) => "enum",
            Kind::Array(_) => "array",
            _ => "object",
        };
        let branches =
            types.iter().zip(0..).map(|(ty, index)| self.branch(entry, kind(ty), ty, &format!("{index}"))).collect();
        syntax::Kind::Alternate(self.unique(entry, branches, |branch| &branch.name.text))
    }

    /// A branch, whose condition is kept under `key`.
    fn branch(&self, entry: &Entry, case: &str, ty: &str, key: &str) -> Branch {
        let condition = self.conditional.of(&entry.name, &format!("[{key}]"));
        Branch { name: name(case, entry.span), ty: self.reference(ty, entry.span), condition }
    }

    fn value(&self, entry: &Entry, value: &super::entry::Value) -> EnumValue {
        let features = features(&value.features, entry.span);
        let condition = self.conditional.of(&entry.name, &format!("={}", value.name));
        EnumValue { name: value.name.clone(), span: entry.span, condition, features, versions: Versions::ALL }
    }

    fn members(&mut self, entry: &Entry, members: &[Member]) -> Vec<syntax::Member> {
        let member = |member: &Member| syntax::Member {
            name: name(&member.name, entry.span),
            optional: member.optional,
            ty: self.reference(&member.ty, entry.span),
            condition: self.conditional.of(&entry.name, &format!(".{}", member.name)),
            features: features(&member.features, entry.span),
        };
        let members = members.iter().map(member).collect();
        self.unique(entry, members, |member| &member.name.text)
    }

    /// Reports what has the same name as another; the first stays.
    fn unique<T>(&mut self, entry: &Entry, mut parts: Vec<T>, name: impl Fn(&T) -> &String) -> Vec<T> {
        let mut seen = HashSet::new();
        parts.retain(|part| {
            let is_new = seen.insert(name(part).clone());
            if !is_new {
                self.errors.of_entry(entry, &format!("`{}` is duplicated", name(part)));
            }
            is_new
        });
        parts
    }

    fn reference(&self, ty: &str, span: Span) -> TypeRef {
        let element = self.list.element(ty);
        let text = match &self.list.entries[element] {
            _ if self.names.is_empty(element) => "q_empty",
            Entry { kind: Kind::Builtin(builtin), .. } => builtin,
            entry => &entry.name,
        };
        match self.list.entries[self.list.find(ty)].kind {
            Kind::Array(_) => TypeRef::Array(name(text, span)),
            _ => TypeRef::Name(name(text, span)),
        }
    }
}

fn name(text: &str, span: Span) -> Name {
    Name { text: text.to_owned(), span }
}

fn features(names: &[String], span: Span) -> Vec<Feature> {
    names.iter().map(|name| Feature { name: name.clone(), span, condition: Condition::Always }).collect()
}

//! Writes the pragmas that a schema needs for names and return types that the language allows as exceptions.

use std::collections::BTreeSet;

use crate::layout::{Entry, Group, Node};
use crate::model::{Command, Object, Schema, TypeId, TypeKind};

impl Schema {
    /// Returns a pragma for each kind of exception that is needed.
    pub(super) fn pragmas(&self) -> Vec<Group<'static>> {
        let commands = || self.commands.iter();
        let names = commands().filter(|command| command.def.name.contains('_'));
        let returns = commands().filter(|command| command.returns.is_some_and(|ty| !self.is_object(ty)));
        let name = |command: &Command| command.def.name.clone();
        let pragmas = [
            ("command-name-exceptions", names.map(name).collect()),
            ("command-returns-exceptions", returns.map(name).collect()),
            ("member-name-exceptions", self.types_with_odd_names()),
        ];
        pragmas.iter().filter_map(|(key, names)| pragma(key, names)).collect()
    }

    /// Whether it is an object or a list of objects.
    fn is_object(&self, id: TypeId) -> bool {
        match &self.ty(id).kind {
            TypeKind::Array(element) => self.object(*element).is_some(),
            kind => matches!(kind, TypeKind::Object(_)),
        }
    }

    fn types_with_odd_names(&self) -> BTreeSet<String> {
        let is_odd = |name: &str| name.bytes().any(|byte| byte == b'_' || byte.is_ascii_uppercase());
        let has_odd = |object: &Object| object.members.iter().any(|member| is_odd(&member.name));
        let is_excepted = |kind: &TypeKind| match kind {
            TypeKind::Enum(kind) => kind.values.iter().any(|value| is_odd(&value.name)),
            TypeKind::Object(object) => has_odd(object) || self.inline_base(object).is_some_and(has_odd),
            TypeKind::Builtin(_) | TypeKind::Alternate(_) | TypeKind::Array(_) => false,
        };
        let types = self.defined_types().filter(|(_, ty)| is_excepted(&ty.kind));
        types.map(|(_, ty)| ty.def.name.clone()).collect()
    }
}

fn pragma(key: &str, names: &BTreeSet<String>) -> Option<Group<'static>> {
    let list = Group::list(names.iter().map(|name| Entry::element(Node::string(name))).collect());
    let exceptions = Group::object(vec![Entry::member(key, Node::Group(list))]);
    (!names.is_empty()).then(|| Group::object(vec![Entry::member("pragma", Node::Group(exceptions))]))
}

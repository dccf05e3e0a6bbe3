//! Where everything stands, and who uses what.

use std::collections::{BTreeSet, HashMap};

use qmp_schema::model::{FreeForm, Schema, TypeId, TypeKind};

use super::book::{Book, Module, is_shown};
use super::html::{anchor, code, escape};

/// What is defined where.
pub(super) struct Links<'a> {
    schema: &'a Schema,
    book: Book<'a>,
    /// The module of each definition that has a place in the manual.
    places: HashMap<&'a str, usize>,
    users: HashMap<TypeId, BTreeSet<&'a str>>,
}

impl<'a> Links<'a> {
    pub(super) fn new(schema: &'a Schema, book: Book<'a>) -> Self {
        let mut links = Self { schema, book, places: HashMap::new(), users: HashMap::new() };
        for (index, module) in links.book.modules.iter().enumerate() {
            let definitions = module.items.iter().filter_map(|item| item.definition());
            links.places.extend(definitions.map(|def| (def.name.as_str(), index)));
        }
        links.find_users();
        links
    }

    /// The pages.
    pub(super) fn modules(&self) -> &[Module<'a>] {
        &self.book.modules
    }

    /// What stands in front of all definitions.
    pub(super) fn introduction(&self) -> &[&'a FreeForm] {
        &self.book.introduction
    }

    /// The address of a definition, from any page.
    pub(super) fn address(&self, name: &str) -> Option<String> {
        self.places.get(name).map(|&module| format!("{}#{}", self.book.modules[module].page, anchor(name)))
    }

    /// The name, a link if it is that of a definition.
    pub(super) fn named(&self, name: &str) -> String {
        match self.address(name) {
            Some(address) => format!("<a href=\"{}\">{}</a>", escape(&address), code(name)),
            None => code(name),
        }
    }

    /// A type as a reader wants to see it.
    pub(super) fn ty(&self, id: TypeId) -> String {
        let ty = self.schema.ty(id);
        match &ty.kind {
            TypeKind::Array(element) => format!("list of {}", self.ty(*element)),
            TypeKind::Builtin(builtin) => code(builtin.name()),
            _ => self.named(&ty.def.name),
        }
    }

    /// The definitions that refer to a type.
    pub(super) fn users(&self, id: TypeId) -> impl Iterator<Item = String> {
        self.users.get(&id).into_iter().flatten().map(|name| self.named(name))
    }

    fn find_users(&mut self) {
        let schema = self.schema;
        for command in &schema.commands {
            [command.arguments, command.returns].into_iter().flatten().for_each(|id| self.used(id, &command.def.name));
        }
        for event in &schema.events {
            event.arguments.into_iter().for_each(|id| self.used(id, &event.def.name));
        }
        for (_, ty) in schema.types().filter(|(_, ty)| is_shown(&ty.kind)) {
            match &ty.kind {
                TypeKind::Alternate(alternate) => {
                    alternate.branches.iter().for_each(|branch| self.used(branch.ty, &ty.def.name));
                }
                TypeKind::Object(object) => {
                    object.base.into_iter().for_each(|base| self.used(base, &ty.def.name));
                    object.members.iter().for_each(|member| self.used(member.ty, &ty.def.name));
                    let branches = object.variants.iter().flat_map(|variants| &variants.branches);
                    branches.for_each(|branch| self.used(branch.ty, &ty.def.name));
                }
                TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => {}
            }
        }
    }

    /// Who uses an array uses its elements; who has members inline uses their types.
    fn used(&mut self, id: TypeId, user: &'a str) {
        match &self.schema.ty(id).kind {
            TypeKind::Array(element) => self.used(*element, user),
            TypeKind::Object(object) if !is_shown(&self.schema.ty(id).kind) => {
                object.members.iter().for_each(|member| self.used(member.ty, user));
            }
            _ => _ = self.users.entry(id).or_default().insert(user),
        }
    }
}

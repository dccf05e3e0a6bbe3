//! Links to definitions, and the users of each type.

use std::collections::{BTreeSet, HashMap};

use qmp_schema::model::{FreeForm, Schema, TypeId, TypeKind};

use super::html::{anchor, code, escape};
use super::outline::{INDEX_PAGE, Item, Module, Outline, is_named};

/// The addresses of all definitions.
pub(super) struct Links<'a> {
    schema: &'a Schema,
    outline: Outline<'a>,
    /// The target of each definition in the manual.
    targets: HashMap<&'a str, Target>,
    users: HashMap<TypeId, BTreeSet<&'a str>>,
}

/// The target of links to a definition.
struct Target {
    /// The address, relative to any page.
    address: String,
    /// The name with a link to the definition, as HTML.
    link: String,
}

impl<'a> Links<'a> {
    pub(super) fn new(schema: &'a Schema, outline: Outline<'a>) -> Self {
        let mut links = Self { schema, outline, targets: HashMap::new(), users: HashMap::new() };
        for module in &links.outline.modules {
            let definitions = module.items.iter().filter_map(|item| item.definition());
            links.targets.extend(definitions.map(|def| (def.name.as_str(), Target::new(&module.page, &def.name))));
        }
        links.find_users();
        links
    }

    /// The pages of the schema files.
    pub(super) fn modules(&self) -> &[Module<'a>] {
        &self.outline.modules
    }

    /// The definitions and texts of all pages.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.outline.items()
    }

    /// The text in front of all definitions.
    pub(super) fn introduction(&self) -> &[&'a FreeForm] {
        &self.outline.introduction
    }

    /// The address of a definition, relative to any page.
    pub(super) fn address(&self, name: &str) -> Option<&str> {
        self.targets.get(name).map(|target| target.address.as_str())
    }

    /// The name as code, with a link if a definition has this name.
    pub(super) fn named(&self, name: &str) -> String {
        self.targets.get(name).map_or_else(|| code(name), |target| target.link.clone())
    }

    /// The target of a cross-reference. QEMU refers to the indices that Sphinx generates, `qapi-qmp-index` and the like.
    pub(super) fn reference(&self, target: &str) -> String {
        let is_index = target.starts_with("qapi-") && target.ends_with("-index") && !self.targets.contains_key(target);
        if is_index { format!("<a href=\"{INDEX_PAGE}\">index</a>") } else { self.named(target) }
    }

    /// The type as readers know it.
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
        let mut uses = Vec::new();
        for item in self.outline.items() {
            match item {
                Item::Text(_) => {}
                Item::Command(command) => {
                    uses.extend(
                        [command.arguments, command.returns].into_iter().flatten().map(|id| (id, &command.def)),
                    );
                }
                Item::Event(event) => uses.extend(event.arguments.map(|id| (id, &event.def))),
                Item::Type(_, ty) => uses.extend(references(&ty.kind).into_iter().map(|id| (id, &ty.def))),
            }
        }
        uses.into_iter().for_each(|(id, def)| self.add_user(id, &def.name));
    }

    /// A user of an array uses its elements, and a user of members that are written in place uses their types.
    fn add_user(&mut self, id: TypeId, user: &'a str) {
        match &self.schema.ty(id).kind {
            TypeKind::Array(element) => self.add_user(*element, user),
            TypeKind::Object(object) if !is_named(&self.schema.ty(id).kind) => {
                object.members.iter().for_each(|member| self.add_user(member.ty, user));
            }
            _ => _ = self.users.entry(id).or_default().insert(user),
        }
    }
}

impl Target {
    fn new(page: &str, name: &str) -> Self {
        let address = format!("{page}#{}", anchor(name));
        let link = format!("<a href=\"{}\">{}</a>", escape(&address), code(name));
        Self { address, link }
    }
}

/// The types that a type refers to.
fn references(kind: &TypeKind) -> Vec<TypeId> {
    match kind {
        TypeKind::Alternate(alternate) => alternate.branches.iter().map(|branch| branch.ty).collect(),
        TypeKind::Object(object) => {
            let members = object.members.iter().map(|member| member.ty);
            let branches = object.variants.iter().flat_map(|variants| &variants.branches).map(|branch| branch.ty);
            object.base.into_iter().chain(members).chain(branches).collect()
        }
        TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => Vec::new(),
    }
}

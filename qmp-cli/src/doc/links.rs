//! Which page everything stands on, and who uses what.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use qmp_schema::model::{Definition, ObjectOrigin, Schema, TypeId, TypeKind};
use qmp_schema::source::{FileId, Span};

use super::html::{anchor, code, escape};

/// The page of the manual that a file of the schema becomes.
pub(super) struct Module {
    /// What it is called.
    pub(super) name: String,
    /// The file in the manual's folder.
    pub(super) page: String,
}

/// What is defined where.
pub(super) struct Links<'a> {
    schema: &'a Schema,
    pub(super) modules: Vec<Module>,
    files: HashMap<FileId, usize>,
    /// The page of each definition that has a place in the manual.
    places: HashMap<&'a str, usize>,
    users: HashMap<TypeId, BTreeSet<&'a str>>,
}

impl<'a> Links<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let (modules, files, places, users) = Default::default();
        let mut links = Self { schema, modules, files, places, users };
        for def in definitions(schema) {
            let module = links.module_of(def.span);
            links.places.insert(&def.name, module);
        }
        links.find_users();
        links
    }

    /// The index of the module that holds the place; makes one for a file not seen yet.
    fn module_of(&mut self, span: Span) -> usize {
        if let Some(&module) = self.files.get(&span.file) {
            return module;
        }
        let path = self.schema.sources.locate(span).map_or(Path::new("schema"), |location| location.path);
        let stem = path.file_stem().map_or("schema".into(), |stem| stem.to_string_lossy());
        let plain = anchor(&stem).trim_start_matches('.').to_owned();
        let taken = |name: &str| name == "index" || self.modules.iter().any(|module| module.name == name);
        let candidates = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}-{number}")));
        let name = candidates.into_iter().find(|name| !name.is_empty() && !taken(name)).unwrap_or(plain);
        self.modules.push(Module { page: format!("{name}.html"), name });
        self.files.insert(span.file, self.modules.len() - 1);
        self.modules.len() - 1
    }

    /// The module that a definition's page is.
    pub(super) fn module(&self, name: &str) -> Option<&Module> {
        self.places.get(name).map(|&module| &self.modules[module])
    }

    /// The address of a definition, from any page.
    pub(super) fn address(&self, name: &str) -> Option<String> {
        self.module(name).map(|module| format!("{}#{}", module.page, anchor(name)))
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

/// Everything that has a place in the manual.
fn definitions(schema: &Schema) -> impl Iterator<Item = &Definition> {
    let types = schema.types().filter(|(_, ty)| is_shown(&ty.kind) && ty.def.span != Span::NONE);
    let mut all: Vec<&Definition> = types.map(|(_, ty)| &ty.def).collect();
    all.extend(schema.commands.iter().map(|command| &command.def));
    all.extend(schema.events.iter().map(|event| &event.def));
    all.sort_by_key(|def| def.span);
    all.into_iter()
}

/// Whether the type is one that somebody wrote.
pub(super) fn is_shown(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Enum(_) | TypeKind::Alternate(_) => true,
        TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
        TypeKind::Builtin(_) | TypeKind::Array(_) => false,
    }
}

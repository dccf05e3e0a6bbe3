//! What stands on which page: one for each file of the schema that defines something.

use std::collections::HashSet;
use std::path::Path;

use qmp_schema::markup::{Block, Heading, blocks};
use qmp_schema::model::{Command, Definition, Event, FreeForm, ObjectOrigin, Schema, Type, TypeId, TypeKind};
use qmp_schema::source::Span;

use super::html::anchor;
use crate::source::STDIN;

/// Systems have files with names of 255 bytes; an ending, and a number to tell a page from others, come behind this.
const LONGEST_NAME: usize = 100;

/// All that the manual shows.
pub(super) struct Book<'a> {
    /// The root file's text in front of its first definition.
    pub(super) introduction: Vec<&'a FreeForm>,
    pub(super) modules: Vec<Module<'a>>,
}

/// The page that a file becomes.
pub(super) struct Module<'a> {
    /// What the file is called.
    pub(super) name: String,
    /// The file in the manual's folder.
    pub(super) page: String,
    /// The heading that the file begins with.
    pub(super) heading: Option<Heading<'a>>,
    /// What it holds, in the order written.
    pub(super) items: Vec<Item<'a>>,
}

/// A definition, or documentation between two.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Text(&'a FreeForm),
    Command(&'a Command),
    Event(&'a Event),
    Type(TypeId, &'a Type),
}

impl<'a> Book<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let items = items(schema);
        let mut book = Self { introduction: Vec::new(), modules: Vec::new() };
        let mut taken = HashSet::from(["index".to_owned()]);
        for items in items.chunk_by(|one, next| one.place().file == next.place().file) {
            let file = schema.sources.file(items[0].place().file);
            let is_root = file.included_from.is_none();
            if is_root {
                book.introduction = items.iter().map_while(Item::text).collect();
            }
            let defines = items.iter().any(|item| item.definition().is_some());
            if defines || !is_root {
                book.modules.push(Module::new(&file.path, items.to_vec(), &mut taken));
            }
        }
        book
    }
}

impl<'a> Module<'a> {
    fn new(path: &Path, items: Vec<Item<'a>>, taken: &mut HashSet<String>) -> Self {
        let plain = page_name(path);
        let mut name = plain.clone();
        let mut number = 1;
        while !taken.insert(name.clone()) {
            number += 1;
            name = format!("{plain}-{number}");
        }
        let first = items.first().and_then(Item::text).and_then(|text| blocks(&text.text).into_iter().next());
        let heading = match first {
            Some(Block::Heading(heading)) => Some(heading),
            _ => None,
        };
        Self { page: format!("{name}.html"), name, heading, items }
    }
}

impl<'a> Item<'a> {
    /// The group that it is listed in.
    pub(super) fn group(&self) -> Option<&'static str> {
        match self {
            Self::Text(_) => None,
            Self::Command(_) => Some("Commands"),
            Self::Event(_) => Some("Events"),
            Self::Type(..) => Some("Types"),
        }
    }

    pub(super) fn definition(&self) -> Option<&'a Definition> {
        match self {
            Self::Text(_) => None,
            Self::Command(command) => Some(&command.def),
            Self::Event(event) => Some(&event.def),
            Self::Type(_, ty) => Some(&ty.def),
        }
    }

    fn text(&self) -> Option<&'a FreeForm> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn place(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Command(command) => command.def.span,
            Self::Event(event) => event.def.span,
            Self::Type(_, ty) => ty.def.span,
        }
    }
}

/// Whether the type is one that somebody wrote.
pub(super) fn is_shown(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Enum(_) | TypeKind::Alternate(_) => true,
        TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
        TypeKind::Builtin(_) | TypeKind::Array(_) => false,
    }
}

/// Everything that has a place, file by file.
fn items(schema: &Schema) -> Vec<Item<'_>> {
    let types = schema.types().filter(|(_, ty)| is_shown(&ty.kind) && ty.def.span != Span::NONE);
    let mut items: Vec<Item<'_>> = types.map(|(id, ty)| Item::Type(id, ty)).collect();
    items.extend(schema.commands.iter().map(Item::Command));
    items.extend(schema.events.iter().map(Item::Event));
    items.extend(schema.free_form.iter().map(Item::Text));
    items.sort_by_key(Item::place);
    items
}

/// The file's name without its ending, as an address has it; not all of a long one, for it may be longer there.
fn page_name(path: &Path) -> String {
    let stem = path.file_stem().filter(|_| path != Path::new(STDIN)).unwrap_or_default();
    // A file whose name begins with a dot is hidden.
    let name: String = anchor(&stem.to_string_lossy()).trim_start_matches('.').chars().take(LONGEST_NAME).collect();
    if name.is_empty() { "schema".to_owned() } else { name }
}

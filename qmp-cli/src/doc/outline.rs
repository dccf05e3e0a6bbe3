//! The outline of the manual: one page for each schema file that defines something.

use std::collections::HashSet;
use std::path::Path;

use qmp_schema::markup::{Block, Heading, blocks};
use qmp_schema::model::{
    Command, Conditions, Definition, Event, FreeForm, ObjectOrigin, Schema, Type, TypeId, TypeKind,
};
use qmp_schema::source::Span;

use super::html::anchor;
use crate::source::STDIN;

/// The file of the start page.
pub(super) const START_PAGE: &str = "index.html";
/// The file of the index page.
pub(super) const INDEX_PAGE: &str = "definitions.html";

/// The longest name of a page without its ending and number. File systems limit names to 255 bytes.
const MAX_NAME: usize = 100;

/// The contents of the manual.
pub(super) struct Outline<'a> {
    /// The text of the root file in front of its first definition.
    pub(super) introduction: Vec<&'a FreeForm>,
    pub(super) modules: Vec<Module<'a>>,
}

/// A schema file, which becomes a page.
pub(super) struct Module<'a> {
    /// The name of the schema file, without its ending; numbered if several files have this name.
    pub(super) name: String,
    /// The file of the page.
    pub(super) page: String,
    /// The heading that the schema file begins with.
    pub(super) heading: Option<Heading<'a>>,
    /// The contents, in the order written.
    pub(super) items: Vec<Item<'a>>,
}

/// A definition, or documentation between two definitions.
#[derive(Clone, Copy)]
pub(super) enum Item<'a> {
    Text(&'a FreeForm),
    Command(&'a Command),
    Event(&'a Event),
    Type(TypeId, &'a Type),
}

impl<'a> Outline<'a> {
    /// Outlines the manual of a schema. Types that the conditions do not admit are left out.
    pub(super) fn new(schema: &'a Schema, conditions: &Conditions) -> Self {
        let items = items(schema, conditions);
        let mut outline = Self { introduction: Vec::new(), modules: Vec::new() };
        let mut taken: HashSet<String> = [START_PAGE, INDEX_PAGE].map(str::to_owned).into();
        for items in items.chunk_by(|one, next| one.span().file == next.span().file) {
            let file = schema.sources.file(items[0].span().file);
            let is_root = file.included_from.is_none();
            if is_root {
                outline.introduction = items.iter().map_while(Item::text).collect();
            }
            let has_definitions = items.iter().any(|item| item.definition().is_some());
            if has_definitions || !is_root {
                outline.modules.push(Module::new(&file.path, items.to_vec(), &mut taken));
            }
        }
        outline
    }

    /// All items of all modules.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item<'a>> {
        self.modules.iter().flat_map(|module| &module.items)
    }
}

impl<'a> Module<'a> {
    fn new(path: &Path, items: Vec<Item<'a>>, taken: &mut HashSet<String>) -> Self {
        let stem = page_name(path);
        let mut name = stem.clone();
        let mut number = 1;
        while !taken.insert(format!("{name}.html")) {
            number += 1;
            name = format!("{stem}-{number}");
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
    /// The title of the group that lists the item.
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

    fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Command(command) => command.def.span,
            Self::Event(event) => event.def.span,
            Self::Type(_, ty) => ty.def.span,
        }
    }
}

/// Whether the type is written in the schema under a name of its own.
pub(super) fn is_named(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Enum(_) | TypeKind::Alternate(_) => true,
        TypeKind::Object(object) => matches!(object.origin, ObjectOrigin::Struct | ObjectOrigin::Union),
        TypeKind::Builtin(_) | TypeKind::Array(_) => false,
    }
}

/// Collects everything that is written in the schema, file by file.
fn items<'a>(schema: &'a Schema, conditions: &Conditions) -> Vec<Item<'a>> {
    let is_shown = |ty: &Type| is_named(&ty.kind) && ty.def.span != Span::NONE && conditions.admit(&ty.def.condition);
    let types = schema.types().filter(|(_, ty)| is_shown(ty));
    let mut items: Vec<Item<'_>> = types.map(|(id, ty)| Item::Type(id, ty)).collect();
    items.extend(schema.commands.iter().map(Item::Command));
    items.extend(schema.events.iter().map(Item::Event));
    items.extend(schema.free_form.iter().map(Item::Text));
    items.sort_by_key(Item::span);
    items
}

/// The name of a schema file without its ending, in characters that stand for themselves in an address, cut to [`MAX_NAME`].
fn page_name(path: &Path) -> String {
    let stem = path.file_stem().filter(|_| path != Path::new(STDIN)).unwrap_or_default();
    // A file whose name begins with a dot would be hidden.
    let name: String = anchor(&stem.to_string_lossy()).trim_start_matches('.').chars().take(MAX_NAME).collect();
    if name.is_empty() { "schema".to_owned() } else { name }
}

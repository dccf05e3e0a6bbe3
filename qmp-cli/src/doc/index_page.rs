//! The index page: all definitions by kind and first letter.

use std::collections::BTreeMap;

use qmp_schema::model::{Definition, TypeKind};

use super::links::Links;
use super::outline::{INDEX_PAGE, Item};
use super::page::Page;

/// The kinds in the order of the page: title and anchor.
const KINDS: [(&str, &str); 6] = [
    ("Commands", "commands"),
    ("Events", "events"),
    ("Structs", "structs"),
    ("Unions", "unions"),
    ("Alternates", "alternates"),
    ("Enums", "enums"),
];

/// Generates the index page.
pub(super) fn page(links: &Links<'_>) -> Page {
    let mut by_kind: BTreeMap<&str, Letters<'_>> = BTreeMap::new();
    for item in links.items() {
        if let Some((kind, def)) = kind(item).zip(item.definition()) {
            by_kind.entry(kind).or_default().entry(letter(&def.name)).or_default().push(def);
        }
    }
    let (mut contents, mut main) = (String::new(), String::new());
    for (title, kind) in KINDS {
        let Some(letters) = by_kind.get(kind) else { continue };
        contents += &format!("<p class=\"title\"><a href=\"#{kind}\">{title}</a></p>\n<ul class=\"letters\">\n");
        main += &format!("<section id=\"{kind}\">\n<h2 class=\"definition\"><a href=\"#{kind}\">{title}</a></h2>\n");
        for (letter, definitions) in letters {
            contents += &format!("<li><a href=\"#{kind}-{letter}\">{letter}</a></li>\n");
            main += &group(&format!("{kind}-{letter}"), letter, definitions, links);
        }
        contents += "</ul>\n";
        main += "</section>\n";
    }
    Page { file: INDEX_PAGE.to_owned(), name: "Index".to_owned(), heading: "Index".to_owned(), contents, main }
}

/// The definitions of a kind, by their first letter.
type Letters<'a> = BTreeMap<String, Vec<&'a Definition>>;

fn group(id: &str, letter: &str, definitions: &[&Definition], links: &Links<'_>) -> String {
    let mut names: Vec<&str> = definitions.iter().map(|def| def.name.as_str()).collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    let names: String = names.into_iter().map(|name| format!("<li>{}</li>\n", links.named(name))).collect();
    format!("<h3 class=\"title\" id=\"{id}\">{letter}</h3>\n<ul class=\"index\">\n{names}</ul>\n")
}

/// The kind of a definition, as the anchor in [`KINDS`].
fn kind(item: &Item<'_>) -> Option<&'static str> {
    match item {
        Item::Text(_) => None,
        Item::Command(_) => Some("commands"),
        Item::Event(_) => Some("events"),
        Item::Type(_, ty) => match &ty.kind {
            TypeKind::Enum(_) => Some("enums"),
            TypeKind::Alternate(_) => Some("alternates"),
            TypeKind::Object(object) if object.variants.is_some() => Some("unions"),
            TypeKind::Object(_) => Some("structs"),
            TypeKind::Builtin(_) | TypeKind::Array(_) => None,
        },
    }
}

/// The first letter or digit of a name, in upper case; names of vendors begin with `__`.
fn letter(name: &str) -> String {
    name.chars().find(char::is_ascii_alphanumeric).map_or("_".to_owned(), |c| c.to_ascii_uppercase().to_string())
}

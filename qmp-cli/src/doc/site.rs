//! All files of the manual.

use qmp_schema::model::{Definition, Schema};
use serde_json::json;

use super::definition::{Sections, summary};
use super::html::{code, escape};
use super::links::{Links, Module, is_shown};
use super::page::page;

/// One definition of the manual.
struct Entry<'a> {
    def: &'a Definition,
    kind: &'static str,
    module: &'a Module,
    section: String,
}

/// The files of the manual: name and text.
pub(super) fn files(schema: &Schema, title: &str) -> Vec<(String, String)> {
    let links = Links::new(schema);
    let entries = entries(schema, &links);
    let mut files = vec![
        ("index.html".to_owned(), page(title, title, &modules(&links), &overview(&links, &entries))),
        ("index.js".to_owned(), index(&links, &entries)),
        ("search.js".to_owned(), include_str!("search.js").to_owned()),
        ("style.css".to_owned(), include_str!("style.css").to_owned()),
    ];
    for module in &links.modules {
        let here: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.module.page == module.page).collect();
        let sections: String = here.iter().map(|entry| entry.section.as_str()).collect();
        let contents = groups(&links, &here, "h2");
        files.push((module.page.clone(), page(&module.name, title, &contents, &sections)));
    }
    files
}

/// Everything, in the order of the files.
fn entries<'a>(schema: &'a Schema, links: &'a Links<'a>) -> Vec<Entry<'a>> {
    let sections = Sections::new(schema, links);
    let entry = |def: &'a Definition, kind, section: String| {
        links.module(&def.name).map(|module| Entry { def, kind, module, section })
    };
    let commands =
        schema.commands.iter().filter_map(|command| entry(&command.def, "Commands", sections.command(command)));
    let events = schema.events.iter().filter_map(|event| entry(&event.def, "Events", sections.event(event)));
    let types = schema.types().filter(|(_, ty)| is_shown(&ty.kind));
    let types = types.filter_map(|(id, ty)| entry(&ty.def, "Types", sections.ty(id, ty)));
    let mut entries: Vec<Entry<'_>> = commands.chain(events).chain(types).collect();
    entries.sort_by_key(|entry| entry.def.span);
    entries
}

/// The start page: every module with its commands and events.
fn overview(links: &Links<'_>, entries: &[Entry<'_>]) -> String {
    let module = |module: &Module| {
        let here: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.module.page == module.page).collect();
        let (name, page) = (escape(&module.name), escape(&module.page));
        format!("<section>\n<h2><a href=\"{page}\">{name}</a></h2>\n{}</section>\n", groups(links, &here, "h3"))
    };
    links.modules.iter().map(module).collect()
}

/// The names of commands, events and types, each group under a heading.
fn groups(links: &Links<'_>, entries: &[&Entry<'_>], heading: &str) -> String {
    let group = |kind: &str| {
        let names = entries.iter().filter(|entry| entry.kind == kind).map(|entry| links.named(&entry.def.name));
        let names: String = names.map(|name| format!("<li>{name}</li>\n")).collect();
        match names.is_empty() {
            true => names,
            false => format!("<{heading}>{kind}</{heading}>\n<ul class=\"names\">\n{names}</ul>\n"),
        }
    };
    ["Commands", "Events", "Types"].map(group).concat()
}

fn modules(links: &Links<'_>) -> String {
    let module =
        |module: &Module| format!("<li><a href=\"{}\">{}</a></li>\n", escape(&module.page), code(&module.name));
    format!("<ul class=\"names\">\n{}</ul>\n", links.modules.iter().map(module).collect::<String>())
}

/// What the search looks through: name, kind, address, summary. A script, for pages from files cannot fetch data.
fn index(links: &Links<'_>, entries: &[Entry<'_>]) -> String {
    let row = |entry: &Entry<'_>| {
        let kind = entry.kind.trim_end_matches('s').to_lowercase();
        json!([entry.def.name, kind, links.address(&entry.def.name), summary(entry.def.doc.as_ref())]).to_string()
    };
    format!("const INDEX = [\n{}\n];\n", entries.iter().map(row).collect::<Vec<_>>().join(",\n"))
}

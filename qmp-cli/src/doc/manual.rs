//! The files of the manual.

use qmp_schema::model::{Conditions, Schema};

use super::definition::Sections;
use super::free_form::{chapter, introduction};
use super::html::{code, escape};
use super::index_page;
use super::inline;
use super::links::Links;
use super::marker;
use super::outline::{Module, Outline, START_PAGE};
use super::page::Page;
use super::search_index::search_index;
use crate::plain_text::on_one_line;

/// The inputs of a manual.
pub(super) struct Manual<'a> {
    pub(super) schema: &'a Schema,
    /// The conditions that the schema was configured for.
    pub(super) conditions: &'a Conditions,
    pub(super) title: &'a str,
    /// The introduction to the schema, as HTML for the start page.
    pub(super) origin: &'a str,
}

impl Manual<'_> {
    /// Generates the files of the manual: name and text.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let links = Links::new(self.schema, Outline::new(self.schema, self.conditions));
        let sections = Sections::new(self.schema, &links);
        let mut pages = vec![self.start_page(&links), index_page::page(&links)];
        pages.extend(links.modules().iter().map(|module| self.module_page(module, &sections, &links)));
        let marked = |file: &str, text: &str| (file.to_owned(), format!("{}\n{text}", marker::of_code(file)));
        let assets = [
            marked("index.js", &search_index(self.schema, &links)),
            marked("search.js", include_str!("search.js")),
            marked("style.css", include_str!("style.css")),
        ];
        pages.into_iter().map(|page| (page.file.clone(), page.html(self.title))).chain(assets).collect()
    }

    /// The start page: the introduction, and every module with its definitions.
    fn start_page(&self, links: &Links<'_>) -> Page {
        let module = |module: &Module<'_>| {
            let page = escape(&module.page);
            format!(
                "<section>\n<h2 class=\"definition\"><a href=\"{page}\">{}</a>{}</h2>\n{}</section>\n",
                title(module, links),
                file_name(module),
                groups(links, module, "h3")
            )
        };
        let modules: String = links.modules().iter().map(module).collect();
        Page {
            file: START_PAGE.to_owned(),
            name: String::new(),
            heading: escape(self.title),
            contents: contents(links),
            main: self.origin.to_owned() + &introduction(links.introduction(), links) + &modules,
        }
    }

    fn module_page(&self, module: &Module<'_>, sections: &Sections<'_>, links: &Links<'_>) -> Page {
        Page {
            file: module.page.clone(),
            name: module.heading.map_or(module.name.clone(), |heading| on_one_line(heading.title)),
            heading: title(module, links) + &file_name(module),
            contents: groups(links, module, "p"),
            main: chapter(module, sections, links),
        }
    }
}

/// The title of a module: the heading that it begins with, or else the name of its file.
fn title(module: &Module<'_>, links: &Links<'_>) -> String {
    module.heading.map_or_else(|| escape(&module.name), |heading| inline::convert(heading.title, links))
}

/// The name of a module's file, unless that is its title.
fn file_name(module: &Module<'_>) -> String {
    let name = format!(" <small>{}</small>", escape(&module.name));
    module.heading.map(|_| name).unwrap_or_default()
}

/// The names of commands, events and types, each group under a title.
fn groups(links: &Links<'_>, module: &Module<'_>, tag: &str) -> String {
    let group = |group: &str| {
        let items = module.items.iter().filter(|item| item.group() == Some(group));
        let names = items.filter_map(|item| item.definition()).map(|def| links.named(&def.name));
        let names: String = names.map(|name| format!("<li>{name}</li>\n")).collect();
        match names.is_empty() {
            true => names,
            false => format!("<{tag} class=\"title\">{group}</{tag}>\n<ul class=\"names\">\n{names}</ul>\n"),
        }
    };
    ["Commands", "Events", "Types"].map(group).concat()
}

/// Links to all modules.
fn contents(links: &Links<'_>) -> String {
    let module = |module: &Module<'_>| {
        let name = module.heading.map_or_else(|| code(&module.name), |heading| escape(&on_one_line(heading.title)));
        format!("<li><a href=\"{}\">{name}</a></li>\n", escape(&module.page))
    };
    format!("<ul class=\"names\">\n{}</ul>\n", links.modules().iter().map(module).collect::<String>())
}

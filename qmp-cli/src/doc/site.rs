//! All files of the manual.

use qmp_schema::model::Schema;

use super::book::{Book, Module};
use super::definition::Sections;
use super::free_form::{chapter, introduction};
use super::html::{code, escape};
use super::index::index;
use super::inline;
use super::links::Links;
use super::mark;
use super::page::Page;
use crate::plain_text::on_one_line;

/// A manual to be made.
pub(super) struct Manual<'a> {
    pub(super) schema: &'a Schema,
    pub(super) title: &'a str,
    /// What it documents, as HTML for the start page.
    pub(super) origin: &'a str,
}

impl Manual<'_> {
    /// The files of the manual: name and text.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let links = Links::new(self.schema, Book::new(self.schema));
        let marked = |file: &str, text: &str| (file.to_owned(), format!("{}\n{text}", mark::of_code(file)));
        let mut files = vec![
            ("index.html".to_owned(), self.start(&links)),
            marked("index.js", &index(self.schema, &links)),
            marked("search.js", include_str!("search.js")),
            marked("style.css", include_str!("style.css")),
        ];
        let sections = Sections::new(self.schema, &links);
        let modules = links.modules().iter();
        files.extend(modules.map(|module| (module.page.clone(), self.module(module, &sections, &links))));
        files
    }

    /// The start page: what the manual is about, and every module with its commands and events.
    fn start(&self, links: &Links<'_>) -> String {
        let module = |module: &Module<'_>| {
            let page = escape(&module.page);
            format!(
                "<section>\n<h2 class=\"definition\"><a href=\"{page}\">{}</a>{}</h2>\n{}</section>\n",
                title(module, links),
                file(module),
                groups(links, module, "h3")
            )
        };
        let modules: String = links.modules().iter().map(module).collect();
        let main = self.origin.to_owned() + &introduction(links.introduction(), links) + &modules;
        let contents = contents(links);
        let page = Page {
            file: "index.html",
            title: self.title,
            heading: &escape(self.title),
            contents: &contents,
            main: &main,
        };
        page.html(self.title)
    }

    fn module(&self, module: &Module<'_>, sections: &Sections<'_>, links: &Links<'_>) -> String {
        let name = module.heading.map_or(module.name.clone(), |heading| on_one_line(heading.title));
        let page = Page {
            file: &module.page,
            title: &format!("{name} - {}", self.title),
            heading: &(title(module, links) + &file(module)),
            contents: &groups(links, module, "p"),
            main: &chapter(module, sections, links),
        };
        page.html(self.title)
    }
}

/// What a module is called: by the heading that it begins with, or else as its file.
fn title(module: &Module<'_>, links: &Links<'_>) -> String {
    module.heading.map_or_else(|| escape(&module.name), |heading| inline::convert(heading.title, links))
}

/// The name of a module's file, unless that is its title.
fn file(module: &Module<'_>) -> String {
    let file = format!(" <small>{}</small>", escape(&module.name));
    module.heading.map(|_| file).unwrap_or_default()
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

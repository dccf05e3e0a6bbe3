//! A command, an event or a type: its section of a page.

use qmp_schema::model::{Command, Definition, Schema, Type, TypeId, TypeKind};

use super::book::{Item, is_shown};
use super::example::Examples;
use super::features::{condition, labels, list};
use super::html::{anchor, escape, pre};
use super::links::Links;
use super::members::Members;
use super::parts::parts;
use super::prose::Prose;

/// Shows definitions.
pub(super) struct Sections<'a> {
    schema: &'a Schema,
    links: &'a Links<'a>,
    members: Members<'a>,
    examples: Examples<'a>,
}

/// What there is to a definition.
struct Shown {
    /// What kind of definition it is.
    kind: &'static str,
    /// Labels of its kind.
    flags: String,
    /// What it is made of: title and text.
    data: Vec<(&'static str, String)>,
    /// An example made for it.
    request: String,
    /// Who uses it.
    users: String,
}

impl<'a> Sections<'a> {
    pub(super) fn new(schema: &'a Schema, links: &'a Links<'a>) -> Self {
        Self { schema, links, members: Members { schema, links }, examples: Examples::new(schema) }
    }

    /// A definition under a heading of the given level.
    pub(super) fn section(&self, item: &Item<'_>, level: usize) -> String {
        let Some(def) = item.definition() else { return String::new() };
        let prose = Prose::new(def.doc.as_ref(), self.links);
        let shown = match item {
            Item::Command(command) => self.command(command, &prose),
            Item::Event(event) => Shown::new("event", vec![("Data", self.data(event.arguments, def))]),
            Item::Type(id, ty) => self.ty(*id, ty),
            Item::Text(_) => return String::new(),
        };
        let Shown { kind, flags, data, request, users } = shown;
        let features = list(def, &parts(self.schema, item), self.links);
        let made = data.into_iter().chain([("Features", features), ("Since", prose.history)]);
        let all = made.chain(prose.sections).chain([("Example request", request)]);
        let body = all.filter(|(_, html)| !html.is_empty()).map(|(title, html)| titled(title, &html, level + 1));
        let since = prose.since.map(|since| format!(" <span class=\"badge\">since {}</span>", escape(&since)));
        format!(
            "<section id=\"{id}\">\n<h{level} class=\"definition\"><a href=\"#{id}\">{name}</a> <span class=\"kind\">{kind}</span>\
             {since}{flags}{condition}{labels}</h{level}>\n{lead}{body}{users}</section>\n",
            id = anchor(&def.name),
            name = escape(&def.name),
            since = since.unwrap_or_default(),
            condition = condition(&def.condition),
            labels = labels(&def.features),
            lead = prose.description,
            body = body.collect::<String>(),
        )
    }

    fn command(&self, command: &Command, prose: &Prose<'_>) -> Shown {
        let flags = [
            (command.allow_oob, "out of band", "can be executed out of band"),
            (command.allow_preconfig, "preconfig", "can be executed before the machine is initialised"),
            (!command.success_response, "no reply", "has no reply on success"),
        ];
        let flags = flags.iter().filter(|(is_set, ..)| *is_set);
        let flags = flags.map(|(_, flag, title)| format!(" <span class=\"badge\" title=\"{title}\">{flag}</span>"));
        let returns = command.returns.map_or("Nothing".to_owned(), |id| self.links.ty(id));
        let returns = format!("<p>{returns}</p>\n{}", prose.returns);
        let data = vec![("Arguments", self.data(command.arguments, &command.def)), ("Returns", returns)];
        let request = self.examples.request(command);
        let request = request.map_or_else(|reason| format!("<p>{reason}</p>\n"), |request| pre(&request));
        Shown { flags: flags.collect(), request, ..Shown::new("command", data) }
    }

    fn ty(&self, id: TypeId, ty: &Type) -> Shown {
        let (kind, title, list) = match &ty.kind {
            TypeKind::Enum(kind) => ("enum", "Values", self.members.values(kind, &ty.def)),
            TypeKind::Alternate(alternate) => {
                ("alternate", "One of", self.members.alternatives(&alternate.branches, &ty.def))
            }
            TypeKind::Object(object) if object.variants.is_some() => {
                ("union", "Members", self.members.object(id, &ty.def))
            }
            _ => ("struct", "Members", self.members.object(id, &ty.def)),
        };
        let users = self.links.users(id).collect::<Vec<_>>().join(", ");
        let users = if users.is_empty() { users } else { format!("<p class=\"users\">Used by {users}</p>\n") };
        Shown { users, ..Shown::new(kind, vec![(title, list)]) }
    }

    /// What the data of a command or event is: a type, or members.
    fn data(&self, id: Option<TypeId>, def: &Definition) -> String {
        let Some(id) = id else { return String::new() };
        match is_shown(&self.schema.ty(id).kind) {
            true => format!("<p>The members of {}.</p>\n", self.links.ty(id)),
            false => self.members.object(id, def),
        }
    }
}

impl Shown {
    fn new(kind: &'static str, data: Vec<(&'static str, String)>) -> Self {
        Self { kind, flags: String::new(), data, request: String::new(), users: String::new() }
    }
}

fn titled(title: &str, html: &str, level: usize) -> String {
    format!("<h{level} class=\"title\">{}</h{level}>\n{html}", escape(title))
}

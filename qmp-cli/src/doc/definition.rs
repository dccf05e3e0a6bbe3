//! The section of a command, an event or a type.

use qmp_schema::model::{Command, Definition, Schema, Type, TypeId, TypeKind};

use super::documentation::Documentation;
use super::example_request::ExampleRequests;
use super::features::{condition, labels, list};
use super::highlight::pre;
use super::html::{anchor, escape};
use super::links::Links;
use super::location::location;
use super::members::Members;
use super::outline::{Item, is_named};
use super::parts::parts;

/// Converts definitions.
pub(super) struct Sections<'a> {
    schema: &'a Schema,
    links: &'a Links<'a>,
    members: Members<'a>,
    requests: ExampleRequests<'a>,
}

/// The parts of a section that depend on the kind of the definition.
struct Body {
    /// The kind of the definition.
    kind: &'static str,
    /// The labels that only this kind has.
    flags: String,
    /// Arguments, members, values: title and text.
    data: Vec<(&'static str, String)>,
    /// A generated example request.
    request: String,
    /// The definitions that use it.
    users: String,
}

impl<'a> Sections<'a> {
    pub(super) fn new(schema: &'a Schema, links: &'a Links<'a>) -> Self {
        Self { schema, links, members: Members { schema, links }, requests: ExampleRequests::new(schema) }
    }

    /// Converts a definition, under a heading of the given level.
    pub(super) fn section(&self, item: &Item<'_>, level: usize) -> String {
        let Some(def) = item.definition() else { return String::new() };
        let documentation = Documentation::new(def.doc.as_ref(), self.links);
        let body = match item {
            Item::Command(command) => self.command(command, &documentation),
            Item::Event(event) => Body::new("event", vec![("Data", self.data(event.arguments, def))]),
            Item::Type(id, ty) => self.ty(*id, ty),
            Item::Text(_) => return String::new(),
        };
        let Body { kind, flags, data, request, users } = body;
        let features = list(def, &parts(self.schema, item), self.links);
        let made = data.into_iter().chain([("Features", features), ("Since", documentation.history)]);
        let all = made.chain(documentation.sections).chain([("Example request", request)]);
        let parts = all.filter(|(_, html)| !html.is_empty()).map(|(title, html)| titled(title, &html, level + 1));
        let since = documentation.since.map(|since| format!(" <span class=\"badge\">since {}</span>", escape(&since)));
        format!(
            "<section id=\"{id}\">\n<h{level} class=\"definition\"><a href=\"#{id}\">{name}</a> <span class=\"kind\">{kind}</span>\
             {since}{flags}{condition}{labels}</h{level}>\n{lead}{parts}{users}{location}</section>\n",
            id = anchor(&def.name),
            name = escape(&def.name),
            since = since.unwrap_or_default(),
            condition = condition(&def.condition),
            labels = labels(&def.features),
            lead = documentation.description,
            parts = parts.collect::<String>(),
            location = location(self.schema, def),
        )
    }

    fn command(&self, command: &Command, documentation: &Documentation<'_>) -> Body {
        let flags = [
            (command.allow_oob, "out of band", "can be executed out of band"),
            (command.allow_preconfig, "preconfig", "can be executed before the machine is initialised"),
            (!command.success_response, "no reply", "has no reply on success"),
        ];
        let flags = flags.iter().filter(|(is_set, ..)| *is_set);
        let flags = flags.map(|(_, flag, title)| format!(" <span class=\"badge\" title=\"{title}\">{flag}</span>"));
        let returns = command.returns.map_or("Nothing".to_owned(), |id| self.links.ty(id));
        let returns = format!("<p>{returns}</p>\n{}", documentation.returns);
        let data = vec![("Arguments", self.data(command.arguments, &command.def)), ("Returns", returns)];
        let request = self.requests.request(command);
        let request = request.map_or_else(|reason| format!("<p>{reason}</p>\n"), |request| pre(&request));
        Body { flags: flags.collect(), request, ..Body::new("command", data) }
    }

    fn ty(&self, id: TypeId, ty: &Type) -> Body {
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
        let users = if users.is_empty() { users } else { format!("<p class=\"facts\">Used by {users}</p>\n") };
        Body { users, ..Body::new(kind, vec![(title, list)]) }
    }

    /// Converts the data of a command or event: a named type, or members.
    fn data(&self, id: Option<TypeId>, def: &Definition) -> String {
        let Some(id) = id else { return String::new() };
        match is_named(&self.schema.ty(id).kind) {
            true => format!("<p>The members of {}.</p>\n", self.links.ty(id)),
            false => self.members.object(id, def),
        }
    }
}

impl Body {
    fn new(kind: &'static str, data: Vec<(&'static str, String)>) -> Self {
        Self { kind, flags: String::new(), data, request: String::new(), users: String::new() }
    }
}

fn titled(title: &str, html: &str, level: usize) -> String {
    format!("<h{level} class=\"title\">{}</h{level}>\n{html}", escape(title))
}

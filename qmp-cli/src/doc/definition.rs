//! A command, an event or a type: its section of a page.

use qmp_schema::model::{Command, Definition, Doc, Event, Schema, Type, TypeId, TypeKind};

use super::example::Examples;
use super::html::{anchor, escape, pre};
use super::links::{Links, is_shown};
use super::markup;
use super::members::{Members, badges, condition};

/// Shows definitions.
pub(super) struct Sections<'a> {
    schema: &'a Schema,
    links: &'a Links<'a>,
    members: Members<'a>,
    examples: Examples<'a>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(schema: &'a Schema, links: &'a Links<'a>) -> Self {
        Self { schema, links, members: Members { schema, links }, examples: Examples::new(schema) }
    }

    pub(super) fn command(&self, command: &Command) -> String {
        let def = &command.def;
        let mut body = self.data("Arguments", command.arguments, def);
        body.push_str(&self.returns(command));
        body.push_str(&self.sections(def));
        let request = self.examples.request(command);
        let request = request.map_or_else(|reason| format!("<p>{reason}</p>\n"), |request| pre(&request));
        body.push_str(&titled("Example request", &request));
        let flags = [
            (command.allow_oob, "out of band", "can be executed out of band"),
            (command.allow_preconfig, "preconfig", "can be executed before the machine is initialised"),
            (!command.success_response, "no reply", "has no reply on success"),
        ];
        let flags = flags.iter().filter(|(is_set, ..)| *is_set);
        let flags: String =
            flags.map(|(_, flag, title)| format!(" <span class=\"badge\" title=\"{title}\">{flag}</span>")).collect();
        section(def, "command", &flags, &self.lead(def), &body)
    }

    pub(super) fn event(&self, event: &Event) -> String {
        let body = self.data("Data", event.arguments, &event.def) + &self.sections(&event.def);
        section(&event.def, "event", "", &self.lead(&event.def), &body)
    }

    pub(super) fn ty(&self, id: TypeId, ty: &Type) -> String {
        let doc = ty.def.doc.as_ref();
        let (kind, title, list) = match &ty.kind {
            TypeKind::Enum(kind) => ("enum", "Values", self.members.values(kind, doc)),
            TypeKind::Alternate(alternate) => {
                ("alternate", "One of", self.members.alternatives(&alternate.branches, doc))
            }
            TypeKind::Object(object) => {
                let kind = if object.variants.is_some() { "union" } else { "struct" };
                (kind, "Members", self.members.object(id, &ty.def))
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => return String::new(),
        };
        let mut body = titled(title, &list) + &self.sections(&ty.def);
        let users: Vec<String> = self.links.users(id).collect();
        if !users.is_empty() {
            body.push_str(&format!("<p class=\"users\">Used by {}</p>\n", users.join(", ")));
        }
        section(&ty.def, kind, "", &self.lead(&ty.def), &body)
    }

    /// What the data of a command or event is: a type, or members.
    fn data(&self, title: &str, id: Option<TypeId>, def: &Definition) -> String {
        let Some(id) = id else { return String::new() };
        match is_shown(&self.schema.ty(id).kind) {
            true => titled(title, &format!("<p>The members of {}.</p>\n", self.links.ty(id))),
            false => titled(title, &self.members.object(id, def)),
        }
    }

    fn returns(&self, command: &Command) -> String {
        let text = command.def.doc.as_ref().and_then(|doc| doc.section("Returns"));
        let text = text.map(|text| markup::convert(text, self.links)).unwrap_or_default();
        let ty = command.returns.map_or("Nothing".to_owned(), |id| self.links.ty(id));
        titled("Returns", &format!("<p>{ty}</p>\n{text}"))
    }

    /// What the definition is for.
    fn lead(&self, def: &Definition) -> String {
        def.doc.as_ref().map(|doc| markup::convert(&doc.body, self.links)).unwrap_or_default()
    }

    /// The features and the sections of the documentation, those aside that stand elsewhere.
    fn sections(&self, def: &Definition) -> String {
        let Some(doc) = &def.doc else { return String::new() };
        let features = doc.features.iter().map(|(name, text)| {
            let text = markup::convert(text, self.links);
            format!("<dt><code class=\"name\">{}</code></dt>\n<dd>{text}</dd>\n", escape(name))
        });
        let features: String = features.collect();
        let features = if features.is_empty() { features } else { format!("<dl>\n{features}</dl>\n") };
        let shown = doc.sections.iter().filter(|(tag, _)| !matches!(&**tag, "Returns" | "Since" | "TODO"));
        let sections = shown.map(|(tag, text)| match &**tag {
            "" => markup::convert(text, self.links),
            "Example" | "Examples" => titled(tag, &markup::example(text)),
            tag => titled(tag, &markup::convert(text, self.links)),
        });
        titled("Features", &features) + &sections.collect::<String>()
    }
}

/// The first sentence of what a definition is for, for lists.
pub(super) fn summary(doc: Option<&Doc>) -> String {
    let paragraph = doc.and_then(|doc| doc.body.split("\n\n").next()).unwrap_or_default();
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    text[..end].replace(['@', '`'], "")
}

fn section(def: &Definition, kind: &str, flags: &str, lead: &str, body: &str) -> String {
    let since = def.doc.as_ref().and_then(|doc| doc.section("Since"));
    let since = since.map(|since| format!(" <span class=\"badge since\">since {}</span>", escape(since)));
    format!(
        "<section id=\"{id}\">\n<h2><a href=\"#{id}\">{name}</a> <span class=\"kind\">{kind}</span>{since}{flags}{badges}{condition}</h2>\n\
         {lead}{body}</section>\n",
        id = anchor(&def.name),
        name = escape(&def.name),
        since = since.unwrap_or_default(),
        badges = badges(&def.features),
        condition = condition(&def.condition),
    )
}

fn titled(title: &str, html: &str) -> String {
    if html.is_empty() { String::new() } else { format!("<h3>{}</h3>\n{html}", escape(title)) }
}

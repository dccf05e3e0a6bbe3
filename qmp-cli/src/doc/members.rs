//! What stands in objects, enums and alternates: one entry each, with its type, features, condition and text.

use qmp_schema::model::{
    Branch, Condition, Definition, Doc, Enum, Feature, Member, Object, ObjectOrigin, Schema, TypeId,
};

use super::html::{code, escape};
use super::links::Links;
use super::markup;

/// Shows what definitions are made of.
pub(super) struct Members<'a> {
    pub(super) schema: &'a Schema,
    pub(super) links: &'a Links<'a>,
}

impl Members<'_> {
    /// All members of an object, the base's first, and its branches. `def` is what inline members belong to.
    pub(super) fn object(&self, id: TypeId, def: &Definition) -> String {
        let Some(object) = self.schema.object(id) else { return String::new() };
        let mut items = String::new();
        self.collect(object, def, &mut items);
        if let Some(variants) = &object.variants {
            for branch in variants.branches.iter().filter(|branch| !branch.implicit) {
                let head = format!(
                    "if {} is {}: members of {}{}",
                    code(&variants.tag),
                    code(&branch.name),
                    self.links.ty(branch.ty),
                    condition(&branch.condition)
                );
                items.push_str(&format!("<dt class=\"branch\">{head}</dt>\n"));
            }
        }
        list(&items)
    }

    fn collect(&self, object: &Object, def: &Definition, items: &mut String) {
        if let Some(base) = object.base {
            let inherited = self.schema.ty(base);
            let inline = self.schema.object(base).is_some_and(|base| base.origin == ObjectOrigin::Base);
            if let Some(base) = self.schema.object(base) {
                self.collect(base, if inline { def } else { &inherited.def }, items);
            }
        }
        for member in &object.members {
            items.push_str(&self.member(member, def.doc.as_ref()));
        }
    }

    fn member(&self, member: &Member, doc: Option<&Doc>) -> String {
        let optional = if member.optional { " <span class=\"optional\">optional</span>" } else { "" };
        let head =
            format!("<code class=\"name\">{}</code> {}{optional}", escape(&member.name), self.links.ty(member.ty));
        self.item(&head, &member.name, &member.features, &member.condition, doc)
    }

    /// The values of an enum.
    pub(super) fn values(&self, kind: &Enum, doc: Option<&Doc>) -> String {
        let value = |value: &qmp_schema::model::EnumValue| {
            let head = format!("<code class=\"name\">{}</code>", escape(&value.name));
            self.item(&head, &value.name, &value.features, &value.condition, doc)
        };
        list(&kind.values.iter().map(value).collect::<String>())
    }

    /// The branches of an alternate.
    pub(super) fn alternatives(&self, branches: &[Branch], doc: Option<&Doc>) -> String {
        let branch = |branch: &Branch| {
            let head = format!("<code class=\"name\">{}</code> {}", escape(&branch.name), self.links.ty(branch.ty));
            self.item(&head, &branch.name, &[], &branch.condition, doc)
        };
        list(&branches.iter().map(branch).collect::<String>())
    }

    /// `head`, badges, and what the documentation says about `name`.
    fn item(&self, head: &str, name: &str, features: &[Feature], of: &Condition, doc: Option<&Doc>) -> String {
        let described = doc.and_then(|doc| doc.members.iter().find(|(member, _)| member == name));
        let text = described.map(|(_, text)| markup::convert(text, self.links)).unwrap_or_default();
        format!("<dt>{head}{}{}</dt>\n<dd>{text}</dd>\n", badges(features), condition(of))
    }
}

/// Features as labels.
pub(super) fn badges(features: &[Feature]) -> String {
    let badge = |feature: &Feature| {
        let name = escape(&feature.name);
        format!(" <span class=\"badge {name}\">{name}</span>{}", condition(&feature.condition))
    };
    features.iter().map(badge).collect()
}

/// `if ...` as a label; nothing if there is no condition.
pub(super) fn condition(of: &Condition) -> String {
    match of {
        Condition::Always => String::new(),
        condition => format!(" <span class=\"badge if\">if {}</span>", escape(&expression(condition, false))),
    }
}

fn expression(of: &Condition, nested: bool) -> String {
    let joined = |all: &[Condition], operator: &str| {
        let parts: Vec<String> = all.iter().map(|part| expression(part, true)).collect();
        let text = parts.join(operator);
        if nested && parts.len() > 1 { format!("({text})") } else { text }
    };
    match of {
        Condition::Always => "always".to_owned(),
        Condition::Name(name) => name.clone(),
        Condition::All(all) => joined(all, " and "),
        Condition::Any(any) => joined(any, " or "),
        Condition::Not(not) => format!("not {}", expression(not, true)),
    }
}

fn list(items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<dl>\n{items}</dl>\n") }
}

//! What stands in objects, enums and alternates: one entry each, with its type, features, condition and text.

use qmp_schema::model::{
    Branch, Condition, Definition, Described, Enum, EnumValue, Feature, Member, Object, ObjectOrigin, Schema, TypeId,
};

use super::features::{condition, labels};
use super::html::{code, escape, member_anchor};
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
        self.collect(object, def, def, &mut items);
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

    /// The members of `def`'s base, which `origin` documents, and its own.
    fn collect(&self, object: &Object, origin: &Definition, def: &Definition, items: &mut String) {
        if let Some(base) = object.base {
            let inherited = self.schema.ty(base);
            let inline = self.schema.object(base).is_some_and(|base| base.origin == ObjectOrigin::Base);
            if let Some(base) = self.schema.object(base) {
                self.collect(base, if inline { origin } else { &inherited.def }, def, items);
            }
        }
        let described = origin.described();
        for member in &object.members {
            items.push_str(&self.member(member, &described, def));
        }
    }

    fn member(&self, member: &Member, described: &Described<'_>, def: &Definition) -> String {
        let optional = if member.optional { " <span class=\"optional\">optional</span>" } else { "" };
        let rest = format!(" {}{optional}", self.links.ty(member.ty));
        let entry = Entry { name: &member.name, rest, features: &member.features, condition: &member.condition };
        self.entry(&entry, described, def)
    }

    /// The values of an enum.
    pub(super) fn values(&self, kind: &Enum, def: &Definition) -> String {
        let described = def.described();
        let value = |value: &EnumValue| {
            let (features, condition) = (&value.features, &value.condition);
            let entry = Entry { name: &value.name, rest: String::new(), features, condition };
            self.entry(&entry, &described, def)
        };
        list(&kind.values.iter().map(value).collect::<String>())
    }

    /// The branches of an alternate.
    pub(super) fn alternatives(&self, branches: &[Branch], def: &Definition) -> String {
        let described = def.described();
        let branch = |branch: &Branch| {
            let rest = format!(" {}", self.links.ty(branch.ty));
            let entry = Entry { name: &branch.name, rest, features: &[], condition: &branch.condition };
            self.entry(&entry, &described, def)
        };
        list(&branches.iter().map(branch).collect::<String>())
    }

    /// An entry of `def`, with what is said about it.
    fn entry(&self, entry: &Entry<'_>, described: &Described<'_>, def: &Definition) -> String {
        let text = described.members.get(entry.name).copied().unwrap_or_default();
        let text = markup::convert(text, self.links);
        format!(
            "<dt id=\"{}\"><code class=\"name\">{}</code>{}{}{}</dt>\n<dd>{text}</dd>\n",
            member_anchor(&def.name, entry.name),
            escape(entry.name),
            entry.rest,
            condition(entry.condition),
            labels(entry.features),
        )
    }
}

/// A member, a value or an alternative.
struct Entry<'a> {
    name: &'a str,
    /// What stands behind the name, as HTML.
    rest: String,
    features: &'a [Feature],
    condition: &'a Condition,
}

fn list(items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<dl>\n{items}</dl>\n") }
}

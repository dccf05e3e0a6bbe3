//! The members of objects, the values of enums and the branches of alternates: one entry each, with type, features, condition
//! and description.

use qmp_schema::model::{
    Branch, Condition, Definition, Described, Enum, EnumValue, Feature, Member, Object, ObjectOrigin, Schema, TypeId,
};

use super::features::{condition, labels};
use super::html::{code, escape, member_anchor};
use super::links::Links;
use super::markup;

/// Converts the members, values and branches of definitions.
pub(super) struct Members<'a> {
    pub(super) schema: &'a Schema,
    pub(super) links: &'a Links<'a>,
}

impl Members<'_> {
    /// Converts all members of an object, those of the base first, and its branches. `def` owns the members that are written in
    /// place.
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

    /// Adds the members of an object and of its base. `documenting` is the definition that describes them, `def` the definition on
    /// the page.
    fn collect(&self, object: &Object, documenting: &Definition, def: &Definition, items: &mut String) {
        if let Some(base) = object.base {
            let inherited = self.schema.ty(base);
            let inline = self.schema.object(base).is_some_and(|base| base.origin == ObjectOrigin::Base);
            if let Some(base) = self.schema.object(base) {
                self.collect(base, if inline { documenting } else { &inherited.def }, def, items);
            }
        }
        let described = documenting.described();
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

    /// Converts the values of an enum.
    pub(super) fn values(&self, kind: &Enum, def: &Definition) -> String {
        let described = def.described();
        let value = |value: &EnumValue| {
            let (features, condition) = (&value.features, &value.condition);
            let entry = Entry { name: &value.name, rest: String::new(), features, condition };
            self.entry(&entry, &described, def)
        };
        list(&kind.values.iter().map(value).collect::<String>())
    }

    /// Converts the branches of an alternate.
    pub(super) fn alternatives(&self, branches: &[Branch], def: &Definition) -> String {
        let described = def.described();
        let branch = |branch: &Branch| {
            let rest = format!(" {}", self.links.ty(branch.ty));
            let entry = Entry { name: &branch.name, rest, features: &[], condition: &branch.condition };
            self.entry(&entry, &described, def)
        };
        list(&branches.iter().map(branch).collect::<String>())
    }

    /// Converts an entry of `def` and its description.
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
    /// The text behind the name, as HTML.
    rest: String,
    features: &'a [Feature],
    condition: &'a Condition,
}

fn list(items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<dl>\n{items}</dl>\n") }
}

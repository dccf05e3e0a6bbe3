//! Definitions as expressions.

use crate::layout::{Bracket, Entry, Group, Node};
use crate::model::{
    Alternate, Branch, Command, Condition, Definition, Enum, EnumValue, Event, Feature, Member, Object, ObjectOrigin,
    Schema, Type, TypeId, TypeKind, Variants,
};

/// The branch of an alternate that has none: its name and its type.
const BRANCH: &str = "null";

/// The value of a discriminator's enum that has none.
const VALUE: &str = "none";

type Entries = Vec<Entry<'static>>;

impl Schema {
    pub(super) fn print_command(&self, command: &Command) -> Group<'static> {
        let mut entries = self.arguments(&command.def.name, command.arguments);
        entries.extend(flag("boxed", command.boxed, true));
        entries.extend(command.returns.map(|ty| Entry::member("returns", self.reference(ty))));
        entries.extend(flag("gen", !command.generate, false));
        entries.extend(flag("success-response", !command.success_response, false));
        entries.extend(flag("allow-oob", command.allow_oob, true));
        entries.extend(flag("allow-preconfig", command.allow_preconfig, true));
        entries.extend(flag("coroutine", command.coroutine, true));
        definition("command", &command.def, entries)
    }

    pub(super) fn print_event(&self, event: &Event) -> Group<'static> {
        let mut entries = self.arguments(&event.def.name, event.arguments);
        entries.extend(flag("boxed", event.boxed, true));
        definition("event", &event.def, entries)
    }

    /// Returns the definition of a type, and a comment if it has a placeholder. None for types that need no definition.
    pub(super) fn print_type(&self, id: TypeId, ty: &Type) -> Option<(Group<'static>, String)> {
        let (meta, entries, placeholder) = match &ty.kind {
            TypeKind::Enum(kind) => {
                let placeholder = (kind.values.is_empty() && self.is_tag(id)).then_some(("value", VALUE));
                ("enum", print_enum(kind, placeholder.is_some()), placeholder)
            }
            TypeKind::Alternate(kind) => {
                let placeholder = kind.branches.is_empty().then_some(("branch", BRANCH));
                ("alternate", self.alternate(kind), placeholder)
            }
            TypeKind::Object(object) => match &object.variants {
                Some(variants) => ("union", self.union(object, variants), None),
                None => ("struct", self.structure(object), None),
            },
            TypeKind::Builtin(_) | TypeKind::Array(_) => return None,
        };
        let comment = placeholder.map(|(what, name)| {
            format!("# It has no {what}. The language requires one, so `{name}` is a placeholder.\n")
        });
        Some((definition(meta, &ty.def, entries), comment.unwrap_or_default()))
    }

    /// Whether the type is the enum of a union's discriminator.
    fn is_tag(&self, id: TypeId) -> bool {
        let variants = self.types.iter().filter_map(|ty| match &ty.kind {
            TypeKind::Object(object) => object.variants.as_ref(),
            _ => None,
        });
        variants.into_iter().any(|variants| variants.tag_type == id)
    }

    /// Returns the base of a union, if its members are written in the union.
    pub(super) fn inline_base(&self, object: &Object) -> Option<&Object> {
        self.object(object.base?).filter(|base| base.origin == ObjectOrigin::Base)
    }

    fn structure(&self, object: &Object) -> Entries {
        let base = object.base.map(|base| Entry::member("base", self.reference(base)));
        base.into_iter().chain([Entry::member("data", self.members_in_place(&object.members))]).collect()
    }

    fn union(&self, object: &Object, variants: &Variants) -> Entries {
        let written = variants.branches.iter().filter(|branch| !branch.implicit);
        let base = object.base.map_or_else(|| self.members_in_place(&[]), |base| self.type_or_members(base, true));
        vec![
            Entry::member("base", base),
            Entry::member("discriminator", Node::string(&variants.tag)),
            Entry::member("data", self.branches(written)),
        ]
    }

    fn alternate(&self, alternate: &Alternate) -> Entries {
        let data = match alternate.branches.is_empty() {
            true => Node::Group(Group::object(vec![Entry::member(BRANCH, Node::string(BRANCH))])),
            false => self.branches(alternate.branches.iter()),
        };
        vec![Entry::member("data", data)]
    }

    fn branches<'b>(&self, branches: impl Iterator<Item = &'b Branch>) -> Node<'static> {
        let entry = |branch: &Branch| {
            let ty = self.reference(branch.ty);
            Entry::member(&branch.name, with_details("type", ty, &branch.condition, &[]))
        };
        Node::Group(Group::object(branches.map(entry).collect()))
    }

    /// Returns the `data` of a command or event.
    fn arguments(&self, owner: &str, arguments: Option<TypeId>) -> Entries {
        let own = format!("q_obj_{owner}-arg");
        let data = arguments.map(|ty| self.type_or_members(ty, self.ty(ty).def.name == own));
        data.map(|data| Entry::member("data", data)).into_iter().collect()
    }

    /// Returns the members of an implicit type, if it is the definition's `own`; otherwise the name of the type.
    fn type_or_members(&self, id: TypeId, own: bool) -> Node<'static> {
        let implicit = self
            .object(id)
            .filter(|object| own && matches!(object.origin, ObjectOrigin::Arguments | ObjectOrigin::Base));
        match implicit {
            Some(object) => self.members_in_place(&object.members),
            None => self.reference(id),
        }
    }

    fn members_in_place(&self, members: &[Member]) -> Node<'static> {
        let entry = |member: &Member| {
            let name = format!("{}{}", if member.optional { "*" } else { "" }, member.name);
            let ty = self.reference(member.ty);
            Entry::member(&name, with_details("type", ty, &member.condition, &member.features))
        };
        Node::Group(Group::object(members.iter().map(entry).collect()))
    }

    fn reference(&self, id: TypeId) -> Node<'static> {
        let ty = self.ty(id);
        match &ty.kind {
            TypeKind::Array(element) => Node::Group(Group::list(vec![Entry::element(self.reference(*element))])),
            _ => Node::string(&ty.def.name),
        }
    }
}

/// Creates a definition, which has a line for each key.
fn definition(meta: &str, def: &Definition, entries: Entries) -> Group<'static> {
    let name = Entry::member(meta, Node::string(&def.name));
    let details = details(&def.condition, &def.features);
    Group::new(Bracket::Object, [name].into_iter().chain(entries).chain(details).collect(), Vec::new(), true)
}

fn print_enum(kind: &Enum, placeholder: bool) -> Entries {
    let element = |value: &EnumValue| {
        let name = Node::string(&value.name);
        Entry::element(with_details("name", name, &value.condition, &value.features))
    };
    let placeholder = placeholder.then(|| Entry::element(Node::string(VALUE)));
    let values = kind.values.iter().map(element).chain(placeholder).collect();
    vec![Entry::member("data", Node::Group(Group::list(values)))]
}

/// Returns the value alone, or, with a condition or features, an object with the value as its member `key`.
fn with_details(key: &str, value: Node<'static>, condition: &Condition, features: &[Feature]) -> Node<'static> {
    let details = details(condition, features);
    match details.is_empty() {
        true => value,
        false => Node::Group(Group::object([Entry::member(key, value)].into_iter().chain(details).collect())),
    }
}

fn details(condition: &Condition, features: &[Feature]) -> Entries {
    let feature =
        |feature: &Feature| Entry::element(with_details("name", Node::string(&feature.name), &feature.condition, &[]));
    let features = (!features.is_empty())
        .then(|| Entry::member("features", Node::Group(Group::list(features.iter().map(feature).collect()))));
    let condition = print_condition(condition).map(|condition| Entry::member("if", condition));
    features.into_iter().chain(condition).collect()
}

/// Returns a condition; none for [`Condition::Always`].
fn print_condition(condition: &Condition) -> Option<Node<'static>> {
    let operator = |key: &str, value| Node::Group(Group::object(vec![Entry::member(key, value)]));
    let list = |conditions: &[Condition]| {
        Node::Group(Group::list(conditions.iter().filter_map(print_condition).map(Entry::element).collect()))
    };
    Some(match condition {
        Condition::Always => return None,
        Condition::Name(name) => Node::string(name),
        Condition::All(all) => operator("all", list(all)),
        Condition::Any(any) => operator("any", list(any)),
        Condition::Not(not) => operator("not", print_condition(not)?),
    })
}

/// Returns the key of a flag, if it is set.
fn flag(key: &str, is_set: bool, value: bool) -> Option<Entry<'static>> {
    is_set.then(|| Entry::member(key, Node::Atom(if value { "true" } else { "false" }.into())))
}

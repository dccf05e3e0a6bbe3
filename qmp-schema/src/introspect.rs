//! Introspection: the answer to `query-qmp-schema`.

mod conditional;
pub(crate) mod json;

use std::collections::{HashMap, HashSet};

use crate::model::{
    Alternate, Branch, Builtin, Command, Condition, Conditions, Definition, Entity, Enum, Event, Feature, Member,
    Object, Schema, TypeId, TypeKind,
};
use conditional::Conditional;
use json::{list, object, string};

/// The names of types in introspection data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TypeNames {
    /// Numbers, as a server answers: the names of types are not part of its interface.
    #[default]
    Masked,
    /// The names in the schema for enums, objects and alternates. Integers have one name, as a server answers.
    Plain,
    /// As a server answers, but integers have the names in the schema, which tell their widths: for mocks of a server.
    IntegerWidths,
}

/// Returns the list that `query-qmp-schema` returns for a schema, as JSON text in the style of QEMU's.
///
/// Commands and events come first, then the types in the order of their first use. Types are numbered before conditions are
/// evaluated: the numbers are the same for every configuration of a schema.
#[must_use]
pub fn introspect(schema: &Schema, conditions: &Conditions, names: TypeNames) -> String {
    list(Introspection::new(schema, conditions, names).entries)
}

/// Returns the conditions of the parts of what [`introspect`] returns, as JSON, for [`import_with_conditions`].
///
/// [`import_with_conditions`]: crate::import_with_conditions
#[must_use]
pub fn introspect_conditions(schema: &Schema, conditions: &Conditions, names: TypeNames) -> String {
    Introspection::new(schema, conditions, names).conditions
}

/// The entries of introspection data.
pub(crate) struct Introspection {
    pub(crate) entries: Vec<String>,
    /// The least number that no type has as its masked name.
    #[cfg(feature = "codegen")]
    pub(crate) next_number: usize,
    /// The conditions of the entries and their parts, as JSON.
    pub(crate) conditions: String,
}

impl Introspection {
    pub(crate) fn new(schema: &Schema, conditions: &Conditions, names: TypeNames) -> Self {
        let mut introspector = Introspector::new(schema, conditions, names);
        let mut entries: Vec<String> =
            schema.interface.iter().filter_map(|entity| introspector.entity(*entity)).collect();
        let mut next = 0;
        while let Some(&used) = introspector.used.get(next) {
            entries.extend(introspector.ty(used));
            next += 1;
        }
        Self {
            entries,
            #[cfg(feature = "codegen")]
            next_number: introspector.numbers.len(),
            conditions: introspector.conditional.into_json(),
        }
    }
}

struct Introspector<'a> {
    schema: &'a Schema,
    conditions: &'a Conditions,
    names: TypeNames,
    /// The type that stands for "no arguments" and "returns nothing".
    empty: Option<TypeId>,
    /// In the order of first use.
    used: Vec<Used>,
    seen: HashSet<Used>,
    numbers: HashMap<TypeId, usize>,
    conditional: Conditional,
}

/// A type as clients see it: all integer types are one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Used {
    Int,
    Ints,
    Type(TypeId),
}

/// The members of a JSON object, in the order written.
type Parts = Vec<(&'static str, String)>;

impl<'a> Introspector<'a> {
    fn new(schema: &'a Schema, conditions: &'a Conditions, names: TypeNames) -> Self {
        let empty = schema.empty_object();
        let (used, seen, numbers, conditional) = Default::default();
        Self { schema, conditions, names, empty, used, seen, numbers, conditional }
    }

    fn entity(&mut self, entity: Entity) -> Option<String> {
        let schema = self.schema;
        match entity {
            Entity::Command(index) => self.command(&schema.commands[index]),
            Entity::Event(index) => self.event(&schema.events[index]),
        }
    }

    fn command(&mut self, command: &Command) -> Option<String> {
        let mut parts = vec![self.object_reference("arg-type", command.arguments)];
        parts.push(self.object_reference("ret-type", command.returns));
        if command.allow_oob {
            parts.push(("allow-oob", "true".to_owned()));
        }
        self.conditional.add(&command.def.name, "", &command.def.condition);
        self.entry(command.def.name.clone(), "command", &command.def, parts)
    }

    fn event(&mut self, event: &Event) -> Option<String> {
        let parts = vec![self.object_reference("arg-type", event.arguments)];
        self.conditional.add(&event.def.name, "", &event.def.condition);
        self.entry(event.def.name.clone(), "event", &event.def, parts)
    }

    fn object_reference(&mut self, key: &'static str, id: Option<TypeId>) -> (&'static str, String) {
        let name = id.or(self.empty).map(|id| self.reference(id)).unwrap_or_default();
        (key, string(&name))
    }

    fn ty(&mut self, used: Used) -> Option<String> {
        let schema = self.schema;
        let Used::Type(id) = used else { return Some(integers(used)) };
        let ty = schema.ty(id);
        let (name, meta, parts) = match &ty.kind {
            TypeKind::Builtin(builtin) => {
                (ty.def.name.clone(), "builtin", vec![("json-type", string(json_type(*builtin)))])
            }
            TypeKind::Array(element) => {
                let name = self.reference(*element);
                (format!("[{name}]"), "array", vec![("element-type", string(&name))])
            }
            TypeKind::Enum(kind) => (self.name(id), "enum", self.enumeration(kind)),
            TypeKind::Alternate(alternate) => (self.name(id), "alternate", self.alternate(alternate)),
            TypeKind::Object(object) => (self.name(id), "object", self.object(id, object)),
        };
        self.conditional.add_parts(&name, schema, id, self.conditions);
        self.entry(name, meta, &ty.def, parts)
    }

    fn enumeration(&self, kind: &Enum) -> Parts {
        let values = || kind.values.iter().filter(|value| self.conditions.admit(&value.condition));
        let members = values().map(|value| {
            let mut parts = vec![("name", string(&value.name))];
            parts.extend(self.features(&value.features));
            object(&parts)
        });
        vec![("members", list(members)), ("values", list(values().map(|value| string(&value.name))))]
    }

    fn alternate(&mut self, alternate: &Alternate) -> Parts {
        vec![("members", self.branches(&alternate.branches, |_| Vec::new()))]
    }

    fn object(&mut self, id: TypeId, object: &Object) -> Parts {
        let members: Vec<String> =
            self.schema.members(id).into_iter().filter_map(|member| self.member(member)).collect();
        let mut parts = vec![("members", list(members))];
        if let Some(variants) = &object.variants {
            parts.push(("tag", string(&variants.tag)));
            let case = |branch: &Branch| vec![("case", string(&branch.name))];
            parts.push(("variants", self.branches(&variants.branches, case)));
        }
        parts
    }

    fn member(&mut self, member: &Member) -> Option<String> {
        let mut parts = vec![("name", string(&member.name)), ("type", string(&self.reference(member.ty)))];
        if member.optional {
            parts.push(("default", "null".to_owned()));
        }
        parts.extend(self.features(&member.features));
        self.admitted(&member.condition, object(&parts))
    }

    fn branches(&mut self, branches: &[Branch], case: impl Fn(&Branch) -> Parts) -> String {
        let branch = |branch: &Branch| {
            let mut parts = case(branch);
            parts.push(("type", string(&self.reference(branch.ty))));
            self.admitted(&branch.condition, object(&parts))
        };
        list(branches.iter().filter_map(branch).collect::<Vec<_>>())
    }

    fn entry(&self, name: String, meta: &str, def: &Definition, mut rest: Parts) -> Option<String> {
        let mut parts = vec![("name", string(&name)), ("meta-type", string(meta))];
        parts.append(&mut rest);
        parts.extend(self.features(&def.features));
        self.admitted(&def.condition, object(&parts))
    }

    /// Returns the features whose conditions hold; an empty list if none of them does, nothing if there are no features at all.
    fn features(&self, features: &[Feature]) -> Option<(&'static str, String)> {
        let there = features.iter().filter(|feature| self.conditions.admit(&feature.condition));
        (!features.is_empty()).then(|| ("features", list(there.map(|feature| string(&feature.name)))))
    }

    fn admitted(&self, condition: &Condition, text: String) -> Option<String> {
        self.conditions.admit(condition).then_some(text)
    }

    /// Records a use of the type and returns its name.
    fn reference(&mut self, id: TypeId) -> String {
        let used = self.as_used(id);
        if self.seen.insert(used) {
            self.used.push(used);
        }
        match (used, &self.schema.ty(id).kind) {
            (Used::Int, _) => "int".to_owned(),
            (_, TypeKind::Builtin(builtin)) => builtin.name().to_owned(),
            (_, TypeKind::Array(element)) => format!("[{}]", self.reference(*element)),
            _ => self.name(id),
        }
    }

    fn as_used(&self, id: TypeId) -> Used {
        match &self.schema.ty(id).kind {
            _ if self.names == TypeNames::IntegerWidths => Used::Type(id),
            TypeKind::Builtin(builtin) if json_type(*builtin) == "int" => Used::Int,
            TypeKind::Array(element) if self.as_used(*element) == Used::Int => Used::Ints,
            _ => Used::Type(id),
        }
    }

    fn name(&mut self, id: TypeId) -> String {
        let next = self.numbers.len();
        match self.names {
            TypeNames::Plain => self.schema.ty(id).def.name.clone(),
            TypeNames::Masked | TypeNames::IntegerWidths => self.numbers.entry(id).or_insert(next).to_string(),
        }
    }
}

fn integers(used: Used) -> String {
    let (name, meta, of) = match used {
        Used::Int => ("int", "builtin", ("json-type", string("int"))),
        _ => ("[int]", "array", ("element-type", string("int"))),
    };
    object(&[("name", string(name)), ("meta-type", string(meta)), of])
}

fn json_type(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Str => "string",
        Builtin::Number => "number",
        Builtin::Bool => "boolean",
        Builtin::Null => "null",
        Builtin::Any => "value",
        _ => "int",
    }
}

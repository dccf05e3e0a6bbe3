//! The introspection data of QMP's own commands, for servers whose schema does not define them.

use crate::introspect::Introspection;
use crate::introspect::json::{list, object, string};

use super::shape::Shape;

/// Describes commands and their types, in addition to the introspection data of a schema.
pub(super) struct Describer<'a> {
    schema: &'a Introspection,
    /// The number that the next type gets as its name.
    next_number: usize,
    /// The name of the type that stands for "no arguments" and "returns nothing".
    empty: Option<String>,
    commands: Vec<String>,
    types: Vec<String>,
}

impl<'a> Describer<'a> {
    pub(super) fn new(schema: &'a Introspection) -> Self {
        Self { schema, next_number: schema.next_number, empty: None, commands: Vec::new(), types: Vec::new() }
    }

    /// Adds a command and its types.
    pub(super) fn command(&mut self, name: &str, arguments: &Shape, returns: &Shape) {
        let (arguments, returns) = (self.ty(arguments), self.ty(returns));
        self.commands.push(object(&[
            ("name", string(name)),
            ("meta-type", string("command")),
            ("arg-type", string(&arguments)),
            ("ret-type", string(&returns)),
        ]));
    }

    /// Returns the entries added.
    pub(super) fn finish(self) -> Vec<String> {
        self.commands.into_iter().chain(self.types).collect()
    }

    /// Adds a type, unless there is an entry for it, and returns its name.
    fn ty(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Any => self.named("any", "builtin", "json-type", "value"),
            Shape::Str => self.named("str", "builtin", "json-type", "string"),
            Shape::Int => self.named("int", "builtin", "json-type", "int"),
            Shape::Bool => self.named("bool", "builtin", "json-type", "boolean"),
            Shape::List(element) => {
                let element = self.ty(element);
                self.named(&format!("[{element}]"), "array", "element-type", &element)
            }
            Shape::Enum(values) => self.enumeration(values),
            Shape::Object([]) => {
                let empty = self.empty.take();
                let empty = empty.unwrap_or_else(|| self.numbered("object", vec![("members", list([]))]));
                self.empty.insert(empty).clone()
            }
            Shape::Object(members) => {
                let members = self.members(members);
                self.numbered("object", vec![("members", list(members))])
            }
            Shape::Union(common, tag, branches) => {
                let values: Vec<&str> = branches.iter().map(|(value, _)| *value).collect();
                let mut members = self.members(common);
                members.push(object(&[("name", string(tag)), ("type", string(&self.enumeration(&values)))]));
                let variant = |(value, members): &(&str, &[(&str, Shape)])| {
                    let members = self.members(members);
                    let branch = self.numbered("object", vec![("members", list(members))]);
                    object(&[("case", string(value)), ("type", string(&branch))])
                };
                let variants: Vec<String> = branches.iter().map(variant).collect();
                let parts = vec![("members", list(members)), ("tag", string(tag)), ("variants", list(variants))];
                self.numbered("object", parts)
            }
        }
    }

    fn enumeration(&mut self, values: &[&str]) -> String {
        let members = values.iter().map(|value| object(&[("name", string(value))]));
        let values = values.iter().map(|value| string(value));
        self.numbered("enum", vec![("members", list(members)), ("values", list(values))])
    }

    fn members(&mut self, members: &[(&str, Shape)]) -> Vec<String> {
        let member = |(name, shape): &(&str, Shape)| {
            let mut parts = vec![("name", string(name.trim_start_matches('*'))), ("type", string(&self.ty(shape)))];
            if name.starts_with('*') {
                parts.push(("default", "null".to_owned()));
            }
            object(&parts)
        };
        members.iter().map(member).collect()
    }

    /// Adds a type whose name says what it is.
    fn named(&mut self, name: &str, kind: &str, key: &'static str, of: &str) -> String {
        let entry = object(&[("name", string(name)), ("meta-type", string(kind)), (key, string(of))]);
        if !self.schema.entries.contains(&entry) && !self.types.contains(&entry) {
            self.types.push(entry);
        }
        name.to_owned()
    }

    /// Adds a type that gets a number as its name.
    fn numbered(&mut self, kind: &str, parts: Vec<(&'static str, String)>) -> String {
        let name = self.next_number.to_string();
        self.next_number += 1;
        let head = [("name", string(&name)), ("meta-type", string(kind))];
        self.types.push(object(&head.into_iter().chain(parts).collect::<Vec<_>>()));
        name
    }
}

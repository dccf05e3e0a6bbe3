//! Collects the uses of types, for comments in schemas made of introspection data.

use std::collections::HashMap;

use crate::model::{Entity, ObjectOrigin, Schema, TypeId, TypeKind};

/// Comments list this many uses of a type and count the others.
const MOST: usize = 4;

/// The uses of every type of a schema that was made of introspection data; of no type otherwise.
#[derive(Debug)]
pub(super) struct Uses<'a> {
    schema: &'a Schema,
    uses: HashMap<TypeId, Listed>,
}

/// The uses of one type.
#[derive(Debug, Default)]
struct Listed {
    first: Vec<String>,
    count: usize,
}

impl<'a> Uses<'a> {
    pub(super) fn new(schema: &'a Schema) -> Self {
        let mut uses = Self { schema, uses: HashMap::new() };
        if schema.is_introspected() {
            schema.interface.iter().for_each(|entity| uses.entity(*entity));
            schema.defined_types().for_each(|(id, _)| uses.ty(id));
        }
        uses
    }

    /// Returns a line of comment for each use of a type.
    pub(super) fn comment(&self, id: TypeId) -> String {
        let Some(Listed { first, count }) = self.uses.get(&id) else { return String::new() };
        let listed: String = first.iter().map(|use_| format!("# {use_}.\n")).collect();
        match count - first.len() {
            0 => listed,
            more => format!("{listed}# And {more} more.\n"),
        }
    }

    fn entity(&mut self, entity: Entity) {
        let (def, arguments, returns, data, part) = match entity {
            Entity::Command(index) => {
                let command = &self.schema.commands[index];
                (&command.def, command.arguments, command.returns, "The arguments", "Argument")
            }
            Entity::Event(index) => {
                let event = &self.schema.events[index];
                (&event.def, event.arguments, None, "The data", "Member")
            }
        };
        if let Some(arguments) = arguments {
            match self.schema.object(arguments).filter(|object| object.origin == ObjectOrigin::Arguments) {
                Some(object) => object.members.iter().for_each(|member| {
                    self.add(member.ty, format!("{part} `{}` of `{}`", member.name, def.name));
                }),
                None => self.add(arguments, format!("{data} of `{}`", def.name)),
            }
        }
        if let Some(returns) = returns {
            self.add(returns, format!("Returned by `{}`", def.name));
        }
    }

    fn ty(&mut self, id: TypeId) {
        let schema = self.schema;
        let ty = schema.ty(id);
        let user = &ty.def.name;
        match &ty.kind {
            TypeKind::Object(object) => {
                let base = schema.inline_base(object).into_iter().flat_map(|base| &base.members);
                for member in base.chain(&object.members) {
                    self.add(member.ty, format!("Member `{}` of `{user}`", member.name));
                }
                for branch in object.variants.iter().flat_map(|variants| &variants.branches) {
                    self.add(branch.ty, format!("Branch `{}` of `{user}`", branch.name));
                }
            }
            TypeKind::Alternate(alternate) => {
                alternate.branches.iter().for_each(|branch| self.add(branch.ty, format!("A branch of `{user}`")));
            }
            TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => {}
        }
    }

    fn add(&mut self, id: TypeId, text: String) {
        let (id, is_list) = match self.schema.ty(id).kind {
            TypeKind::Array(element) => (element, true),
            _ => (id, false),
        };
        let uses = self.uses.entry(id).or_default();
        uses.count += 1;
        if uses.first.len() < MOST {
            uses.first.push(if is_list { text + ", a list of these" } else { text });
        }
    }
}

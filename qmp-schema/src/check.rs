//! The rules that a schema must keep beyond its grammar.
//!
//! What is unknown, incomplete or endless has been reported by then; rules that cannot be decided for it are not applied,
//! so that one mistake costs one message.

mod alternate;
mod arguments;
mod clash;
mod command;
mod documentation;
mod feature;
mod members;
mod names;
mod proposal;
mod recursion;
mod union;

pub(crate) use recursion::MAX_DEPTH;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostics;
use crate::lower::{Lowered, Lowering};
use crate::model::{Object, Schema, TypeId, TypeKind};
use crate::options::LoadOptions;
use crate::syntax::{Definition, Kind, Syntax};
use members::MemberIndex;
use recursion::Nesting;

/// Checks names, and whatever else needs no other definition to be looked at.
pub(crate) fn check_syntax(syntax: &Syntax, options: &LoadOptions, diagnostics: &mut Diagnostics) {
    names::check(syntax, diagnostics);
    documentation::check(syntax, options.docs.rules(), diagnostics);
    for definition in &syntax.definitions {
        feature::check(definition, diagnostics);
    }
}

/// Checks what definitions say about each other.
pub(crate) fn check_model(syntax: &Syntax, lowered: &Lowered, diagnostics: &mut Diagnostics) {
    let nesting = Nesting::new(syntax, lowered, diagnostics);
    let members = members::index(&lowered.schema, diagnostics);
    let schema = &lowered.schema;
    let mut checker = Checker { syntax, lowered, schema, nesting, members, values: HashMap::new(), diagnostics };
    for (definition, &entity) in syntax.definitions.iter().zip(&lowered.entities) {
        checker.definition(definition, entity);
    }
}

struct Checker<'a> {
    syntax: &'a Syntax,
    lowered: &'a Lowered,
    schema: &'a Schema,
    nesting: Nesting,
    members: MemberIndex<'a>,
    /// The values of the enums that are discriminators.
    values: HashMap<TypeId, HashSet<&'a str>>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Checker<'a> {
    fn definition(&mut self, definition: &Definition, entity: Lowering) {
        match (&definition.kind, entity) {
            (Kind::Struct(syntax), Lowering::Type(id)) => self.structure(syntax, id),
            (Kind::Union(syntax), Lowering::Type(id)) => self.union(syntax, id),
            (Kind::Alternate(syntax), Lowering::Type(id)) => self.alternate(syntax, id),
            (Kind::Command(syntax), Lowering::Command(index)) => self.command(definition, syntax, index),
            (Kind::Event(syntax), Lowering::Event(index)) => {
                let event = &self.schema.events[index];
                self.arguments(definition, &syntax.arguments, event.arguments, event.boxed);
            }
            _ => {}
        }
    }

    /// What a type is; none if that is unknown.
    fn kind(&self, id: TypeId) -> Option<&'a TypeKind> {
        (id != self.lowered.unknown).then(|| &self.schema.ty(id).kind)
    }

    /// The name of a type; that of its owner for the members written in place.
    fn name(&self, id: TypeId) -> &'a str {
        let name = self.schema.ty(id).def.name.as_str();
        let owner = name.strip_prefix("q_obj_").and_then(|owner| owner.rsplit_once('-'));
        owner.map_or(name, |(owner, _)| owner)
    }

    /// A type and the bases it has, nearest first; they must be finite.
    fn lineage(&self, id: TypeId) -> impl Iterator<Item = (TypeId, &'a Object)> + use<'a> {
        let schema = self.schema;
        std::iter::successors(Some(id), move |&id| schema.object(id)?.base)
            .map_while(|id| Some((id, schema.object(id)?)))
    }

    /// Whether all members of an object are known.
    fn is_complete(&self, id: TypeId) -> bool {
        let lowered = self.lowered;
        let lost = |id: TypeId| id == lowered.unknown || lowered.incomplete.contains(&id);
        self.nesting.is_finite(id)
            && self.lineage(id).all(|(id, object)| !lost(id) && object.base.is_none_or(|base| !lost(base)))
    }
}

//! Objects that contain themselves through bases or branches, and those that are nested too deep.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostics, Rule};
use crate::lower::{Lowered, Lowering, MAX_DEPTH};
use crate::model::{Object, Schema, TypeId, TypeKind};
use crate::source::Span;
use crate::syntax::{Definition, Kind, Syntax};

/// The most objects of a cycle that a message shows.
const MOST_SHOWN: usize = 8;

/// The depth to which bases and branches follow each other, for each type.
pub(super) struct Nesting {
    states: Vec<State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the path that is being walked.
    Open,
    Depth(usize),
    Endless,
}

/// An object on the path, with its contents that have not been walked yet.
struct Step {
    id: TypeId,
    contents: Vec<TypeId>,
    /// The depth of the contents that have been walked; none if it is endless.
    depth: Option<usize>,
}

impl Nesting {
    /// Walks all types, each once. The path is a vector and not the stack: it may be as long as the schema.
    pub(super) fn new(syntax: &Syntax, lowered: &Lowered, diagnostics: &mut Diagnostics) -> Self {
        let schema = &lowered.schema;
        let states = vec![State::New; schema.types.len()];
        let mut walk = Walk { syntax, lowered, schema, states, owners: HashMap::new(), diagnostics };
        for (id, _) in schema.types() {
            if walk.states[id.index()] == State::New {
                walk.walk(id);
            }
        }
        Self { states: walk.states }
    }

    /// Whether the bases and branches of a type come to an end.
    pub(super) fn is_finite(&self, id: TypeId) -> bool {
        self.states[id.index()] != State::Endless
    }
}

struct Walk<'a> {
    syntax: &'a Syntax,
    lowered: &'a Lowered,
    schema: &'a Schema,
    states: Vec<State>,
    /// The definition of each type, collected when the first one is needed.
    owners: HashMap<TypeId, &'a Definition>,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn walk(&mut self, root: TypeId) {
        let mut path = vec![self.enter(root)];
        while let Some(step) = path.last_mut() {
            let Some(next) = step.contents.pop() else {
                let depth = self.leave(step);
                path.pop();
                if let Some(outer) = path.last_mut() {
                    outer.add(depth);
                }
                continue;
            };
            match self.states[next.index()] {
                State::New => path.push(self.enter(next)),
                State::Depth(depth) => step.add(Some(depth)),
                State::Endless => step.add(None),
                State::Open => {
                    step.add(None);
                    let start = path.iter().rposition(|step| step.id == next).unwrap_or(0);
                    self.refuse_cycle(&path[start..]);
                }
            }
        }
    }

    fn enter(&mut self, id: TypeId) -> Step {
        self.states[id.index()] = State::Open;
        Step { id, contents: contents(self.schema, id), depth: Some(0) }
    }

    fn leave(&mut self, step: &Step) -> Option<usize> {
        let mut depth = step.depth.map(|depth| depth + 1);
        if depth.is_some_and(|depth| depth > MAX_DEPTH) {
            let def = &self.schema.ty(step.id).def;
            self.diagnostics.error(Rule::ObjectTooDeep, def.span, &[&def.name, &MAX_DEPTH.to_string()]);
            depth = None;
        }
        self.states[step.id.index()] = depth.map_or(State::Endless, State::Depth);
        depth
    }

    /// Reports a cycle where its first type names the second one, which may be the first itself.
    fn refuse_cycle(&mut self, cycle: &[Step]) {
        let ids = || cycle.iter().map(|step| step.id);
        let places: Vec<(TypeId, Span)> = ids()
            .zip(ids().skip(1).chain(ids().take(1)))
            .take(MOST_SHOWN)
            .map(|(a, b)| (b, self.place(a, b)))
            .collect();
        let name = |id| &*self.schema.ty(id).def.name;
        let (Some(&first), Some(&(_, span))) = (ids().next().as_ref(), places.first()) else { return };
        let error = self.diagnostics.error(Rule::ContainsItself, span, &[name(first)]);
        for &(id, place) in &places[1..] {
            error.related(place, format!("which has `{}`", name(id)));
        }
    }

    /// Returns the place where one type names another as its base or the type of a branch.
    fn place(&mut self, owner: TypeId, target: TypeId) -> Span {
        if self.owners.is_empty() {
            let all = self.lowered.entities.iter().zip(&self.syntax.definitions);
            self.owners = all
                .filter_map(|(entity, definition)| match entity {
                    Lowering::Type(id) => Some((*id, definition)),
                    Lowering::Command(_) | Lowering::Event(_) => None,
                })
                .collect();
        }
        let target = &self.schema.ty(target).def.name;
        let named = self.owners.get(&owner).and_then(|definition| {
            let branches = match &definition.kind {
                Kind::Union(union) => union.branches.as_slice(),
                _ => &[],
            };
            let names = definition.type_names().chain(branches.iter().map(|branch| branch.ty.name()));
            names.into_iter().find(|name| name.text == *target)
        });
        named.map_or(self.schema.ty(owner).def.span, |name| name.span)
    }
}

impl Step {
    fn add(&mut self, depth: Option<usize>) {
        self.depth = self.depth.zip(depth).map(|(a, b)| a.max(b));
    }
}

/// Returns the objects that an object contains: its base and the written branches.
fn contents(schema: &Schema, id: TypeId) -> Vec<TypeId> {
    let TypeKind::Object(Object { base, variants, .. }) = &schema.ty(id).kind else { return Vec::new() };
    let branches = variants.iter().flat_map(|variants| &variants.branches).filter(|branch| !branch.implicit);
    base.iter().copied().chain(branches.map(|branch| branch.ty)).collect()
}

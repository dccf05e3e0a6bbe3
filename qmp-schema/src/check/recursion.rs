//! Objects that contain themselves through bases or branches, and such that are nested too deep.

use crate::diagnostic::{Diagnostics, Rule};
use crate::model::{Object, Schema, TypeId, TypeKind};

/// Bases and branches may follow each other this deep; a bound on the stack of whoever walks them.
pub(crate) const MAX_DEPTH: usize = 100;

/// How many objects follow each other, through bases and branches, from each type on.
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

/// An object on the path, and what it contains that has yet to be walked.
struct Step {
    id: TypeId,
    contents: Vec<TypeId>,
    /// The depth of what has been walked; none if it has no end.
    depth: Option<usize>,
}

impl Nesting {
    /// Walks all types, each once. The path is kept in a vector, for it may be as long as the schema.
    pub(super) fn new(schema: &Schema, diagnostics: &mut Diagnostics) -> Self {
        let mut nesting = Self { states: vec![State::New; schema.types.len()] };
        for (id, _) in schema.types() {
            if nesting.states[id.index()] == State::New {
                nesting.walk(id, schema, diagnostics);
            }
        }
        nesting
    }

    /// Whether the bases and branches of a type come to an end.
    pub(super) fn is_finite(&self, id: TypeId) -> bool {
        self.states[id.index()] != State::Endless
    }

    fn walk(&mut self, root: TypeId, schema: &Schema, diagnostics: &mut Diagnostics) {
        let mut path = vec![self.enter(root, schema)];
        while let Some(step) = path.last_mut() {
            let Some(next) = step.contents.pop() else {
                let depth = self.leave(step, schema, diagnostics);
                path.pop();
                if let Some(outer) = path.last_mut() {
                    outer.add(depth);
                }
                continue;
            };
            match self.states[next.index()] {
                State::New => path.push(self.enter(next, schema)),
                State::Depth(depth) => step.add(Some(depth)),
                State::Endless => step.add(None),
                State::Open => {
                    step.add(None);
                    let (def, from) = (&schema.ty(next).def, &schema.ty(step.id).def);
                    let error = diagnostics.error(Rule::ContainsItself, def.span, &[&def.name]);
                    if step.id != next {
                        error.related(from.span, format!("through `{}`", from.name));
                    }
                }
            }
        }
    }

    fn enter(&mut self, id: TypeId, schema: &Schema) -> Step {
        self.states[id.index()] = State::Open;
        Step { id, contents: contents(schema, id), depth: Some(0) }
    }

    fn leave(&mut self, step: &Step, schema: &Schema, diagnostics: &mut Diagnostics) -> Option<usize> {
        let mut depth = step.depth.map(|depth| depth + 1);
        if depth.is_some_and(|depth| depth > MAX_DEPTH) {
            let def = &schema.ty(step.id).def;
            diagnostics.error(Rule::ObjectTooDeep, def.span, &[&def.name]);
            depth = None;
        }
        self.states[step.id.index()] = depth.map_or(State::Endless, State::Depth);
        depth
    }
}

impl Step {
    fn add(&mut self, depth: Option<usize>) {
        self.depth = self.depth.zip(depth).map(|(a, b)| a.max(b));
    }
}

/// The objects whose members are an object's too: its base and the written branches.
fn contents(schema: &Schema, id: TypeId) -> Vec<TypeId> {
    let TypeKind::Object(Object { base, variants, .. }) = &schema.ty(id).kind else { return Vec::new() };
    let branches = variants.iter().flat_map(|variants| &variants.branches).filter(|branch| !branch.implicit);
    base.iter().copied().chain(branches.map(|branch| branch.ty)).collect()
}

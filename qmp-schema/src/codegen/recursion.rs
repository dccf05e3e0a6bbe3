//! Recursive types: which edges are boxed, and which branch a blank value takes so that it is finite.
//!
//! A type that contains itself by value has no size in Rust. `Vec` breaks such a cycle; a cycle of other edges needs a box. The
//! box goes where users see it least: at an alternate's branch if the cycle has one, else at a union's branch, else at an
//! optional member. A cycle of required members only (legal, although it has no finite value) becomes `Option<Box<T>>`.

mod graph;

use std::collections::HashMap;

use crate::model::{Branch, Member, Schema, TypeId, TypeKind};

use super::reach::value_members;
use graph::components;

/// The boxed edges of a schema, and the heights of its types.
#[derive(Debug, Default)]
pub(super) struct Recursion {
    boxed: HashMap<TypeId, Vec<String>>,
    heights: Vec<usize>,
}

/// A member or branch of `from` that holds a `to` by value.
struct Edge<'a> {
    from: TypeId,
    name: &'a str,
    to: TypeId,
    kind: EdgeKind,
}

/// The kinds of edges, in the order in which they are boxed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum EdgeKind {
    Required,
    Alternate,
    Branch,
    Optional,
}

/// The height of a type that has no finite value.
const ENDLESS: usize = usize::MAX;

impl Recursion {
    pub(super) fn new(schema: &Schema) -> Self {
        let mut edges = edges(schema);
        let mut recursion = Self::default();
        let heights = recursion.heights(schema);
        recursion
            .break_cycles(&mut edges, |edge| edge.kind == EdgeKind::Required && heights[edge.to.index()] == ENDLESS);
        for kind in [EdgeKind::Alternate, EdgeKind::Branch, EdgeKind::Optional] {
            recursion.break_cycles(&mut edges, |edge| edge.kind == kind);
        }
        recursion.heights = recursion.heights(schema);
        recursion
    }

    /// Returns whether the member or branch `name` of the type is boxed.
    pub(super) fn is_boxed(&self, owner: TypeId, name: &str) -> bool {
        self.boxed.get(&owner).is_some_and(|names| names.iter().any(|boxed| boxed == name))
    }

    /// Returns the index of the branch that a blank value takes: the one whose values can nest least.
    pub(super) fn blank_branch(&self, branches: &[&Branch]) -> Option<usize> {
        (0..branches.len()).min_by_key(|&index| self.heights[branches[index].ty.index()])
    }

    /// Boxes the edges that are `breakable` and on a cycle.
    fn break_cycles(&mut self, edges: &mut Vec<Edge<'_>>, breakable: impl Fn(&Edge<'_>) -> bool) {
        let pairs: Vec<_> = edges.iter().map(|edge| (edge.from.index(), edge.to.index())).collect();
        let component = components(&pairs);
        let on_cycle = |edge: &Edge<'_>| component(edge.from.index()) == component(edge.to.index());
        edges.retain(|edge| {
            let broken = breakable(edge) && on_cycle(edge);
            if broken {
                self.boxed.entry(edge.from).or_default().push(edge.name.to_owned());
            }
            !broken
        });
    }

    /// Returns how deep the smallest value of each type nests.
    fn heights(&self, schema: &Schema) -> Vec<usize> {
        let mut heights = vec![ENDLESS; schema.types.len()];
        loop {
            let mut changed = false;
            for (id, _) in schema.types() {
                let height = self.height(schema, id, &heights);
                changed |= height != heights[id.index()];
                heights[id.index()] = height;
            }
            if !changed {
                return heights;
            }
        }
    }

    fn height(&self, schema: &Schema, id: TypeId, heights: &[usize]) -> usize {
        let least = |branches: &[Branch]| branches.iter().map(|branch| heights[branch.ty.index()]).min().unwrap_or(0);
        match &schema.ty(id).kind {
            TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => 0,
            TypeKind::Alternate(alternate) => least(&alternate.branches).saturating_add(1),
            TypeKind::Object(object) => {
                let required = value_members(schema, id)
                    .filter(|member| !member.optional && !self.is_boxed(id, &member.name))
                    .map(|member| heights[member.ty.index()]);
                let branches = object.variants.iter().map(|variants| least(&variants.branches));
                required.chain(branches).max().map_or(0, |height| height.saturating_add(1))
            }
        }
    }
}

fn edges(schema: &Schema) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    for (from, ty) in schema.types() {
        let branch = |kind| move |branch| edge_of_branch(from, branch, kind);
        match &ty.kind {
            TypeKind::Alternate(alternate) => edges.extend(alternate.branches.iter().map(branch(EdgeKind::Alternate))),
            TypeKind::Object(object) => {
                edges.extend(value_members(schema, from).map(|member| edge_of_member(from, member)));
                let branches = object.variants.iter().flat_map(|variants| &variants.branches);
                edges.extend(branches.map(branch(EdgeKind::Branch)));
            }
            TypeKind::Builtin(_) | TypeKind::Enum(_) | TypeKind::Array(_) => {}
        }
    }
    edges
}

fn edge_of_branch(from: TypeId, branch: &Branch, kind: EdgeKind) -> Edge<'_> {
    Edge { from, name: &branch.name, to: branch.ty, kind }
}

fn edge_of_member(from: TypeId, member: &Member) -> Edge<'_> {
    let kind = if member.optional { EdgeKind::Optional } else { EdgeKind::Required };
    Edge { from, name: &member.name, to: member.ty, kind }
}

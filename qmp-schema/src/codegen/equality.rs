//! Decides which types implement `Eq` and `Hash`: those without floating-point numbers.

use crate::model::{Builtin, Schema, TypeId, TypeKind};

/// The types whose values may contain a floating-point number.
#[derive(Debug)]
pub(super) struct Floating(Vec<bool>);

impl Floating {
    /// Finds the types of a schema.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut floating = Self(vec![false; schema.types.len()]);
        // Types may refer to each other in cycles. So each round may find types that refer to those of the round before, and
        // the search ends with a round that finds none.
        loop {
            let types = schema.types().filter(|(id, _)| !floating.contains(*id));
            let found: Vec<_> = types.map(|(id, _)| id).filter(|id| floating.is_reached_by(schema, *id)).collect();
            if found.is_empty() {
                return floating;
            }
            found.into_iter().for_each(|id| floating.0[id.index()] = true);
        }
    }

    pub(super) fn contains(&self, id: TypeId) -> bool {
        self.0[id.index()]
    }

    /// Returns whether the type is a floating-point number or has a part of a type already found.
    fn is_reached_by(&self, schema: &Schema, id: TypeId) -> bool {
        match &schema.ty(id).kind {
            TypeKind::Builtin(builtin) => *builtin == Builtin::Number,
            TypeKind::Enum(_) => false,
            TypeKind::Array(element) => self.contains(*element),
            TypeKind::Alternate(alternate) => alternate.branches.iter().any(|branch| self.contains(branch.ty)),
            TypeKind::Object(object) => {
                let mut branches = object.variants.iter().flat_map(|variants| &variants.branches);
                schema.members(id).iter().any(|member| self.contains(member.ty))
                    || branches.any(|branch| self.contains(branch.ty))
            }
        }
    }
}

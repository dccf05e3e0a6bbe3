//! Finds the minimal value of each type: its cost, and the branch of a union, the alternative or the value of an enum that it is.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use qmp_schema::model::{Condition, Feature, Object, Schema, TypeId, TypeKind, Variants, has_feature};

/// The cost of a value. Fewer doubtful parts are better; then, fewer values are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// The number of parts that are deprecated, unstable or conditional.
    pub(super) doubtful: u32,
    /// The number of objects, lists, strings, numbers...: the value itself and all within it. Choosing an alternative also counts.
    pub(super) values: u32,
}

impl Cost {
    fn plus(self, other: Self) -> Self {
        let doubtful = self.doubtful.saturating_add(other.doubtful);
        Self { doubtful, values: self.values.saturating_add(other.values) }
    }
}

/// The cost of using an item with these features and this condition.
pub(super) fn doubt(features: &[Feature], condition: &Condition) -> Cost {
    let is_discouraged = has_feature(features, "deprecated") || has_feature(features, "unstable");
    let doubtful = u32::from(is_discouraged) + u32::from(*condition != Condition::Always);
    Cost { doubtful, values: 0 }
}

/// The minimal value of each type: its cost and choice.
pub(super) struct MinimalValues(Vec<Option<(Cost, usize)>>);

impl MinimalValues {
    /// Finds the minimal values of all types. Types are settled in the order of their costs (Knuth's generalisation of Dijkstra's
    /// algorithm): each is visited once, and a type that contains itself is never settled through itself.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut minimal = Self(vec![None; schema.types.len()]);
        let mut candidates: Vec<Candidate> = schema.types().flat_map(|(id, _)| candidates(schema, id)).collect();
        let mut users: HashMap<TypeId, Vec<usize>> = HashMap::new();
        let mut next = BinaryHeap::new();
        for (index, candidate) in candidates.iter().enumerate() {
            candidate.parts.iter().for_each(|&part| users.entry(part).or_default().push(index));
            next.extend(candidate.parts.is_empty().then_some(Reverse((candidate.cost, index))));
        }
        while let Some(Reverse((cost, index))) = next.pop() {
            let Candidate { ty, choice, .. } = candidates[index];
            if minimal.0[ty.index()].is_some() {
                continue;
            }
            minimal.0[ty.index()] = Some((cost, choice));
            for &user in users.get(&ty).into_iter().flatten() {
                let candidate = &mut candidates[user];
                candidate.cost = candidate.cost.plus(cost);
                candidate.open -= 1;
                next.extend((candidate.open == 0).then_some(Reverse((candidate.cost, user))));
            }
        }
        minimal
    }

    /// The cost of the minimal value; none if the type has no finite value.
    pub(super) fn cost(&self, id: TypeId) -> Option<Cost> {
        self.0[id.index()].map(|(cost, _)| cost)
    }

    /// The index of the branch, alternative or enum value of the minimal value.
    pub(super) fn choice(&self, id: TypeId) -> Option<usize> {
        self.0[id.index()].map(|(_, choice)| choice)
    }
}

/// A candidate for the minimal value of a type, with values of other types in it.
struct Candidate {
    ty: TypeId,
    choice: usize,
    parts: Vec<TypeId>,
    /// The number of parts that are not settled.
    open: usize,
    /// The cost of the value itself and of the settled parts.
    cost: Cost,
}

fn candidates(schema: &Schema, ty: TypeId) -> Vec<Candidate> {
    let def = &schema.ty(ty).def;
    let own = Cost { values: 1, ..doubt(&def.features, &def.condition) };
    let candidate = |choice, parts: Vec<TypeId>, cost: Cost| Candidate {
        ty,
        choice,
        open: parts.len(),
        parts,
        cost: own.plus(cost),
    };
    match &schema.ty(ty).kind {
        // A list may be empty.
        TypeKind::Builtin(_) | TypeKind::Array(_) => vec![candidate(0, Vec::new(), Cost::default())],
        TypeKind::Enum(kind) => {
            let costs = kind.values.iter().map(|value| doubt(&value.features, &value.condition));
            costs.enumerate().map(|(choice, cost)| candidate(choice, Vec::new(), cost)).collect()
        }
        TypeKind::Alternate(alternate) => {
            let branches = alternate.branches.iter().enumerate();
            branches.map(|(choice, branch)| candidate(choice, vec![branch.ty], doubt(&[], &branch.condition))).collect()
        }
        TypeKind::Object(object) => {
            let (parts, cost) = required(object);
            let Some(variants) = &object.variants else { return vec![candidate(0, parts, cost)] };
            let doubts = doubts(schema, variants);
            let branches = variants.branches.iter().enumerate();
            let branches = branches.map(|(choice, branch)| {
                let doubt = doubts.get(&*branch.name).copied().unwrap_or_default();
                candidate(
                    choice,
                    [&parts[..], &[branch.ty]].concat(),
                    cost.plus(doubt).plus(self::doubt(&[], &branch.condition)),
                )
            });
            branches.collect()
        }
    }
}

/// The types and the cost of the required members of an object, without branches.
fn required(object: &Object) -> (Vec<TypeId>, Cost) {
    let required = || object.members.iter().filter(|member| !member.optional);
    let parts = object.base.into_iter().chain(required().map(|member| member.ty)).collect();
    let doubts = required().map(|member| doubt(&member.features, &member.condition));
    (parts, doubts.fold(Cost::default(), Cost::plus))
}

/// The cost of each value of the discriminator.
fn doubts<'a>(schema: &'a Schema, variants: &Variants) -> HashMap<&'a str, Cost> {
    let TypeKind::Enum(kind) = &schema.ty(variants.tag_type).kind else { return HashMap::new() };
    kind.values.iter().map(|value| (&*value.name, doubt(&value.features, &value.condition))).collect()
}

//! The smallest value of each type: what it takes, and which branch of a union, which alternative, which value of an enum
//! it is.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use qmp_schema::model::{Condition, Feature, Object, Schema, TypeId, TypeKind, Variants, has_feature};

/// What a value takes. The fewer parts that may not be there, the better; then, the fewer values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// Parts that are deprecated, unstable or not there under all conditions.
    pub(super) doubtful: u32,
    /// Objects, lists, strings, numbers...: the value itself, and all within it. To choose an alternative counts, too.
    pub(super) values: u32,
}

impl Cost {
    fn plus(self, other: Self) -> Self {
        let doubtful = self.doubtful.saturating_add(other.doubtful);
        Self { doubtful, values: self.values.saturating_add(other.values) }
    }
}

/// How doubtful it is to use what has these features and this condition.
pub(super) fn doubt(features: &[Feature], condition: &Condition) -> Cost {
    let is_discouraged = has_feature(features, "deprecated") || has_feature(features, "unstable");
    let doubtful = u32::from(is_discouraged) + u32::from(*condition != Condition::Always);
    Cost { doubtful, values: 0 }
}

/// The smallest values.
pub(super) struct Smallest(Vec<Option<(Cost, usize)>>);

impl Smallest {
    /// Types are settled in the order of their costs (Knuth's generalisation of Dijkstra's algorithm), so that each is looked at
    /// once and what contains itself is never settled by way of itself.
    pub(super) fn new(schema: &Schema) -> Self {
        let mut smallest = Self(vec![None; schema.types.len()]);
        let mut ways: Vec<Way> = schema.types().flat_map(|(id, _)| ways(schema, id)).collect();
        let mut users: HashMap<TypeId, Vec<usize>> = HashMap::new();
        let mut next = BinaryHeap::new();
        for (index, way) in ways.iter().enumerate() {
            way.parts.iter().for_each(|&part| users.entry(part).or_default().push(index));
            next.extend(way.parts.is_empty().then_some(Reverse((way.cost, index))));
        }
        while let Some(Reverse((cost, index))) = next.pop() {
            let Way { ty, choice, .. } = ways[index];
            if smallest.0[ty.index()].is_some() {
                continue;
            }
            smallest.0[ty.index()] = Some((cost, choice));
            for &user in users.get(&ty).into_iter().flatten() {
                let way = &mut ways[user];
                way.cost = way.cost.plus(cost);
                way.open -= 1;
                next.extend((way.open == 0).then_some(Reverse((way.cost, user))));
            }
        }
        smallest
    }

    /// What the smallest value takes; none if the type has no value that ends.
    pub(super) fn cost(&self, id: TypeId) -> Option<Cost> {
        self.0[id.index()].map(|(cost, _)| cost)
    }

    /// The index of the branch, alternative or enum value that it is.
    pub(super) fn choice(&self, id: TypeId) -> Option<usize> {
        self.0[id.index()].map(|(_, choice)| choice)
    }
}

/// A way to make a value of a type: with values of other types in it.
struct Way {
    ty: TypeId,
    choice: usize,
    parts: Vec<TypeId>,
    /// How many parts have yet to be settled.
    open: usize,
    /// The cost of the value itself and of the parts that are settled.
    cost: Cost,
}

fn ways(schema: &Schema, ty: TypeId) -> Vec<Way> {
    let def = &schema.ty(ty).def;
    let own = Cost { values: 1, ..doubt(&def.features, &def.condition) };
    let way =
        |choice, parts: Vec<TypeId>, cost: Cost| Way { ty, choice, open: parts.len(), parts, cost: own.plus(cost) };
    match &schema.ty(ty).kind {
        // A list may be empty.
        TypeKind::Builtin(_) | TypeKind::Array(_) => vec![way(0, Vec::new(), Cost::default())],
        TypeKind::Enum(kind) => {
            let costs = kind.values.iter().map(|value| doubt(&value.features, &value.condition));
            costs.enumerate().map(|(choice, cost)| way(choice, Vec::new(), cost)).collect()
        }
        TypeKind::Alternate(alternate) => {
            let branches = alternate.branches.iter().enumerate();
            branches.map(|(choice, branch)| way(choice, vec![branch.ty], doubt(&[], &branch.condition))).collect()
        }
        TypeKind::Object(object) => {
            let (parts, cost) = required(object);
            let Some(variants) = &object.variants else { return vec![way(0, parts, cost)] };
            let doubts = doubts(schema, variants);
            let branches = variants.branches.iter().enumerate();
            let branches = branches.map(|(choice, branch)| {
                let doubt = doubts.get(&*branch.name).copied().unwrap_or_default();
                way(
                    choice,
                    [&parts[..], &[branch.ty]].concat(),
                    cost.plus(doubt).plus(self::doubt(&[], &branch.condition)),
                )
            });
            branches.collect()
        }
    }
}

/// The types of what an object has to have, branches aside.
fn required(object: &Object) -> (Vec<TypeId>, Cost) {
    let required = || object.members.iter().filter(|member| !member.optional);
    let parts = object.base.into_iter().chain(required().map(|member| member.ty)).collect();
    let doubts = required().map(|member| doubt(&member.features, &member.condition));
    (parts, doubts.fold(Cost::default(), Cost::plus))
}

/// How doubtful each value of the discriminator is.
fn doubts<'a>(schema: &'a Schema, variants: &Variants) -> HashMap<&'a str, Cost> {
    let TypeKind::Enum(kind) = &schema.ty(variants.tag_type).kind else { return HashMap::new() };
    kind.values.iter().map(|value| (&*value.name, doubt(&value.features, &value.condition))).collect()
}

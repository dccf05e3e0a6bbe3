//! The names in conditions.

use std::collections::BTreeSet;

use super::{Condition, Definition, Feature, Schema, TypeKind};

impl Condition {
    fn collect_names<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Always => {}
            Self::Name(name) => drop(names.insert(name)),
            Self::All(all) | Self::Any(all) => all.iter().for_each(|condition| condition.collect_names(names)),
            Self::Not(not) => not.collect_names(names),
        }
    }
}

impl Schema {
    /// Returns every name in a condition of the schema.
    #[must_use]
    pub fn condition_names(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        let types = self.types.iter().map(|ty| &ty.def);
        let commands = self.commands.iter().map(|command| &command.def);
        let definitions = types.chain(commands).chain(self.events.iter().map(|event| &event.def));
        definitions.flat_map(of_definition).for_each(|condition| condition.collect_names(&mut names));
        self.types.iter().flat_map(|ty| in_type(&ty.kind)).for_each(|condition| condition.collect_names(&mut names));
        names
    }
}

fn of_definition(def: &Definition) -> impl Iterator<Item = &Condition> {
    std::iter::once(&def.condition).chain(of_features(&def.features))
}

fn of_features(features: &[Feature]) -> impl Iterator<Item = &Condition> {
    features.iter().map(|feature| &feature.condition)
}

/// Returns the conditions of members, values and branches, and of their features.
fn in_type(kind: &TypeKind) -> Vec<&Condition> {
    let mut conditions = Vec::new();
    match kind {
        TypeKind::Enum(kind) => kind.values.iter().for_each(|value| {
            conditions.push(&value.condition);
            conditions.extend(of_features(&value.features));
        }),
        TypeKind::Object(object) => {
            for member in &object.members {
                conditions.push(&member.condition);
                conditions.extend(of_features(&member.features));
            }
            let branches = object.variants.iter().flat_map(|variants| &variants.branches);
            conditions.extend(branches.map(|branch| &branch.condition));
        }
        TypeKind::Alternate(alternate) => {
            conditions.extend(alternate.branches.iter().map(|branch| &branch.condition));
        }
        TypeKind::Builtin(_) | TypeKind::Array(_) => {}
    }
    conditions
}

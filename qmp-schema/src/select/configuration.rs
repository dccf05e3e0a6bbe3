//! Removes the parts of a schema that a configuration excludes.

use std::collections::HashSet;

use crate::model::{Condition, Conditions, Feature, Object, Schema, TypeId, TypeKind, Variants};

impl Schema {
    /// Removes the commands, events, members, values, branches and features whose conditions are not met. The branches of a
    /// removed value go with it. Types stay: a type's own `if` does not make a reference to it conditional.
    pub fn configure(&mut self, conditions: &Conditions) {
        if *conditions == Conditions::Everything {
            return;
        }
        let admit = |condition: &Condition| conditions.admit(condition);
        let commands: Vec<bool> = self.commands.iter().map(|command| admit(&command.def.condition)).collect();
        let events: Vec<bool> = self.events.iter().map(|event| admit(&event.def.condition)).collect();
        self.retain(|index| commands[index], |index| events[index]);

        let features = |features: &mut Vec<Feature>| features.retain(|feature| admit(&feature.condition));
        self.commands.iter_mut().for_each(|command| features(&mut command.def.features));
        self.events.iter_mut().for_each(|event| features(&mut event.def.features));
        for ty in &mut self.types {
            features(&mut ty.def.features);
            match &mut ty.kind {
                TypeKind::Enum(tag) => {
                    tag.values.retain(|value| admit(&value.condition));
                    tag.values.iter_mut().for_each(|value| features(&mut value.features));
                }
                TypeKind::Alternate(alternate) => alternate.branches.retain(|branch| admit(&branch.condition)),
                TypeKind::Object(object) => configure_object(object, &admit, &features),
                TypeKind::Builtin(_) | TypeKind::Array(_) => {}
            }
        }
        self.drop_stale_branches();
    }

    /// Removes the branches whose value the discriminator's enum no longer has.
    fn drop_stale_branches(&mut self) {
        for index in 0..self.types.len() {
            let Some(tag) = self.variants(index).map(|variants| variants.tag_type) else { continue };
            let values = self.values(tag);
            if let Some(variants) = self.variants(index) {
                variants.branches.retain(|branch| values.contains(&branch.name));
            }
        }
    }

    fn variants(&mut self, index: usize) -> Option<&mut Variants> {
        match &mut self.types[index].kind {
            TypeKind::Object(object) => object.variants.as_mut(),
            _ => None,
        }
    }

    fn values(&self, id: TypeId) -> HashSet<String> {
        match &self.ty(id).kind {
            TypeKind::Enum(tag) => tag.values.iter().map(|value| value.name.clone()).collect(),
            _ => HashSet::new(),
        }
    }
}

fn configure_object(object: &mut Object, admit: &impl Fn(&Condition) -> bool, features: &impl Fn(&mut Vec<Feature>)) {
    object.members.retain(|member| admit(&member.condition));
    object.members.iter_mut().for_each(|member| features(&mut member.features));
    if let Some(variants) = &mut object.variants {
        variants.branches.retain(|branch| admit(&branch.condition));
    }
}

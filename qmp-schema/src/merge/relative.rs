//! Relates the versions of parts to those of the whole: a member that every version of its object has is in all of them.

use std::collections::HashMap;

use crate::model::{ObjectOrigin, Schema, TypeId, TypeKind, Versions};

pub(super) fn simplify(schema: &mut Schema) {
    let of_inline = inline(schema);
    for index in 0..schema.types.len() {
        let inline = of_inline.get(&TypeId(index as u32)).copied();
        let ty = &mut schema.types[index];
        let whole = inline.unwrap_or(ty.def.versions);
        let relate = |part: &mut Versions| *part = related(*part, whole);
        match &mut ty.kind {
            TypeKind::Enum(kind) => kind.values.iter_mut().for_each(|value| relate(&mut value.versions)),
            TypeKind::Object(object) => {
                object.members.iter_mut().for_each(|member| relate(&mut member.versions));
                let branches = object.variants.iter_mut().flat_map(|variants| &mut variants.branches);
                branches.for_each(|branch| relate(&mut branch.versions));
            }
            TypeKind::Alternate(alternate) => {
                alternate.branches.iter_mut().for_each(|branch| relate(&mut branch.versions));
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => {}
        }
    }
    let mut all = Versions::only(0);
    (1..schema.versions.len()).for_each(|index| all.add(Versions::only(index)));
    let types = schema.types.iter_mut().map(|ty| &mut ty.def);
    let commands = schema.commands.iter_mut().map(|command| &mut command.def);
    let events = schema.events.iter_mut().map(|event| &mut event.def);
    types.chain(commands).chain(events).for_each(|def| def.versions = related(def.versions, all));
}

/// Returns the objects that are written in their command or event, with the versions of that.
fn inline(schema: &Schema) -> HashMap<TypeId, Versions> {
    let commands = schema.commands.iter().map(|command| (command.arguments, command.def.versions));
    let data = commands.chain(schema.events.iter().map(|event| (event.arguments, event.def.versions)));
    let is_inline = |id: &TypeId| schema.object(*id).is_some_and(|object| object.origin == ObjectOrigin::Arguments);
    data.filter_map(|(id, versions)| Some((id.filter(is_inline)?, versions))).collect()
}

fn related(part: Versions, whole: Versions) -> Versions {
    if part.include(whole) { Versions::ALL } else { part }
}

//! Puts the files of a version behind those of the merged schema, and moves the places of everything in it.

use super::LabelledSchema;
use crate::model::{Definition, Feature, Schema, TypeKind, Version, Versions};
use crate::source::Span;

/// Returns the main version as the first one of a merged schema.
pub(super) fn first(main: LabelledSchema) -> Schema {
    let LabelledSchema { label, mut schema } = main;
    let files = 0..schema.sources.files().len() as u32;
    schema.versions = vec![Version { label, is_introspected: schema.is_introspected(), files }];
    set_versions(&mut schema, Versions::only(0));
    schema
}

/// Adds a version's files and name to the merged schema. Returns its schema, whose places are in these files.
pub(super) fn append(merged: &mut Schema, version: LabelledSchema) -> Schema {
    let LabelledSchema { label, mut schema } = version;
    let offset = merged.sources.append(&schema.sources);
    let files = offset..merged.sources.files().len() as u32;
    merged.versions.push(Version { label, is_introspected: schema.is_introspected(), files });
    each_span(&mut schema, &|span| *span = span.moved(offset));
    set_versions(&mut schema, Versions::only(merged.versions.len() - 1));
    schema
}

fn each_span(schema: &mut Schema, change: &impl Fn(&mut Span)) {
    let features = |features: &mut Vec<Feature>| features.iter_mut().for_each(|feature| change(&mut feature.span));
    each_definition(schema, |def| {
        change(&mut def.span);
        features(&mut def.features);
    });
    for ty in &mut schema.types {
        match &mut ty.kind {
            TypeKind::Enum(kind) => kind.values.iter_mut().for_each(|value| {
                change(&mut value.span);
                features(&mut value.features);
            }),
            TypeKind::Object(object) => {
                object.members.iter_mut().for_each(|member| {
                    change(&mut member.span);
                    features(&mut member.features);
                });
                if let Some(variants) = &mut object.variants {
                    change(&mut variants.tag_span);
                    variants.branches.iter_mut().for_each(|branch| change(&mut branch.span));
                }
            }
            TypeKind::Alternate(alternate) => {
                alternate.branches.iter_mut().for_each(|branch| change(&mut branch.span));
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => {}
        }
    }
}

fn set_versions(schema: &mut Schema, versions: Versions) {
    each_definition(schema, |def| def.versions = versions);
    for ty in &mut schema.types {
        match &mut ty.kind {
            TypeKind::Enum(kind) => kind.values.iter_mut().for_each(|value| value.versions = versions),
            TypeKind::Object(object) => {
                object.members.iter_mut().for_each(|member| member.versions = versions);
                let branches = object.variants.iter_mut().flat_map(|variants| &mut variants.branches);
                branches.for_each(|branch| branch.versions = versions);
            }
            TypeKind::Alternate(alternate) => {
                alternate.branches.iter_mut().for_each(|branch| branch.versions = versions);
            }
            TypeKind::Builtin(_) | TypeKind::Array(_) => {}
        }
    }
}

fn each_definition(schema: &mut Schema, change: impl FnMut(&mut Definition)) {
    let types = schema.types.iter_mut().map(|ty| &mut ty.def);
    let commands = schema.commands.iter_mut().map(|command| &mut command.def);
    let events = schema.events.iter_mut().map(|event| &mut event.def);
    types.chain(commands).chain(events).for_each(change);
}

//! Features: which may stand where.

use super::clash::refuse_clashes;
use crate::diagnostic::{Diagnostics, Rule, Severity};
use crate::model::Feature;
use crate::syntax::{Definition, Kind};

/// Checks the features of a definition and of what is written in it.
pub(super) fn check(definition: &Definition, diagnostics: &mut Diagnostics) {
    let is_type = !matches!(definition.kind, Kind::Command(_) | Kind::Event(_));
    if is_type {
        refuse_special(definition, diagnostics);
    }
    refuse_twice(&definition.features, diagnostics);
    definition.members().iter().for_each(|member| refuse_twice(&member.features, diagnostics));
    definition.values().iter().for_each(|value| warn_twice(&value.features, diagnostics));
}

/// What is special about `deprecated` and `unstable` has no meaning for a type.
fn refuse_special(definition: &Definition, diagnostics: &mut Diagnostics) {
    for feature in &definition.features {
        if matches!(&*feature.name, "deprecated" | "unstable") {
            diagnostics.error(
                Rule::SpecialFeature,
                feature.span,
                &[&feature.name, definition.meta(), &definition.name.text],
            );
        }
    }
}

fn refuse_twice(features: &[Feature], diagnostics: &mut Diagnostics) {
    refuse_clashes("feature", features.iter().map(|feature| (&*feature.name, feature.span)), diagnostics);
}

/// QEMU's own generator does not notice it on enum values.
fn warn_twice(features: &[Feature], diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    refuse_twice(features, &mut found);
    diagnostics.extend(found, Severity::Warning);
}

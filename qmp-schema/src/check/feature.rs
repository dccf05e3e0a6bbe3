//! Features: duplicates, and the special ones where they have no meaning.

use super::clash::refuse_clashes;
use crate::diagnostic::{Diagnostics, Rule, Severity};
use crate::model::Feature;
use crate::syntax::{Definition, Kind};

/// Checks the features of a definition and of its members and values.
pub(super) fn check(definition: &Definition, diagnostics: &mut Diagnostics) {
    let is_type = !matches!(definition.kind, Kind::Command(_) | Kind::Event(_));
    if is_type {
        refuse_special(definition, diagnostics);
    }
    refuse_twice(&definition.features, diagnostics);
    definition.members().iter().for_each(|member| refuse_twice(&member.features, diagnostics));
    definition.values().iter().for_each(|value| warn_twice(&value.features, diagnostics));
}

/// Reports `deprecated` and `unstable` on types: they have no meaning there.
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

/// Warns of duplicates on an enum value, which QEMU's own generator accepts.
fn warn_twice(features: &[Feature], diagnostics: &mut Diagnostics) {
    let mut found = Diagnostics::default();
    refuse_twice(features, &mut found);
    diagnostics.extend(found, Severity::Warning);
}

//! An item that only one of two schemas has.

use super::change::Change;
use super::change_kind::{ChangeKind, is_warning};
use crate::model::{Condition, Definition, Doc, DocumentedMember, EnumValue, Feature};

/// The parts of an item that explain why only one schema has it.
#[derive(Clone, Copy)]
pub(super) struct OneSided<'a> {
    pub(super) side: Side,
    pub(super) condition: &'a Condition,
    pub(super) features: &'a [Feature],
    /// The documentation of the definition that the item belongs to.
    pub(super) doc: Option<&'a Doc>,
}

/// The schema that has the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Old,
    New,
}

impl<'a> OneSided<'a> {
    pub(super) fn definition(side: Side, def: &'a Definition) -> Self {
        Self { side, condition: &def.condition, features: &def.features, doc: def.doc.as_ref() }
    }

    pub(super) fn member(side: Side, documented: DocumentedMember<'a>) -> Self {
        let DocumentedMember { member, doc } = documented;
        Self { side, condition: &member.condition, features: &member.features, doc }
    }

    pub(super) fn value(side: Side, value: &'a EnumValue, def: &'a Definition) -> Self {
        Self { side, condition: &value.condition, features: &value.features, doc: def.doc.as_ref() }
    }

    pub(super) fn branch(side: Side, condition: &'a Condition) -> Self {
        Self { side, condition, features: &[], doc: None }
    }

    /// The feature of this item, as an item of its own.
    pub(super) fn feature(self, feature: &'a Feature) -> Self {
        Self { condition: &feature.condition, features: &[], ..self }
    }

    /// Adds the features that announced the removal of the item, and what the documentation says about these features or
    /// about the one that was added.
    pub(super) fn explain(&self, change: &mut Change) {
        let warnings: Vec<String> = match &change.kind {
            ChangeKind::FeatureAdded(name) | ChangeKind::TypeFeatureAdded(name) => vec![name.clone()],
            _ if self.side == Side::Old => self.features.iter().map(|feature| feature.name.clone()).collect(),
            _ => Vec::new(),
        };
        let warnings: Vec<String> = warnings.into_iter().filter(|name| is_warning(name)).collect();
        change.reason = self.doc.and_then(|doc| reason(doc, &warnings));
        if change.kind.is_removal() {
            change.before = warnings;
        }
    }
}

/// Returns what the documentation says about the features; none if it says nothing.
fn reason(doc: &Doc, features: &[String]) -> Option<String> {
    let text = |feature: &String| doc.features.iter().find(|(name, _)| name == feature).map(|(_, text)| text.trim());
    let texts: Vec<&str> = features.iter().filter_map(text).filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

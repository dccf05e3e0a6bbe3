//! Values of two types: of which JSON kinds they can be, and which values are new or gone.

use super::Comparison;
use super::change::{Impact, Role};
use super::integers::{self, is_integer, is_untold};
use super::kind::ChangeKind;
use super::pairs::pairs;
use crate::model::{Builtin, EnumValue, Schema, TypeId, TypeKind};

/// Two types that stand at the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Pair {
    pub(super) role: Role,
    pub(super) old: TypeId,
    pub(super) new: TypeId,
}

impl Comparison<'_> {
    /// Compares the types at a place. Types of different kinds differ there; two of the same kind differ in themselves, which
    /// is compared once for all places.
    pub(super) fn types(&mut self, pair: Pair, place: String) {
        let Pair { role, old, new } = pair;
        match (&self.old.ty(old).kind, &self.new.ty(new).kind) {
            (TypeKind::Array(old), TypeKind::Array(new)) => {
                self.types(Pair { role, old: *old, new: *new }, place + "[]");
            }
            (TypeKind::Object(_), TypeKind::Object(_))
            | (TypeKind::Enum(_), TypeKind::Enum(_))
            | (TypeKind::Alternate(_), TypeKind::Alternate(_)) => self.later(pair, place),
            (TypeKind::Alternate(_), other) | (other, TypeKind::Alternate(_)) if !is_any(other) => {
                self.alternates(pair, &place);
            }
            (old, new) if describe(old) == describe(new) || is_untold(old, new) => {}
            (old, new) => {
                let (forward, back) = (accepts(old, new, role), accepts(new, old, role));
                let (old, new) = (describe(old).to_owned(), describe(new).to_owned());
                self.push(role, &place, ChangeKind::TypeChanged { old, new, forward, back });
            }
        }
    }

    /// Compares what two types of the same kind are made of.
    pub(super) fn parts(&mut self, pair: Pair, place: &str) {
        self.type_features(pair, place);
        match (&self.old.ty(pair.old).kind, &self.new.ty(pair.new).kind) {
            (TypeKind::Object(_), TypeKind::Object(_)) => self.objects(pair, place),
            (TypeKind::Enum(old), TypeKind::Enum(new)) => self.values(pair.role, place, &old.values, &new.values),
            _ => self.alternates(pair, place),
        }
    }

    fn values(&mut self, role: Role, place: &str, old: &[EnumValue], new: &[EnumValue]) {
        for (old, new) in pairs(old, new, |value| value) {
            match (old, new) {
                (Some(old), Some(new)) => {
                    self.features(role, &format!("{place}={}", old.name), &old.features, &new.features);
                }
                (Some(old), None) => {
                    self.push_removed(role, place, ChangeKind::ValueRemoved(old.name.clone()), &old.features);
                }
                (None, new) => {
                    new.into_iter().for_each(|new| self.push(role, place, ChangeKind::ValueAdded(new.name.clone())))
                }
            }
        }
    }

    /// A type that is no alternate is one with a single branch.
    fn alternates(&mut self, Pair { role, old, new }: Pair, place: &str) {
        let is_alternate = |kind: &TypeKind| matches!(kind, TypeKind::Alternate(_));
        let (was, is) = (is_alternate(&self.old.ty(old).kind), is_alternate(&self.new.ty(new).kind));
        let (old, new) = (branches(self.old, old), branches(self.new, new));
        for &(kind, old) in &old {
            match new.iter().find(|(other, _)| *other == kind) {
                Some(&(_, new)) => self.types(Pair { role, old, new }, place.to_owned()),
                None => self.push(role, place, ChangeKind::BranchRemoved { kind, alternate: is }),
            }
        }
        for &(kind, _) in new.iter().filter(|(kind, _)| old.iter().all(|(other, _)| other != kind)) {
            self.push(role, place, ChangeKind::BranchAdded { kind, alternate: was });
        }
    }
}

/// The types a value can be of, by what tells them apart.
fn branches(schema: &Schema, id: TypeId) -> Vec<(&'static str, TypeId)> {
    match &schema.ty(id).kind {
        TypeKind::Alternate(alternate) => {
            alternate.branches.iter().map(|branch| (json_kind(&schema.ty(branch.ty).kind), branch.ty)).collect()
        }
        kind => vec![(json_kind(kind), id)],
    }
}

fn is_any(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Builtin(Builtin::Any))
}

fn json_kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Builtin(Builtin::Str) | TypeKind::Enum(_) => "a string",
        TypeKind::Builtin(Builtin::Bool) => "a truth value",
        TypeKind::Builtin(Builtin::Null) => "null",
        TypeKind::Builtin(Builtin::Any) => "any value",
        TypeKind::Builtin(_) => "a number",
        TypeKind::Array(_) => "a list",
        TypeKind::Object(_) | TypeKind::Alternate(_) => "an object",
    }
}

fn describe(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Builtin(builtin) => builtin.name(),
        TypeKind::Enum(_) => "an enum",
        TypeKind::Alternate(_) => "an alternate",
        kind => json_kind(kind),
    }
}

/// What becomes of the values of one type where the other is expected.
fn accepts(written: &TypeKind, read: &TypeKind, role: Role) -> Impact {
    match (written, read) {
        // To a client a value without a name is one of a newer server.
        (TypeKind::Builtin(Builtin::Str), TypeKind::Enum(_)) if role == Role::Output => Impact::Note,
        (_, TypeKind::Builtin(Builtin::Any)) | (TypeKind::Enum(_), TypeKind::Builtin(Builtin::Str)) => Impact::Fine,
        (written, TypeKind::Builtin(Builtin::Number)) if is_integer(written) => Impact::Fine,
        _ => integers::accepts(written, read, role).unwrap_or(Impact::Breaking),
    }
}

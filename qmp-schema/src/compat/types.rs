//! Compares two types: the JSON kinds of their values, and the values of enums and alternates.

use super::Comparison;
use super::change_kind::ChangeKind;
use super::impact::{Impact, Role};
use super::integers::{self, has_unknown_width, is_integer};
use super::matching::match_by_name;
use super::one_sided::{OneSided, Side};
use crate::model::{Builtin, Condition, Definition, Enum, Schema, TypeId, TypeKind};

/// Two types that stand at the same place of the two schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TypePair {
    pub(super) role: Role,
    pub(super) old: TypeId,
    pub(super) new: TypeId,
}

impl<'a> Comparison<'a> {
    /// Compares the types at a place. Types of different kinds differ at this place. Two types of the same kind differ in
    /// their contents, which are compared once for all places.
    pub(super) fn types(&mut self, pair: TypePair, place: String) {
        let TypePair { role, old, new } = pair;
        match (&self.old.ty(old).kind, &self.new.ty(new).kind) {
            (TypeKind::Array(old), TypeKind::Array(new)) => {
                self.types(TypePair { role, old: *old, new: *new }, place + "[]");
            }
            (TypeKind::Object(_), TypeKind::Object(_))
            | (TypeKind::Enum(_), TypeKind::Enum(_))
            | (TypeKind::Alternate(_), TypeKind::Alternate(_)) => self.later(pair, place),
            (TypeKind::Alternate(_), other) | (other, TypeKind::Alternate(_)) if !is_any(other) => {
                self.alternates(pair, &place);
            }
            (old, new) if describe(old) == describe(new) || has_unknown_width(old, new) => {}
            (old, new) => {
                let (forward, back) = (accepts(old, new, role), accepts(new, old, role));
                let (old, new) = (describe(old).to_owned(), describe(new).to_owned());
                self.push(role, &place, ChangeKind::TypeChanged { old, new, forward, back });
            }
        }
    }

    /// Compares the contents of two types of the same kind.
    pub(super) fn contents(&mut self, pair: TypePair, place: &str) {
        self.type_features(pair, place);
        let (old, new) = (self.old.ty(pair.old), self.new.ty(pair.new));
        match (&old.kind, &new.kind) {
            (TypeKind::Object(_), TypeKind::Object(_)) => self.objects(pair, place),
            (TypeKind::Enum(old_kind), TypeKind::Enum(new_kind)) => {
                self.values(pair.role, place, (&old.def, old_kind), (&new.def, new_kind));
            }
            _ => self.alternates(pair, place),
        }
    }

    fn values(&mut self, role: Role, place: &str, old: (&'a Definition, &'a Enum), new: (&'a Definition, &'a Enum)) {
        let (was, is) =
            (|value| OneSided::value(Side::Old, value, old.0), |value| OneSided::value(Side::New, value, new.0));
        for values in match_by_name(&old.1.values, &new.1.values, |value| value) {
            match values {
                (Some(old), Some(new)) => {
                    self.evidence.present(&old.condition);
                    self.evidence.present(&new.condition);
                    self.features(role, &format!("{place}={}", old.name), was(old), is(new));
                }
                (Some(old), None) => {
                    self.push_one_sided(role, place, ChangeKind::ValueRemoved(old.name.clone()), was(old));
                }
                (None, Some(new)) => {
                    self.push_one_sided(role, place, ChangeKind::ValueAdded(new.name.clone()), is(new));
                }
                (None, None) => {}
            }
        }
    }

    /// Compares two types of which at least one is an alternate. The other counts as an alternate with a single branch.
    fn alternates(&mut self, TypePair { role, old, new }: TypePair, place: &str) {
        let is_alternate = |kind: &TypeKind| matches!(kind, TypeKind::Alternate(_));
        let (was, is) = (is_alternate(&self.old.ty(old).kind), is_alternate(&self.new.ty(new).kind));
        let (old, new) = (alternatives(self.old, old), alternatives(self.new, new));
        for one in &old {
            match new.iter().find(|other| other.kind == one.kind) {
                Some(other) => {
                    self.evidence.present(one.condition);
                    self.evidence.present(other.condition);
                    self.types(TypePair { role, old: one.ty, new: other.ty }, place.to_owned());
                }
                None => {
                    let kind = ChangeKind::BranchRemoved { kind: one.kind, alternate: is };
                    self.push_one_sided(role, place, kind, OneSided::branch(Side::Old, one.condition));
                }
            }
        }
        for added in new.iter().filter(|added| old.iter().all(|one| one.kind != added.kind)) {
            let kind = ChangeKind::BranchAdded { kind: added.kind, alternate: was };
            self.push_one_sided(role, place, kind, OneSided::branch(Side::New, added.condition));
        }
    }
}

/// A type that a value may be of.
struct Alternative<'a> {
    /// The JSON kind that tells it from the others.
    kind: &'static str,
    ty: TypeId,
    condition: &'a Condition,
}

fn alternatives(schema: &Schema, id: TypeId) -> Vec<Alternative<'_>> {
    let alternative = |ty, condition| Alternative { kind: json_kind(&schema.ty(ty).kind), ty, condition };
    match &schema.ty(id).kind {
        TypeKind::Alternate(alternate) => {
            alternate.branches.iter().map(|branch| alternative(branch.ty, &branch.condition)).collect()
        }
        _ => vec![alternative(id, &Condition::Always)],
    }
}

fn is_any(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Builtin(Builtin::Any))
}

/// Returns the JSON kind of a type's values.
pub(crate) fn json_kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Builtin(Builtin::Str) | TypeKind::Enum(_) => "a string",
        TypeKind::Builtin(Builtin::Bool) => "a boolean",
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

/// The impact of values of the type `written` where the type `read` is expected.
fn accepts(written: &TypeKind, read: &TypeKind, role: Role) -> Impact {
    match (written, read) {
        // A client treats a string that is no value of the enum as a value of a newer server.
        (TypeKind::Builtin(Builtin::Str), TypeKind::Enum(_)) if role == Role::Output => Impact::Note,
        (_, TypeKind::Builtin(Builtin::Any)) | (TypeKind::Enum(_), TypeKind::Builtin(Builtin::Str)) => Impact::Fine,
        (written, TypeKind::Builtin(Builtin::Number)) if is_integer(written) => Impact::Fine,
        _ => integers::accepts(written, read, role).unwrap_or(Impact::Breaking),
    }
}

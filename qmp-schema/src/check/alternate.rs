//! Alternates: the JSON kind of the value must tell the branch.

use super::Checker;
use crate::diagnostic::Rule;
use crate::model::{Builtin, Enum, TypeId, TypeKind};
use crate::syntax::Branch;

/// What a value is in JSON. All numbers are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Json {
    Null,
    String,
    Number,
    Bool,
    Array,
    Object,
}

impl Checker<'_> {
    pub(super) fn alternate(&mut self, syntax: &[Branch], id: TypeId) {
        let TypeKind::Alternate(alternate) = &self.schema.ty(id).kind else { return };
        let mut claimed: Vec<(Json, &Branch)> = Vec::new();
        for (branch, lowered) in syntax.iter().zip(&alternate.branches) {
            let Some(kind) = self.kind(lowered.ty) else { continue };
            let claims = claims(kind);
            if claims.is_empty() {
                self.wrong_kind(Rule::AlternateBranchType, branch.ty.name(), lowered.ty);
            } else if let Some((_, other)) = claimed.iter().find(|(json, _)| claims.contains(json)) {
                let arguments = [&*branch.name.text, &*other.name.text];
                let error = self.diagnostics.error(Rule::AlternateKinds, branch.name.span, &arguments);
                error.related(other.name.span, "the other branch");
            } else {
                claimed.extend(claims.into_iter().map(|json| (json, branch)));
            }
        }
    }
}

/// The kinds that no other branch may have beside one of this type; none if it cannot be a branch at all.
///
/// On the command line all values are strings: there a string also stands for a number or a truth value.
fn claims(kind: &TypeKind) -> Vec<Json> {
    match kind {
        TypeKind::Builtin(Builtin::Any) | TypeKind::Alternate(_) => vec![],
        TypeKind::Builtin(Builtin::Str) => vec![Json::String, Json::Number, Json::Bool],
        TypeKind::Builtin(Builtin::Bool) => vec![Json::Bool],
        TypeKind::Builtin(Builtin::Null) => vec![Json::Null],
        TypeKind::Builtin(_) => vec![Json::Number],
        TypeKind::Enum(values) => enum_claims(values),
        TypeKind::Array(_) => vec![Json::Array],
        TypeKind::Object(_) => vec![Json::Object],
    }
}

fn enum_claims(values: &Enum) -> Vec<Json> {
    let any = |test: fn(&str) -> bool| values.values.iter().any(|value| test(&value.name));
    let mut claims = vec![Json::String];
    if any(|value| matches!(value, "on" | "off")) {
        claims.push(Json::Bool);
    }
    if any(|value| value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))) {
        claims.push(Json::Number);
    }
    claims
}

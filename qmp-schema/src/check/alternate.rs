//! Alternates: the JSON kind of a value must determine its branch.

use super::checker::Checker;
use crate::diagnostic::Rule;
use crate::model::{Builtin, Enum, TypeId, TypeKind};
use crate::syntax::Branch;

/// The JSON kind of a value. All numbers are one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Json {
    Null,
    String,
    Number,
    Bool,
    Array,
    Object,
}

/// A kind that only one branch may have.
struct Claim<'a> {
    json: Json,
    /// The reason why values of the kind belong to a branch of strings.
    stands_for: Option<StandsFor<'a>>,
}

/// The strings that may stand for a value. On the command line all values are strings, also numbers and booleans.
enum StandsFor<'a> {
    /// Any string.
    String,
    /// A value of an enum.
    Value(&'a str),
}

impl<'a> Checker<'a> {
    pub(super) fn alternate(&mut self, syntax: &[Branch], id: TypeId) {
        let TypeKind::Alternate(alternate) = &self.schema.ty(id).kind else { return };
        let mut claimed: Vec<(Claim<'a>, &Branch)> = Vec::new();
        for (branch, lowered) in syntax.iter().zip(&alternate.branches) {
            let Some(kind) = self.kind(lowered.ty) else { continue };
            let claims = claims(kind);
            let taken = |claim: &&Claim<'a>| claimed.iter().find(|(other, _)| other.json == claim.json);
            if claims.is_empty() {
                self.wrong_kind(Rule::AlternateBranchType, branch.ty.name(), lowered.ty);
            } else if let Some((claim, (theirs, other))) = claims.iter().find_map(|claim| Some((claim, taken(&claim)?)))
            {
                let label = conflict((claim, branch), (theirs, other));
                let arguments = [&*branch.name.text, &*other.name.text, &*label];
                let error = self.diagnostics.error(Rule::AlternateKinds, branch.name.span, &arguments);
                error.related(other.name.span, "the other branch");
            } else {
                claimed.extend(claims.into_iter().map(|claim| (claim, branch)));
            }
        }
    }
}

/// Returns the reason why two branches claim the same kind.
fn conflict((one, branch): (&Claim<'_>, &Branch), (other, other_branch): (&Claim<'_>, &Branch)) -> String {
    let (kind, plural) = match one.json {
        Json::Null => ("null", "null"),
        Json::String => ("a string", "strings"),
        Json::Number => ("a number", "numbers"),
        Json::Bool => ("a boolean", "booleans"),
        Json::Array => ("a list", "lists"),
        Json::Object => ("an object", "objects"),
    };
    let stands = [(one, branch), (other, other_branch)].into_iter().find_map(|(claim, branch)| {
        let name = &branch.name.text;
        match claim.stands_for.as_ref()? {
            StandsFor::String => Some(format!("a string of `{name}` may stand for {kind}")),
            StandsFor::Value(value) => Some(format!("`{value}` of `{name}` may stand for {kind}")),
        }
    });
    stands.unwrap_or_else(|| format!("both are {plural}"))
}

/// Returns the kinds that no other branch may have beside one of this type; none if the type cannot be a branch at all.
fn claims(kind: &TypeKind) -> Vec<Claim<'_>> {
    let is = |json| Claim { json, stands_for: None };
    let stands_for = |json| Claim { json, stands_for: Some(StandsFor::String) };
    match kind {
        TypeKind::Builtin(Builtin::Any) | TypeKind::Alternate(_) => vec![],
        TypeKind::Builtin(Builtin::Str) => vec![is(Json::String), stands_for(Json::Number), stands_for(Json::Bool)],
        TypeKind::Builtin(Builtin::Bool) => vec![is(Json::Bool)],
        TypeKind::Builtin(Builtin::Null) => vec![is(Json::Null)],
        TypeKind::Builtin(_) => vec![is(Json::Number)],
        TypeKind::Enum(values) => enum_claims(values),
        TypeKind::Array(_) => vec![is(Json::Array)],
        TypeKind::Object(_) => vec![is(Json::Object)],
    }
}

fn enum_claims(values: &Enum) -> Vec<Claim<'_>> {
    let find = |test: fn(&str) -> bool| values.values.iter().map(|value| &*value.name).find(|value| test(value));
    let claim = |json, value| Claim { json, stands_for: Some(StandsFor::Value(value)) };
    let truth = find(|value| matches!(value, "on" | "off"));
    let number = find(|value| value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)));
    let mut claims = vec![Claim { json: Json::String, stands_for: None }];
    claims.extend(truth.map(|value| claim(Json::Bool, value)));
    claims.extend(number.map(|value| claim(Json::Number, value)));
    claims
}

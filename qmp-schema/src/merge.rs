//! Merges several versions of a schema into one that describes all of them.
//!
//! The other versions are added to the main one, one after the other. [`pairs`] finds the types of a version that stand at the
//! same places as types of the merged schema: types are matched by their use, as introspection data has no names for them.
//! [`entities`] merges commands and events, [`objects`] and [`values`] merge the contents of types. [`common`] finds the type
//! of a place whose types differ, and [`copies`] adds the types that the merged schema lacks. The main version's types keep
//! their ids and names.

mod common;
mod copies;
mod descriptions;
mod entities;
mod objects;
mod pairs;
mod relative;
mod relocate;
mod values;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Report, Rule, WrongOption};
use crate::model::{Condition, Feature, Schema, TypeId, Versions, has_feature};
use crate::source::Span;
use copies::Copies;
use pairs::Pairs;

/// A version of a schema and its name.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LabelledSchema {
    /// The name of the version in documentation and messages: `7.2`.
    pub label: String,
    /// The schema, which may be one that was made of introspection data.
    pub schema: Schema,
}

impl LabelledSchema {
    /// Names a version of a schema.
    pub fn new(label: impl Into<String>, schema: Schema) -> Self {
        Self { label: label.into(), schema }
    }
}

/// The treatment of a member that is a string in one version and an enum in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StringOrEnum {
    /// The member is an enum. Its users keep values that are not in the enum.
    Enum,
    /// The member is a string.
    String,
}

/// Merges several versions of a schema into one that describes all of them. The main version comes first: its types keep their
/// names, its documentation and order are preferred.
///
/// Commands, events, members, values and branches that some version lacks know the [`Versions`](crate::model::Versions) that
/// have them. A member is required only if it is in every version that has the object it belongs to. Types are matched by
/// their use, not by their names. Where the types of a member differ, the merged member has a type that takes all their
/// values:
///
/// | one version | another | merged |
/// | --- | --- | --- |
/// | integers | integers of other widths | the width that has both, or any integer |
/// | an integer | `number` | `number` |
/// | `str` | an enum | the enum, or `str`, as `strings` says |
/// | an alternate | a type of some JSON kind | the alternate, with a branch of that kind |
/// | a type | a type of another JSON kind | a new alternate of both |
/// | a type | `any` | `any` |
/// | a struct | a union whose discriminator is a required member of the struct | the union; members of branches are optional |
/// | a struct | another union | a struct; members of branches are optional |
/// | a union | a union with another discriminator | a struct; members of branches are optional |
///
/// ```
/// use qmp_schema::{LabelledSchema, StringOrEnum, load_text, merge};
///
/// let load = |text| load_text("vm.json", text, &Default::default()).map(|loaded| loaded.schema);
/// let old = load("{ 'command': 'query-size', 'returns': 'Size' } { 'struct': 'Size', 'data': { 'bytes': 'int' } }")?;
/// let new = load("{ 'command': 'query-size', 'returns': 'Size' } { 'struct': 'Size', 'data': { 'bytes': 'int', 'max': 'int' } }")?;
/// let merged = merge(LabelledSchema::new("10.0", new), vec![LabelledSchema::new("7.2", old)], StringOrEnum::Enum)?;
/// let max = &merged.members(merged.commands[0].returns.unwrap())[1];
/// assert!(max.optional);
/// assert_eq!(merged.describe_versions(max.versions).as_deref(), Some("Since 10.0, not in 7.2."));
/// # Ok::<(), qmp_schema::Report>(())
/// ```
///
/// # Errors
///
/// If two versions have the same name, there are more than 64, or types have no common one: both places of each.
pub fn merge(main: LabelledSchema, others: Vec<LabelledSchema>, strings: StringOrEnum) -> Result<Schema, Report> {
    let mut diagnostics = Diagnostics::default();
    let labels: Vec<String> = [&main].into_iter().chain(&others).map(|version| version.label.clone()).collect();
    check_labels(&labels, &mut diagnostics);
    let mut merged = relocate::first(main);
    if diagnostics.count() == 0 {
        for version in others {
            let other = relocate::append(&mut merged, version);
            Merger::new(&mut merged, &other, strings, &mut diagnostics).run();
        }
        relative::simplify(&mut merged);
    }
    Report::new(diagnostics, Arc::new(merged.sources.clone()), Vec::new()).into_result()?;
    Ok(merged)
}

fn check_labels(labels: &[String], diagnostics: &mut Diagnostics) {
    let option = |label: &str| Some(WrongOption { name: "also", value: label.to_owned() });
    for (index, label) in labels.iter().enumerate() {
        if labels[..index].contains(label) {
            diagnostics.error(Rule::VersionTwice, Span::NONE, &[label]).option = option(label);
        }
    }
    if let Some(label) = labels.get(Versions::MOST) {
        let most = Versions::MOST.to_string();
        diagnostics.error(Rule::TooManyVersions, Span::NONE, &[&most]).option = option(label);
    }
}

/// Adds a version to the merged schema.
struct Merger<'a> {
    merged: &'a mut Schema,
    other: &'a Schema,
    /// The version that is added.
    version: Versions,
    /// Whether the merged schema, and the version, are only of introspection data, which lacks what clients cannot see.
    is_introspected: (bool, bool),
    strings: StringOrEnum,
    pairs: Pairs,
    copies: Copies,
    /// The alternates made for two types of different kinds.
    alternates: HashMap<(TypeId, TypeId), TypeId>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Merger<'a> {
    fn new(merged: &'a mut Schema, other: &'a Schema, strings: StringOrEnum, diagnostics: &'a mut Diagnostics) -> Self {
        let pairs = Pairs::find(merged, other);
        let added = merged.versions.len() - 1;
        let is_introspected =
            (merged.versions[..added].iter().all(|version| version.is_introspected), other.is_introspected());
        let (version, (copies, alternates)) = (Versions::only(added), Default::default());
        Self { merged, other, version, is_introspected, strings, pairs, copies, alternates, diagnostics }
    }

    fn run(mut self) {
        for pair in std::mem::take(&mut self.pairs.list) {
            self.contents(&pair);
        }
        self.entities();
        for id in std::mem::take(&mut self.pairs.unmatched) {
            self.counterpart(id);
        }
    }

    /// Returns the condition of a part that both schemas have. Introspection data has no conditions: then the other's counts.
    fn condition(&self, ours: &Condition, theirs: &Condition) -> Condition {
        match (ours, theirs, self.is_introspected) {
            (ours, _, (_, true)) => ours.clone(),
            (_, theirs, (true, _)) => theirs.clone(),
            (ours, theirs, _) if ours == theirs => ours.clone(),
            (Condition::Always, _, _) | (_, Condition::Always, _) => Condition::Always,
            (ours, theirs, _) => Condition::Any(vec![ours.clone(), theirs.clone()]),
        }
    }

    /// Reports two types without a common one.
    fn conflict(&mut self, ours: TypeId, theirs: TypeId, place: &str) {
        let (one, two) = (described(self.merged, ours), described(self.other, theirs));
        let (our_span, their_span) = (self.merged.ty(ours).def.span, self.other.ty(theirs).def.span);
        let label = |span| self.merged.version_at(span).map_or("", |version| &version.label);
        let (our_label, their_label) = (label(our_span).to_owned(), label(their_span).to_owned());
        let error = self.diagnostics.error(Rule::NoCommonType, our_span, &[place, &one, &two, &our_label]);
        error.related(their_span, format!("{two}, in {their_label}"));
    }
}

/// Describes a type in messages: ``union `X` with the discriminator `type` ``.
fn described(schema: &Schema, id: TypeId) -> String {
    let name = &schema.ty(id).def.name;
    match schema.object(id).map(|object| &object.variants) {
        Some(Some(variants)) => format!("union `{name}` with the discriminator `{}`", variants.tag),
        Some(None) => format!("struct `{name}`"),
        None => format!("`{name}`"),
    }
}

/// Adds the features that a part has in another version. Something is unstable only if it is in all versions that have it.
fn add_features(ours: &mut Vec<Feature>, theirs: &[Feature]) {
    ours.retain(|feature| feature.name != "unstable" || has_feature(theirs, "unstable"));
    let added = theirs.iter().filter(|feature| feature.name != "unstable" && !has_feature(ours, &feature.name));
    let added: Vec<Feature> = added.cloned().collect();
    ours.extend(added);
}

/// A description of where in a schema two types stand.
fn within(place: &str, part: &str) -> String {
    /// The length at which a place stops growing: types may be nested without a bound.
    const LONGEST: usize = 200;
    if place.len() > LONGEST { place.to_owned() } else { format!("{place}{part}") }
}

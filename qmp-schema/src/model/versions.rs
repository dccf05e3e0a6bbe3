//! The versions of a schema, and the parts that only some of them have.

use std::ops::Range;

use super::Schema;
use crate::source::Span;

/// One of the versions that a schema was merged from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Version {
    /// Its name: `7.2`.
    pub label: String,
    /// Whether it is introspection data, which has no conditions.
    pub(crate) is_introspected: bool,
    /// The indices of its files, the root first.
    pub(crate) files: Range<u32>,
}

/// The versions that have a part of a schema. In a schema that was not merged, every part is in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Versions(u64);

impl Versions {
    /// Every version.
    pub const ALL: Self = Self(u64::MAX);

    /// The most versions that a schema can be merged from.
    pub(crate) const MOST: usize = 64;

    /// Only the version at this index of [`Schema::versions`].
    pub(crate) fn only(index: usize) -> Self {
        Self(1 << index)
    }

    /// Returns whether the version at this index of [`Schema::versions`] has the part.
    #[must_use]
    pub fn contains(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Returns whether every one of `others` is among these.
    pub(crate) fn include(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

impl Default for Versions {
    fn default() -> Self {
        Self::ALL
    }
}

impl Schema {
    /// Describes in one sentence which versions have a part of the schema: `Since 10.0, not in 7.2.`, `Until 7.2, not in 10.0 and
    /// 11.1.`, `Only in 10.0, not in 7.2 and 11.1.` Returns `None` if all have it.
    #[must_use]
    pub fn describe_versions(&self, versions: Versions) -> Option<String> {
        let mut labels: Vec<(usize, &str)> =
            self.versions.iter().enumerate().map(|(index, version)| (index, &*version.label)).collect();
        let is_ordered = labels.iter().all(|(_, label)| numbers(label).next().is_some());
        if is_ordered {
            labels.sort_by_cached_key(|(_, label)| numbers(label).collect::<Vec<_>>());
        }
        let has: Vec<bool> = labels.iter().map(|(index, _)| versions.contains(*index)).collect();
        let of = |wanted| labels.iter().zip(&has).filter(move |(_, has)| **has == wanted).map(|((_, label), _)| *label);
        let (with, without) = (of(true).collect::<Vec<_>>(), listed(&of(false).collect::<Vec<_>>()));
        let (first, last) = (*with.first()?, *with.last()?);
        if without.is_empty() {
            return None;
        }
        Some(match has.iter().filter(|has| **has).count() {
            count if is_ordered && has[has.len() - count..].iter().all(|has| *has) => {
                format!("Since {first}, not in {without}.")
            }
            count if is_ordered && has[..count].iter().all(|has| *has) => format!("Until {last}, not in {without}."),
            _ => format!("Only in {}, not in {without}.", listed(&with)),
        })
    }

    /// Returns the version that a place is in; none if the schema was not merged.
    pub(crate) fn version_at(&self, span: Span) -> Option<&Version> {
        self.versions.iter().find(|version| version.files.contains(&span.file.0))
    }
}

#[cfg(feature = "codegen")]
impl Schema {
    /// Returns the index of the root file of the version that a place is in.
    pub(crate) fn root_of(&self, span: Span) -> usize {
        self.version_at(span).map_or(0, |version| version.files.start as usize)
    }

    /// Returns whether a place is in introspection data.
    pub(crate) fn is_introspected_at(&self, span: Span) -> bool {
        self.version_at(span).map_or(self.is_introspected(), |version| version.is_introspected)
    }

    /// Returns the name of the version that a place is in; none if it is the main one.
    pub(crate) fn other_version_at(&self, span: Span) -> Option<&str> {
        self.version_at(span).filter(|version| version.files.start > 0).map(|version| &*version.label)
    }
}

/// Returns the numbers in a label: 10 and 0 of `qemu-10.0`.
fn numbers(label: &str) -> impl Iterator<Item = u64> {
    label.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

fn listed(labels: &[&str]) -> String {
    match labels {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [labels @ .., last] => format!("{} and {last}", labels.join(", ")),
    }
}

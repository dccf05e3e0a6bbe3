//! Matches the items of two schemas by name.

use std::collections::{HashMap, HashSet};

use crate::model::{Definition, DocumentedMember, EnumValue, Feature};

/// An item that is identified by its name.
pub(super) trait Named {
    fn name(&self) -> &str;
}

/// Implements [`Named`] for types with a field `name`.
macro_rules! named {
    ($($type:ty)+) => {
        $(impl Named for $type {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}

named!(Definition Feature DocumentedMember<'_> EnumValue);

/// Returns the items of each name: those of the old schema in their order, then those that only the new one has.
pub(super) fn match_by_name<'a, T, N: Named + 'a>(
    old: &'a [T],
    new: &'a [T],
    named: impl Fn(&'a T) -> &'a N,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let by_name: HashMap<&str, &T> = new.iter().map(|item| (named(item).name(), item)).collect();
    let known: HashSet<&str> = old.iter().map(|item| named(item).name()).collect();
    let both = old.iter().map(|item| (Some(item), by_name.get(named(item).name()).copied()));
    let added = new.iter().filter(|item| !known.contains(named(item).name())).map(|item| (None, Some(item)));
    both.chain(added).collect()
}

//! What has the same name in both schemas.

use std::collections::{HashMap, HashSet};

use super::kind::ChangeKind;
use crate::model::{Definition, EnumValue, Feature, Member};

/// What has a name that it is found by.
pub(super) trait Named {
    fn name(&self) -> &str;
}

/// Types with a field `name`.
macro_rules! named {
    ($($type:ty)+) => {
        $(impl Named for $type {
            fn name(&self) -> &str {
                &self.name
            }
        })+
    };
}

named!(Definition Feature Member EnumValue);

/// The items of each name, the old ones in their order, then those that are only new.
pub(super) fn pairs<'a, T, N: Named + 'a>(
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

/// The features that came and went.
pub(super) fn features<'a>(
    old: &'a [Feature],
    new: &'a [Feature],
    removed: fn(String) -> ChangeKind,
    added: fn(String) -> ChangeKind,
) -> impl Iterator<Item = ChangeKind> + use<'a> {
    pairs(old, new, |feature| feature).into_iter().filter_map(move |pair| match pair {
        (Some(old), None) => Some(removed(old.name.clone())),
        (None, Some(new)) => Some(added(new.name.clone())),
        _ => None,
    })
}

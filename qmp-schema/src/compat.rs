//! Compatibility of two schemas: what a client built for one meets in a server of the other.

mod change;
mod integers;
mod kind;
mod objects;
mod values;

use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::{Command, Definition, Event, Feature, Schema, TypeId};

use change::Role;
pub use change::{Change, Impact};
pub use kind::ChangeKind;
use values::Pair;

/// Everything that changed between two schemas, command by command, then event by event.
///
/// Types are compared by what their values look like, not by name: servers hide the names. A type that several commands use
/// is reported at the first place it is reached from.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        changes: Vec::new(),
        seen: HashSet::new(),
        queue: VecDeque::new(),
        entity: String::new(),
    };
    comparison.commands();
    comparison.events();
    comparison.changes
}

struct Comparison<'a> {
    old: &'a Schema,
    new: &'a Schema,
    changes: Vec<Change>,
    seen: HashSet<Pair>,
    /// Types yet to be compared, and where they stand. A queue, for types may be nested without a bound.
    queue: VecDeque<(Pair, String)>,
    /// The command or event that is being compared.
    entity: String,
}

impl<'a> Comparison<'a> {
    fn commands(&mut self) {
        let (old, new) = (self.old, self.new);
        let pairs = pairs(&old.commands, &new.commands, |command| &command.def);
        for (old, new) in pairs {
            match (old, new) {
                (Some(old), Some(new)) => self.command(old, new),
                (Some(old), None) => self.of_entity(&old.def, ChangeKind::CommandRemoved),
                (None, new) => new.into_iter().for_each(|new| self.of_entity(&new.def, ChangeKind::CommandAdded)),
            }
        }
    }

    fn events(&mut self) {
        let (old, new) = (self.old, self.new);
        for (old, new) in pairs(&old.events, &new.events, |event| &event.def) {
            match (old, new) {
                (Some(old), Some(new)) => self.event(old, new),
                (Some(old), None) => self.of_entity(&old.def, ChangeKind::EventRemoved),
                (None, new) => new.into_iter().for_each(|new| self.of_entity(&new.def, ChangeKind::EventAdded)),
            }
        }
    }

    fn command(&mut self, old: &'a Command, new: &'a Command) {
        self.entity.clone_from(&old.def.name);
        self.features(Role::Arguments, "", &old.def.features, &new.def.features);
        self.flags(old, new);
        self.data(Role::Arguments, "arguments", old.arguments, new.arguments);
        self.data(Role::Output, "return", old.returns, new.returns);
    }

    fn flags(&mut self, old: &Command, new: &Command) {
        let flags = [
            (old.allow_oob, new.allow_oob, ChangeKind::OutOfBandRemoved, ChangeKind::OutOfBandAdded),
            (old.allow_preconfig, new.allow_preconfig, ChangeKind::PreconfigRemoved, ChangeKind::PreconfigAdded),
            (old.success_response, new.success_response, ChangeKind::ResponseRemoved, ChangeKind::ResponseAdded),
        ];
        // The first is all that introspection tells.
        let told = if self.old.introspected || self.new.introspected { 1 } else { flags.len() };
        for (was, is, removed, added) in flags.into_iter().take(told) {
            if was != is {
                self.of_entity(&old.def, if was { removed } else { added });
            }
        }
    }

    fn event(&mut self, old: &'a Event, new: &'a Event) {
        self.entity.clone_from(&old.def.name);
        self.features(Role::Output, "", &old.def.features, &new.def.features);
        self.data(Role::Output, "data", old.arguments, new.arguments);
    }

    /// Compares two types and all that they are made of; none is the object without members.
    fn data(&mut self, role: Role, place: &str, old: Option<TypeId>, new: Option<TypeId>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (old, new) => (old.or(self.old.empty()), new.or(self.new.empty())),
        };
        if let (Some(old), Some(new)) = (old, new) {
            self.later(Pair { role, old, new }, place.to_owned());
        }
        while let Some((pair, place)) = self.queue.pop_front() {
            self.types(pair, &place);
        }
    }

    /// Has two types compared, unless they have been.
    fn later(&mut self, pair: Pair, place: String) {
        if self.seen.insert(pair) {
            self.queue.push_back((pair, place));
        }
    }

    fn features(&mut self, role: Role, place: &str, old: &[Feature], new: &[Feature]) {
        for kind in features(old, new, ChangeKind::FeatureRemoved, ChangeKind::FeatureAdded) {
            self.push(role, place, kind);
        }
    }

    fn type_features(&mut self, Pair { role, old, new }: Pair, place: &str) {
        let (old, new) = (&self.old.ty(old).def.features, &self.new.ty(new).def.features);
        for kind in features(old, new, ChangeKind::TypeFeatureRemoved, ChangeKind::TypeFeatureAdded) {
            self.push(role, place, kind);
        }
    }

    fn of_entity(&mut self, def: &Definition, kind: ChangeKind) {
        self.entity.clone_from(&def.name);
        self.push(Role::Arguments, "", kind);
    }

    fn push(&mut self, role: Role, place: &str, kind: ChangeKind) {
        self.changes.push(Change::new(self.entity.clone(), place.to_owned(), role, kind));
    }
}

/// The features that only the one has, and those that only the other has.
fn features<'a>(
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

/// What has a name that it is found by.
trait Named {
    fn name(&self) -> &str;
}

impl Named for Definition {
    fn name(&self) -> &str {
        &self.name
    }
}

impl Named for Feature {
    fn name(&self) -> &str {
        &self.name
    }
}

/// The items of each name, the old ones in their order, then those that are only new.
fn pairs<'a, T, N: Named + 'a>(
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

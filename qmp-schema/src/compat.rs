//! Compatibility of two schemas: what a client built for one meets in a server of the other.

mod change;
mod integers;
mod kind;
mod objects;
mod pairs;
mod users;
mod values;

use std::collections::VecDeque;

use crate::model::{Command, Definition, Event, Feature, Schema, TypeId};

use change::Role;
pub use change::{Change, Impact};
pub use kind::ChangeKind;
use pairs::{features, pairs};
use users::Users;
use values::Pair;

/// Everything that changed between two schemas, command by command, then event by event.
///
/// Types are compared by what their values look like, not by name: servers hide the names. What changed in a type is told at
/// the first place that the type is reached from, with the [other commands and events](Change::also) that reach it; once for
/// arguments and once for what servers send, for that means different things. Only a branch that a member of its union moved
/// into, or out of, is compared at the union.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        changes: Vec::new(),
        users: Users::default(),
        queue: VecDeque::new(),
        entity: String::new(),
        pair: None,
    };
    comparison.commands();
    comparison.events();
    comparison.changes()
}

struct Comparison<'a> {
    old: &'a Schema,
    new: &'a Schema,
    /// Each with the number of the pair of types that it is in, if it is in one.
    changes: Vec<(Change, Option<usize>)>,
    users: Users,
    /// Types yet to be compared, and where they stand. A queue, for types may be nested without a bound.
    queue: VecDeque<(usize, Pair, String)>,
    /// The command or event that is being compared.
    entity: String,
    /// The number of the pair of types that is being compared.
    pair: Option<usize>,
}

impl<'a> Comparison<'a> {
    fn commands(&mut self) {
        let (old, new) = (self.old, self.new);
        let pairs = pairs(&old.commands, &new.commands, |command| &command.def);
        for (old, new) in pairs {
            match (old, new) {
                (Some(old), Some(new)) => self.command(old, new),
                (Some(old), None) => self.removed_entity(&old.def, ChangeKind::CommandRemoved),
                (None, new) => new.into_iter().for_each(|new| self.of_entity(&new.def, ChangeKind::CommandAdded)),
            }
        }
    }

    fn events(&mut self) {
        let (old, new) = (self.old, self.new);
        for (old, new) in pairs(&old.events, &new.events, |event| &event.def) {
            match (old, new) {
                (Some(old), Some(new)) => self.event(old, new),
                (Some(old), None) => self.removed_entity(&old.def, ChangeKind::EventRemoved),
                (None, new) => new.into_iter().for_each(|new| self.of_entity(&new.def, ChangeKind::EventAdded)),
            }
        }
    }

    fn command(&mut self, old: &'a Command, new: &'a Command) {
        self.begin(&old.def);
        self.features(Role::Arguments, "", &old.def.features, &new.def.features);
        self.flags(old, new);
        self.data(Role::Arguments, "arguments", old.arguments, new.arguments);
        self.data(Role::Output, "return", old.returns, new.returns);
    }

    fn begin(&mut self, def: &Definition) {
        self.entity.clone_from(&def.name);
        self.users.begin(&def.name);
    }

    fn flags(&mut self, old: &Command, new: &Command) {
        let flags = [
            (old.allow_oob, new.allow_oob, ChangeKind::OutOfBandRemoved, ChangeKind::OutOfBandAdded),
            (old.allow_preconfig, new.allow_preconfig, ChangeKind::PreconfigRemoved, ChangeKind::PreconfigAdded),
            (old.success_response, new.success_response, ChangeKind::ResponseRemoved, ChangeKind::ResponseAdded),
        ];
        // The first is all that introspection tells.
        let told = if self.old.is_introspected() || self.new.is_introspected() { 1 } else { flags.len() };
        for (was, is, removed, added) in flags.into_iter().take(told) {
            if was != is {
                self.of_entity(&old.def, if was { removed } else { added });
            }
        }
    }

    fn event(&mut self, old: &'a Event, new: &'a Event) {
        self.begin(&old.def);
        self.features(Role::Output, "", &old.def.features, &new.def.features);
        self.data(Role::Output, "data", old.arguments, new.arguments);
    }

    /// Compares two types and all that they are made of; none is the object without members.
    fn data(&mut self, role: Role, place: &str, old: Option<TypeId>, new: Option<TypeId>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (old, new) => (old.or(self.old.empty_object()), new.or(self.new.empty_object())),
        };
        if let (Some(old), Some(new)) = (old, new) {
            self.types(Pair { role, old, new }, place.to_owned());
        }
        while let Some((number, pair, place)) = self.queue.pop_front() {
            self.pair = Some(number);
            self.parts(pair, &place);
        }
        self.pair = None;
    }

    /// Has the parts of two types compared, unless they have been.
    fn later(&mut self, pair: Pair, place: String) {
        if let Some(number) = self.users.add(self.pair, pair) {
            self.queue.push_back((number, pair, place));
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

    fn removed_entity(&mut self, def: &Definition, kind: ChangeKind) {
        self.entity.clone_from(&def.name);
        self.push_removed(Role::Arguments, "", kind, &def.features);
    }

    fn push(&mut self, role: Role, place: &str, kind: ChangeKind) {
        self.push_removed(role, place, kind, &[]);
    }

    /// The change for what is removed and had these features.
    fn push_removed(&mut self, role: Role, place: &str, kind: ChangeKind, features: &[Feature]) {
        let change = Change::new(self.entity.clone(), place.to_owned(), role, kind).after(features);
        self.changes.push((change, self.pair));
    }

    /// All that was found, now that it is known who uses which types.
    fn changes(self) -> Vec<Change> {
        let reached = self.users.reached();
        let complete = |(mut change, pair): (Change, Option<usize>)| {
            if let Some(pair) = pair {
                (change.also, change.also_more) = self.users.others(&reached[pair]);
            }
            change
        };
        self.changes.into_iter().map(complete).collect()
    }
}

//! Compares two schemas: what changed, and what breaks clients and servers.
//!
//! [`compare`] lists the changes; each has its [`Impact`] on a client and on a server that were built for the old schema.
//!
//! ```
//! use qmp_schema::compat::{Impact, compare};
//! use qmp_schema::{LoadOptions, load_text};
//!
//! let load = |text| load_text("vm.json", text, &LoadOptions::default()).map(|loaded| loaded.schema);
//! let old = load("{ 'command': 'stop' }")?;
//! let new = load("{ 'command': 'stop', 'data': { 'delay': 'int' } }")?;
//! let changes = compare(&old, &new);
//! assert_eq!(changes[0].to_string(), "stop arguments: required member `delay` added");
//! assert_eq!(changes[0].client, Impact::Breaking);
//! # Ok::<(), qmp_schema::Report>(())
//! ```

mod change;
mod change_kind;
mod disabled;
mod evidence;
mod impact;
mod integers;
mod matching;
mod members;
mod objects;
mod one_sided;
mod types;
mod usage;

use std::collections::VecDeque;

use crate::model::{Command, Condition, Conditions, Definition, Doc, Event, Schema, TypeId};

pub use change::Change;
pub use change_kind::ChangeKind;
use disabled::Disabled;
use evidence::Evidence;
pub use impact::Impact;
use impact::Role;
use matching::match_by_name;
use one_sided::{OneSided, Side};
use types::TypePair;
pub(crate) use types::json_kind;
use usage::Usage;

/// Lists everything that changed between two schemas, command by command, then event by event.
///
/// Types are compared by the values that they describe, not by name, because servers hide the names. A change in a type is
/// listed once for arguments and once for data that servers send: the two have different impacts. It stands at the first place
/// that the type is reached from and names the [other commands and events](Change::also) that reach it. Only a branch that a
/// member of its union moved into, or out of, is compared at the union.
///
/// Conditions are not evaluated: an item with an `if` counts as present. There is one exception. If one schema is introspection
/// and lacks the item, the server may have been built without it. The conditions of the server are deduced from all items: a
/// name is not defined if everything that needs only this name is absent. Items that the server's conditions exclude are not
/// listed; [`ChangeKind::ConditionDisabled`] is, once for each condition. If nothing shows whether a condition holds, the impact
/// of the change is at most [`Impact::Note`] and [`Change::condition`] is the `if`. [`compare_configured`] decides all
/// conditions instead.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Vec<Change> {
    Comparison::new(old, new, false).run()
}

/// Lists everything that changed between two schemas, of which only the items that the conditions admit are compared.
///
/// With [`Conditions::Everything`] this is [`compare`]. With a set of defined names every `if` is decided: what a server with
/// this configuration lacks was removed.
///
/// ```
/// use qmp_schema::compat::{compare, compare_configured};
/// use qmp_schema::model::Conditions;
/// use qmp_schema::{LoadOptions, TypeNames, import, introspect, load_text};
///
/// let text = "{ 'command': 'query-tpm', 'if': 'CONFIG_TPM' }";
/// let schema = load_text("vm.json", text, &LoadOptions::default())?.schema;
/// // A server that was built without CONFIG_TPM.
/// let without_tpm = Conditions::defined::<&str>([]);
/// let server = import("server", &introspect(&schema, &without_tpm, TypeNames::Masked))?.schema;
///
/// let changes = compare(&schema, &server);
/// assert_eq!(changes[0].to_string(), "conditions CONFIG_TPM: disabled on the server: 1 item (in query-tpm)");
/// assert_eq!(compare_configured(&schema, &server, &without_tpm), []);
/// # Ok::<(), qmp_schema::Report>(())
/// ```
#[must_use]
pub fn compare_configured(old: &Schema, new: &Schema, conditions: &Conditions) -> Vec<Change> {
    if *conditions == Conditions::Everything {
        return compare(old, new);
    }
    let configured = |schema: &Schema| {
        let mut schema = schema.clone();
        schema.configure(conditions);
        schema
    };
    Comparison::new(&configured(old), &configured(new), true).run()
}

struct Comparison<'a> {
    old: &'a Schema,
    new: &'a Schema,
    /// Whether an item that has an `if` and is still in its schema is certain to be in the server.
    conditions_decided: bool,
    /// Whether each schema is introspection, the old one first.
    is_introspected: (bool, bool),
    changes: Vec<Found<'a>>,
    evidence: Evidence<'a>,
    usage: Usage,
    /// The types that are yet to be compared, and their places. A queue, because types may be nested without a bound.
    queue: VecDeque<(usize, TypePair, String)>,
    /// The command or event that is being compared.
    entity: String,
    /// Its documentation in both schemas.
    docs: (Option<&'a Doc>, Option<&'a Doc>),
    /// The number of the pair of types that is being compared.
    pair: Option<usize>,
}

/// A change that was found.
struct Found<'a> {
    change: Change,
    /// The number of the pair of types that it was found in, if it was found in one.
    pair: Option<usize>,
    /// The condition that may explain it: that of an item which a server lacks, and the side of the schema with the item.
    condition: Option<(Side, &'a Condition)>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Schema, new: &'a Schema, conditions_decided: bool) -> Self {
        Self {
            old,
            new,
            conditions_decided,
            is_introspected: (old.is_introspected(), new.is_introspected()),
            changes: Vec::new(),
            evidence: Evidence::default(),
            usage: Usage::default(),
            queue: VecDeque::new(),
            entity: String::new(),
            docs: (None, None),
            pair: None,
        }
    }

    fn run(mut self) -> Vec<Change> {
        let (old, new) = (self.old, self.new);
        for pair in match_by_name(&old.commands, &new.commands, |command| &command.def) {
            match pair {
                (Some(old), Some(new)) => self.command(old, new),
                (Some(old), None) => self.one_sided_entity(Side::Old, &old.def, ChangeKind::CommandRemoved),
                (None, Some(new)) => self.one_sided_entity(Side::New, &new.def, ChangeKind::CommandAdded),
                (None, None) => {}
            }
        }
        for pair in match_by_name(&old.events, &new.events, |event| &event.def) {
            match pair {
                (Some(old), Some(new)) => self.event(old, new),
                (Some(old), None) => self.one_sided_entity(Side::Old, &old.def, ChangeKind::EventRemoved),
                (None, Some(new)) => self.one_sided_entity(Side::New, &new.def, ChangeKind::EventAdded),
                (None, None) => {}
            }
        }
        self.into_changes()
    }

    fn command(&mut self, old: &'a Command, new: &'a Command) {
        self.begin(&old.def, &new.def);
        self.definition_features(Role::Arguments, &old.def, &new.def);
        self.flags(old, new);
        self.data(Role::Arguments, "arguments", old.arguments, new.arguments);
        self.data(Role::Output, "return", old.returns, new.returns);
    }

    fn event(&mut self, old: &'a Event, new: &'a Event) {
        self.begin(&old.def, &new.def);
        self.definition_features(Role::Output, &old.def, &new.def);
        self.data(Role::Output, "data", old.arguments, new.arguments);
    }

    fn begin(&mut self, old: &'a Definition, new: &'a Definition) {
        self.entity.clone_from(&old.name);
        self.docs = (old.doc.as_ref(), new.doc.as_ref());
        self.usage.begin(&old.name);
        self.evidence.present(&old.condition);
        self.evidence.present(&new.condition);
    }

    fn flags(&mut self, old: &Command, new: &Command) {
        let flags = [
            (old.allow_oob, new.allow_oob, ChangeKind::OutOfBandRemoved, ChangeKind::OutOfBandAdded),
            (old.allow_preconfig, new.allow_preconfig, ChangeKind::PreconfigRemoved, ChangeKind::PreconfigAdded),
            (old.success_response, new.success_response, ChangeKind::ResponseRemoved, ChangeKind::ResponseAdded),
            (!old.generate, !new.generate, ChangeKind::FreeArgumentsRemoved, ChangeKind::FreeArgumentsAdded),
        ];
        // Introspection shows only the first flag.
        let shown = if self.is_introspected == (false, false) { flags.len() } else { 1 };
        for (was, is, removed, added) in flags.into_iter().take(shown) {
            if was != is {
                self.push(Role::Arguments, "", if was { removed } else { added });
            }
        }
    }

    /// Compares two types and everything that they refer to. No type stands for the object without members.
    fn data(&mut self, role: Role, place: &str, old: Option<TypeId>, new: Option<TypeId>) {
        let (old, new) = match (old, new) {
            (None, None) => return,
            (old, new) => (old.or(self.old.empty_object()), new.or(self.new.empty_object())),
        };
        if let (Some(old), Some(new)) = (old, new) {
            self.types(TypePair { role, old, new }, place.to_owned());
        }
        while let Some((number, pair, place)) = self.queue.pop_front() {
            self.pair = Some(number);
            self.contents(pair, &place);
        }
        self.pair = None;
    }

    /// Queues the comparison of two types, unless they have been compared.
    fn later(&mut self, pair: TypePair, place: String) {
        if let Some(number) = self.usage.add(self.pair, pair) {
            self.queue.push_back((number, pair, place));
        }
    }

    fn definition_features(&mut self, role: Role, old: &'a Definition, new: &'a Definition) {
        self.features(role, "", OneSided::definition(Side::Old, old), OneSided::definition(Side::New, new));
    }

    fn features(&mut self, role: Role, place: &str, old: OneSided<'a>, new: OneSided<'a>) {
        self.features_of(role, place, (old, ChangeKind::FeatureRemoved), (new, ChangeKind::FeatureAdded));
    }

    fn type_features(&mut self, TypePair { role, old, new }: TypePair, place: &str) {
        let old = OneSided::definition(Side::Old, &self.old.ty(old).def);
        let new = OneSided::definition(Side::New, &self.new.ty(new).def);
        self.features_of(role, place, (old, ChangeKind::TypeFeatureRemoved), (new, ChangeKind::TypeFeatureAdded));
    }

    fn features_of(
        &mut self,
        role: Role,
        place: &str,
        (old, removed): (OneSided<'a>, fn(String) -> ChangeKind),
        (new, added): (OneSided<'a>, fn(String) -> ChangeKind),
    ) {
        for pair in match_by_name(old.features, new.features, |feature| feature) {
            match pair {
                (Some(feature), None) => {
                    self.push_one_sided(role, place, removed(feature.name.clone()), old.feature(feature));
                }
                (None, Some(feature)) => {
                    self.push_one_sided(role, place, added(feature.name.clone()), new.feature(feature));
                }
                (Some(old), Some(new)) => {
                    self.evidence.present(&old.condition);
                    self.evidence.present(&new.condition);
                }
                (None, None) => {}
            }
        }
    }

    fn one_sided_entity(&mut self, side: Side, def: &'a Definition, kind: ChangeKind) {
        self.entity.clone_from(&def.name);
        self.push_one_sided(Role::Arguments, "", kind, OneSided::definition(side, def));
    }

    fn push(&mut self, role: Role, place: &str, kind: ChangeKind) {
        let change = Change::new(self.entity.clone(), place.to_owned(), role, kind);
        self.changes.push(Found { change, pair: self.pair, condition: None });
    }

    /// Adds the change of an item that only one schema has.
    fn push_one_sided(&mut self, role: Role, place: &str, kind: ChangeKind, item: OneSided<'a>) {
        let mut change = Change::new(self.entity.clone(), place.to_owned(), role, kind);
        item.explain(&mut change);
        let lacking_is_introspected = match item.side {
            Side::Old => self.is_introspected.1,
            Side::New => self.is_introspected.0,
        };
        let is_explained = lacking_is_introspected && !self.conditions_decided && *item.condition != Condition::Always;
        let condition = is_explained.then_some((item.side, item.condition));
        if let Some((Side::Old, condition)) = condition {
            self.evidence.absent(condition);
        }
        self.changes.push(Found { change, pair: self.pair, condition });
    }

    /// Returns all changes, each with all commands and events that it affects, and the conditions that the server disables.
    fn into_changes(self) -> Vec<Change> {
        let (users, deduced) = (self.usage.users(), self.evidence.deduce());
        let (mut changes, mut disabled) = (Vec::new(), Disabled::default());
        for Found { mut change, pair, condition } in self.changes {
            if let Some(pair) = pair {
                (change.also, change.also_more) = self.usage.others(&users[pair]);
            }
            let holds = |(side, condition)| match side {
                Side::Old => (condition, deduced.holds(condition)),
                // The item may be newer than the server, whatever conditions the server has.
                Side::New => (condition, None),
            };
            match condition.map(holds) {
                Some((condition, Some(false))) => disabled.add(condition, change),
                Some((condition, None)) => {
                    change.depends_on(condition.to_string());
                    changes.push(change);
                }
                Some((_, Some(true))) | None => changes.push(change),
            }
        }
        changes.extend(disabled.into_changes());
        changes
    }
}

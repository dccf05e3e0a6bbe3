//! The properties of commands, and the names of events, that are known at run time only.
//!
//! Servers hold both for the life of the process, as generated code has them in statics. So each is allocated once and never
//! freed, however many mocks there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use crate::CommandSpec;
use crate::sync::lock;
use crate::testing::introspection::CommandInfo;

/// The name of a command, and what introspection data says of it: `allow-oob`, deprecated, unstable.
type Key = (String, bool, bool, bool);

/// The properties of all commands of all mocks so far.
static INTERNED: Mutex<BTreeMap<Key, &'static CommandSpec>> = Mutex::new(BTreeMap::new());

/// The names of all commands and events of all mocks so far.
static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// Returns the properties of a command.
pub(super) fn interned(name: &str, info: &CommandInfo) -> &'static CommandSpec {
    let key = (name.to_owned(), info.allow_oob, info.deprecated, info.unstable);
    lock(&INTERNED).entry(key).or_insert_with(|| {
        let spec = CommandSpec::new(interned_name(name), "");
        let CommandInfo { allow_oob, deprecated, unstable, .. } = *info;
        Box::leak(Box::new(CommandSpec { allow_oob, deprecated, unstable, ..spec }))
    })
}

/// Returns the name of a command or an event.
pub(super) fn interned_name(name: &str) -> &'static str {
    let mut names = lock(&NAMES);
    if let Some(known) = names.get(name) {
        return known;
    }
    let leaked: &'static str = String::leak(name.to_owned());
    names.insert(leaked);
    leaked
}

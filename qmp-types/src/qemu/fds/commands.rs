//! QEMU's commands on descriptors: names, arguments and replies.

use serde_json::{Value, json};

use crate::{Error, Result};

pub(super) const GETFD: &str = "getfd";
pub(super) const CLOSEFD: &str = "closefd";
pub(super) const ADD_FD: &str = "add-fd";
pub(super) const REMOVE_FD: &str = "remove-fd";

/// The arguments of `getfd` and `closefd`.
pub(super) fn named(name: &str) -> Value {
    json!({ "fdname": name })
}

/// The arguments of `remove-fd` for all descriptors of a set, and those of `add-fd` to an existing set.
pub(super) fn in_set(id: u64) -> Value {
    json!({ "fdset-id": id })
}

/// Returns the number of the set in the reply to `add-fd`.
pub(super) fn set_of(reply: &Value) -> Result<u64> {
    let id = reply["fdset-id"].as_u64();
    id.ok_or_else(|| Error::protocol(format!("reply to {ADD_FD}: expected an integer `fdset-id`, found {reply}")))
}

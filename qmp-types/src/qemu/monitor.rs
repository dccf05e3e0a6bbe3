//! A monitor of a program's own, beside the one that it shares with others.
//!
//! QEMU gets one end of a pair of sockets by `getfd`. A character device takes it, and a monitor object takes the character
//! device. QEMU deletes both when the other end is closed, even if the program is killed.

pub(super) mod blocking;
#[cfg(feature = "tokio")]
pub(super) mod tokio;

use std::hash::{BuildHasher, Hasher, RandomState};

use serde_json::{Value, json};

use crate::{Error, Greeting, Result};

/// The command that lists the types of objects, by which QEMU is asked for monitor objects.
const LIST_TYPES: &str = "qom-list-types";
const GETFD: &str = "getfd";
const CLOSEFD: &str = "closefd";
const CHARDEV_ADD: &str = "chardev-add";
const CHARDEV_REMOVE: &str = "chardev-remove";
const OBJECT_ADD: &str = "object-add";

/// The type of monitor objects.
const TYPE: &str = "monitor-qmp";

/// The arguments of the commands that open a monitor.
struct NewMonitor {
    /// The name of the descriptor, the character device and the object.
    id: String,
}

impl NewMonitor {
    /// Chooses a name that no other monitor has.
    fn new() -> Self {
        let random = RandomState::new().build_hasher().finish();
        Self { id: format!("qmp-monitor-{random:016x}") }
    }

    /// The arguments of `getfd` and `closefd`.
    fn fd(&self) -> Value {
        json!({ "fdname": self.id })
    }

    /// The arguments of `chardev-add`.
    fn chardev(&self) -> Value {
        let address = json!({ "type": "fd", "data": { "str": self.id } });
        json!({ "id": self.id, "backend": { "type": "socket", "data": { "addr": address, "server": false } } })
    }

    /// The arguments of `chardev-remove`.
    fn removed_chardev(&self) -> Value {
        json!({ "id": self.id })
    }

    /// The arguments of `object-add`.
    fn object(&self) -> Value {
        json!({ "qom-type": TYPE, "id": self.id, "chardev": self.id, "close-action": "delete" })
    }
}

/// The arguments of `qom-list-types`.
fn monitor_types() -> Value {
    json!({ "implements": TYPE })
}

/// Checks that the reply to `qom-list-types` has monitor objects.
fn check_supported(types: &Value, greeting: Option<&Greeting>) -> Result<()> {
    if types.as_array().is_some_and(|types| !types.is_empty()) {
        return Ok(());
    }
    let (major, minor, micro) = greeting.map(|greeting| greeting.version.qemu).unwrap_or_default();
    Err(Error::generic(format!(
        "expected a server that opens monitors at run time, QEMU 11.1 or newer, found {major}.{minor}.{micro}; help: start \
         QEMU with another monitor (`-qmp`), or share one by `qmp proxy`"
    )))
}

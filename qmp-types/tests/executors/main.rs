//! Code written once runs on everything that executes commands: clients of real and of our own servers, adapters around
//! them, a server in the same process, and a mock.
#![cfg(feature = "macros")]

mod adapters;
mod in_process;
mod machine;
mod mock;
mod sequences;

use qmp_types::schema;

/// The bindings.
#[allow(dead_code, reason = "each test uses a part")]
mod qmp {
    super::schema!("tests/executors/schema.json");
}

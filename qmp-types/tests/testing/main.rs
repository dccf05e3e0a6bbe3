//! The test doubles for programs that use QMP.

#![cfg(all(feature = "macros", feature = "testing"))]

mod in_process;
mod mock;
mod recording;
mod scripted_peer;

/// Bindings of a schema with all kinds of types.
mod qmp {
    qmp_types::schema!("tests/testing/schema.json");
}

/// Bindings of a guest agent.
mod qga {
    qmp_types::schema!("schema/agent.json");
}

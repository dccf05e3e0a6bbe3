//! A small virtual machine that lives in memory, driven by QMP: what the example programs serve and talk to.
//!
//! Its schema is `schema/vm.json`. [`qmp`] is what `schema!` makes of that; [`Machine`] has a handler for every command.

pub mod machine;
pub mod tap;

/// The schema in Rust: its types, commands and events, the server and the clients.
pub mod qmp {
    qmp_types::schema!("schema/vm.json");
}

pub use machine::{Config, Machine};

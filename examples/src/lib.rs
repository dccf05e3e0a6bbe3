//! A small virtual machine that lives in memory, driven by QMP: what the example programs serve and talk to.
//!
//! Its schema is `schema/vm.json`. [`qmp`] is what `schema!` makes of that; [`Machine`] has a handler for every command.

use std::path::PathBuf;

pub mod machine;
#[cfg(doctest)]
mod readme;
pub mod tap;

/// The schema in Rust: its types, commands and events, the server and the clients.
pub mod qmp {
    qmp_types::schema!("schema/vm.json");
}

pub use machine::{Config, Machine};

/// The socket that an example serves or connects to: the program's argument, or where all of them meet without one.
#[must_use]
pub fn socket() -> PathBuf {
    std::env::args_os().nth(1).map_or_else(|| std::env::temp_dir().join("qmp-example.sock"), PathBuf::from)
}

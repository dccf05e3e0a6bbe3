//! A small virtual machine that exists in memory only and is driven by QMP. The example programs serve it and talk to it.
//!
//! Its schema is `schema/vm.json`. [`qmp`] is the Rust that `schema!` generates; [`Machine`] has a handler for every command.

use std::path::PathBuf;

pub mod machine;
#[cfg(doctest)]
mod readme;
pub mod signals;
pub mod tap;

/// The schema in Rust: its types, commands and events, the server and the clients.
pub mod qmp {
    qmp_types::schema!("schema/vm.json");
}

pub use machine::{Config, Machine};

/// Returns the socket that an example serves or connects to: the program's argument, or a default that all share.
#[must_use]
pub fn socket() -> PathBuf {
    std::env::args_os().nth(1).map_or_else(|| std::env::temp_dir().join("qmp-example.sock"), PathBuf::from)
}

//! The runtime of typed QMP: what generated code and the people who use it name.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::print_stdout, clippy::print_stderr)]

#[cfg(not(unix))]
compile_error!("qmp-types supports Unix only: QMP needs Unix sockets and file descriptors");

mod client;
mod command;
#[cfg(feature = "compat")]
pub mod compat;
mod error;
mod include_schema;
mod json;
#[doc(hidden)]
pub mod private;
mod record;
mod server;
mod sync;
mod timestamp;
pub mod transport;
mod version;

/// The blocking client.
pub mod blocking {
    pub use crate::client::blocking::{Client, EventStream, ExpectedEvent};
}

/// The asynchronous client and server, on tokio: same names, same meaning as the blocking ones (feature `tokio`).
#[cfg(feature = "tokio")]
pub mod tokio {
    pub use crate::client::tokio::{Call, Client, EventStream, ExpectedEvent};
    pub use crate::server::tokio::Server;
}

pub use client::{AnyEvent, ClientOptions, Greeting, OtherEvent, Timestamped};
pub use command::{Command, CommandSpec, Event};
pub use error::{Error, ErrorClass, Result};
#[cfg(feature = "macros")]
pub use qmp_macros::{handlers, qmp_command, schema};
pub use record::{Int, Null, UnknownBranch, UnknownValue};
pub use serde_json::{Map, Value};
pub use server::{Context, EventEmitter, Handle, Limits, Outcome, Server, ServerHandle};
pub use timestamp::Timestamp;
pub use version::Version;

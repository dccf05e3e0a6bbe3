//! The runtime of typed QMP: what generated code and the people who use it name.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(clippy::print_stdout, clippy::print_stderr)]

#[cfg(unix)]
pub mod blocking;
#[cfg(unix)]
mod client;
pub mod codec;
mod command;
#[cfg(feature = "compat")]
pub mod compat;
mod context;
mod error;
mod events;
mod handle;
mod include_schema;
#[doc(hidden)]
pub mod private;
pub mod record;
mod server;
mod session;
mod sync;
mod timestamp;
#[cfg(feature = "tokio")]
pub mod tokio;
#[cfg(unix)]
pub mod transport;

#[cfg(unix)]
pub use client::{AnyEvent, ClientOptions, Greeting, OtherEvent, Timed};
pub use codec::Limits;
pub use command::{Command, CommandSpec, Event};
pub use context::Context;
pub use error::{Error, ErrorClass, Result};
pub use events::Events;
pub use handle::{Handle, Outcome};
#[cfg(feature = "macros")]
pub use qmp_macros::{handlers, qmp_command, schema};
pub use record::{Int, Null, UnknownBranch, UnknownValue};
pub use serde_json::{Map, Value};
pub use server::{Server, ServerHandle};
pub use session::Version;
pub use timestamp::Timestamp;

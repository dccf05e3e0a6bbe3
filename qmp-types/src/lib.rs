//! The runtime of typed QMP: what generated code and the people who use it name.

pub mod codec;
mod command;
mod context;
mod error;
mod events;
mod handle;
#[doc(hidden)]
pub mod private;
pub mod record;
mod server;
mod session;
mod sync;
#[cfg(unix)]
pub mod transport;

pub use command::{Command, CommandSpec, Event};
pub use context::Context;
pub use error::{Error, ErrorClass, Result};
pub use events::Events;
pub use handle::{Handle, Outcome};
pub use record::{Null, UnknownBranch, UnknownValue};
pub use server::{Server, ServerHandle};
pub use session::Version;
pub use serde_json::{Map, Value};
#[cfg(feature = "macros")]
pub use qmp_macros::{handlers, qmp_command, schema};

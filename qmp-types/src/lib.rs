//! The runtime of typed QMP: what generated code and the people who use it name.

mod command;
mod error;
mod handle;
#[doc(hidden)]
pub mod private;
pub mod record;
#[cfg(unix)]
pub mod transport;

pub use command::{Command, CommandSpec, Event};
pub use error::{Error, ErrorClass, Result};
pub use handle::{Handle, Outcome};
pub use record::{Null, UnknownBranch, UnknownValue};
pub use serde_json::{Map, Value};
#[cfg(feature = "macros")]
pub use qmp_macros::{handlers, qmp_command, schema};

//! Clients: they send commands to a server, and receive its replies and events.
//!
//! - `core` is the dialogue on one connection, without IO.
//! - `blocking` and `tokio` are twins around it. A waiting caller drives the socket on behalf of all waiters, so there
//!   is no task or thread behind a client, and a call on an idle connection costs one `send` and one `recv`.
//! - `options`, `greeting`, `event`, `event_predicate`, `shared_connection` and `connect_retry` are what both twins use.

mod adapters;
pub(crate) mod blocking;
#[cfg(feature = "tokio")]
mod call;
mod codec;
mod connect_retry;
mod core;
mod deadline;
#[cfg(feature = "__harness")]
pub(crate) mod dialogue;
mod event;
mod event_predicate;
mod execute;
mod greeting;
mod introspection;
mod invocation;
mod local_session;
mod mode;
mod options;
mod process;
pub(crate) mod reconnecting;
pub(crate) mod sans_io;
mod shared_connection;
mod spawn;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;

pub use self::adapters::{Adapt, ExecuteOob, Logged, Oob, Retry, RetryMode, RetryPolicy, Timeout};
#[cfg(feature = "tokio")]
pub use self::call::Call;
pub use self::codec::{Decoder, EventMessage, Message, ReplyMessage, encode};
#[cfg(feature = "proxy")]
pub(crate) use self::connect_retry::ConnectRetry;
#[cfg(feature = "proxy")]
pub(crate) use self::core::{Id, MessageDecoder, RawError, RawGreeting, RawMessage, random};
pub use self::event::{AnyEvent, OtherEvent, Timestamped};
pub use self::execute::Execute;
pub use self::greeting::Greeting;
pub use self::introspection::Introspection;
pub use self::invocation::Invocation;
#[cfg(feature = "tokio")]
pub use self::mode::Async;
pub use self::mode::{Blocking, Mode, Reply};
pub use self::options::ClientOptions;
pub use self::process::Process;
pub use self::reconnecting::ReconnectPolicy;
pub use self::shared_connection::EventStreamHandle;
pub use self::spawn::Spawn;
pub use crate::command::{Definition, MetaType};
pub use crate::record::MissingMembers;
pub use crate::wire_log::{Direction, WireLog};

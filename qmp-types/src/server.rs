//! Servers: they execute the commands of the clients that connect. Generated code creates them: `qmp::server(state)`.
//!
//! The items that every server needs are at the root of the crate, too: [`Server`], [`Context`], [`EventEmitter`].
//! [`Session`] is one connection without IO, for event loops of one's own; [`Server`] and
//! [`tokio::Server`] drive sessions over sockets.

// - `session` is the dialogue on one connection, without IO, and `shared_session` the part of it that handlers and emitters
//   of events share with its driver.
// - `handler`, `context` and `event_emitter` are what user code deals with; `service` erases the type of its state.
// - `connections` holds all sessions of a server.
// - `events` decides when an event is sent, and what happens with those that wait; `output_buffer` puts them between replies.
// - `access` decides who may do what; `observe` counts, traces and logs.
// - `blocking` and `tokio` move bytes between sockets and sessions.

mod access;
mod block_on;
mod blocking;
mod byte_queue;
mod cancellation;
mod client_limit;
mod command_lists;
mod connection;
mod connections;
mod context;
mod erased;
mod event_emitter;
mod events;
mod fds;
mod guest_agent;
mod handler;
mod limits;
mod local;
mod observe;
mod output_buffer;
mod output_style;
mod policy;
mod ready_handlers;
mod receive;
mod reconnection;
#[cfg(feature = "proxy")]
mod relay;
pub(crate) mod sans_io;
mod server_handle;
mod service;
mod session;
mod session_values;
mod shared_session;
mod shutdown;
mod timeouts;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;
mod unknown_command;
mod waker_link;
mod watchdog;

pub use self::access::{AccessControl, AccessRequest, ReadOnly};
pub use self::blocking::Server;
pub use self::client_limit::WhenFull;
pub use self::command_lists::DisabledCommands;
pub use self::connection::Connection;
pub use self::context::{CommandStatus, Context};
pub use self::event_emitter::EventEmitter;
pub use self::events::{EventOverflow, EventQueueLimits, EventRates};
pub use self::fds::{Access, AddedFd, FdSet, FdSetMember, FdStore, OpenFile};
#[cfg(feature = "testing")]
pub(crate) use self::handler::StartedCommand;
#[doc(hidden)]
pub use self::handler::{Entry, LocalEntry};
pub use self::handler::{Handle, HandleMut, HandlerKind, InBand, Outcome};
pub use self::limits::Limits;
pub use self::local::{Local, LocalExecutor};
pub use self::observe::{CommandOutcome, CompletedCommand, Counters};
pub use self::policy::{InputPolicy, InvalidPolicy, OutputPolicy, Policy};
pub use self::server_handle::ServerHandle;
pub(crate) use self::service::Service;
pub use self::service::{Executor, SharedExecutor};
#[doc(hidden)]
pub use self::session::ServerSchema;
pub use self::session::{PendingRequest, Request, Session, Task};
pub use self::timeouts::Timeouts;
pub use self::unknown_command::UnknownCommand;
pub use crate::wire_log::{Direction, WireLog};

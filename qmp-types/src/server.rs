//! Servers: they execute the commands of the clients that connect. Generated code creates them: `qmp::server(state)`.
//!
//! The items that every server needs are at the root of the crate, too: [`Server`], [`Context`], [`EventEmitter`].

// - `session` is the dialogue on one connection, without IO.
// - `handler`, `context` and `event_emitter` are what user code deals with; `service` erases the type of its state.
// - `shared_connection` and `connections` hold the sockets: of one client, and of all clients of a server.
// - `driver` moves bytes between a socket and a session. It is written once, over a small `Io` trait that the
//   `blocking` and the `tokio` server implement.

mod block_on;
mod blocking;
mod connections;
mod context;
#[cfg(feature = "__harness")]
pub(crate) mod dialogue;
mod driver;
mod erased;
mod event_emitter;
mod fds;
mod handler;
mod limits;
mod output_buffer;
pub(crate) mod sans_io;
mod server_handle;
mod service;
mod session;
mod session_values;
mod shared_connection;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;

pub use self::blocking::Server;
pub use self::context::Context;
pub use self::event_emitter::EventEmitter;
pub use self::fds::{Access, AddedFd, FdSet, FdSetMember, FdStore, OpenFile};
#[doc(hidden)]
pub use self::handler::Entry;
pub use self::handler::{Handle, HandleMut, InBand, Outcome};
pub use self::limits::Limits;
pub use self::server_handle::ServerHandle;
#[doc(hidden)]
pub use self::session::ServerSchema;

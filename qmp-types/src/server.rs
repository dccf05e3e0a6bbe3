//! Servers: what executes the commands of the clients that connect.
//!
//! [`session`] is the dialogue with one client, without IO. [`driver`] moves bytes between a session and a socket; it is
//! written once, over a small `Io` trait, which the blocking and the tokio server implement.

mod blocking;
mod connections;
mod context;
mod driver;
mod erased;
mod event_emitter;
mod handler;
mod output_buffer;
mod server_handle;
mod service;
mod session;
mod shared_connection;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;

pub use self::blocking::Server;
pub use self::context::Context;
pub use self::event_emitter::EventEmitter;
pub use self::handler::{Entry, Handle, Outcome};
pub use self::server_handle::ServerHandle;
pub use self::session::ServerSchema;

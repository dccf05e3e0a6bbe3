//! Clients: what sends commands to a server, and receives its replies and events.
//!
//! [`core`] is the dialogue with a server, without IO. Around it are the twins, [`blocking`] and [`tokio`]: a caller that
//! waits drives the socket on behalf of all waiters, so there is no task or thread behind a client, and a call on an idle
//! connection is one `send` and one `recv`.

pub(crate) mod blocking;
mod connect_retry;
mod core;
mod event;
mod expectation;
mod greeting;
mod options;
#[cfg(feature = "tokio")]
pub(crate) mod tokio;

pub use self::event::{AnyEvent, OtherEvent, Timestamped};
pub use self::greeting::Greeting;
pub use self::options::ClientOptions;

//! The server, seen from the wire: bytes in, bytes out.
#![cfg(unix)]

mod client;
mod machine;
#[path = "../sample/types_only.rs"]
mod sample;
mod support;

mod arguments;
#[cfg(feature = "tokio")]
mod asynchronous;
mod dialect;
mod dialogue;
mod events;
mod fds;
mod garbage;
mod limits;
#[cfg(feature = "tokio")]
mod overlap;
mod random;
mod sessions;
mod sockets;

//! The server as its clients see it: bytes in, bytes out.

mod machine;
#[path = "../sample/types_only.rs"]
mod sample;
mod support;
mod test_client;

mod access;
mod arguments;
#[cfg(feature = "tokio")]
mod asynchronous;
mod dialect;
mod dialogue;
mod events;
mod file_descriptors;
mod limits;
#[cfg(feature = "tokio")]
mod locked;
mod malformed_input;
mod memory;
mod model;
mod observe;
mod oob;
mod own_loop;
mod pretty;
mod random_input;
mod sessions;
mod slow_handlers;
mod sockets;
mod stopping;
mod timeouts;

//! Sockets: bytes and file descriptors in and out. The only place that makes system calls on connections.

mod bind;
mod connect;
mod stream;

pub(crate) use bind::{Bound, Listener};
pub(crate) use stream::{Interest, Ready};
pub use stream::{Peer, Stream};

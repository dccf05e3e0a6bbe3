//! Sockets, which carry bytes and file descriptors. All system calls on connections are made here.
//!
//! Servers and clients take anything that converts [`Into`] a [`Stream`]: a connected `UnixStream` or `TcpStream`, or
//! an `OwnedFd` from elsewhere.

mod address;
mod bind;
mod connect;
mod stream;

pub use address::{Address, AddressError};
pub(crate) use bind::{BoundSocket, InterruptibleListener};
pub(crate) use stream::{Interest, Readiness};
pub use stream::{Peer, Stream};

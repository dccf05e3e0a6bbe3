//! Addresses, listeners and connections, which carry bytes and file descriptors. All system calls on connections are
//! made here.
//!
//! An [`Address`] is what users write: `/run/vm.sock`, `tcp:127.0.0.1:4444`, `stdio`. A [`Listener`] listens there, and
//! a [`Stream`] is a connection, whether it was accepted or made.
//!
//! Servers and clients take anything that converts [`Into`] a [`Stream`]: a connected `UnixStream` or `TcpStream`, or
//! an `OwnedFd` from elsewhere.

mod address;
mod backoff;
mod bind;
mod bytes;
mod connect;
#[cfg(feature = "tokio")]
mod connect_tokio;
mod inherited;
mod listener;
mod local_address;
mod peer;
mod pipes;
mod readiness;
mod socket;
mod stream;
#[cfg(feature = "tls")]
mod tls;
#[cfg(any(target_os = "linux", target_os = "android"))]
mod vsock;
#[cfg(feature = "tokio")]
mod watch;

pub use address::{Address, AddressError};
pub(crate) use backoff::Backoff;
pub use connect::ConnectOptions;
pub use listener::{ListenOptions, Listener};
pub use peer::Peer;
#[cfg(feature = "testing")]
pub(crate) use readiness::wait_for_input;
pub(crate) use readiness::{Interest, Readiness, poll_until};
pub use stream::Stream;
#[cfg(feature = "tls")]
pub use tls::TlsCredentials;
#[cfg(feature = "tokio")]
pub(crate) use watch::watch;

//! How many clients are served at the same time.

use super::session::error_reply;
use crate::Error;
use crate::record::Writer;
use crate::transport::Stream;

/// What a server does with further clients when it serves as many as it may:
/// [`Server::max_clients`](crate::Server::max_clients).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhenFull {
    /// They wait, connected and without a greeting, until a client disconnects. QEMU does so.
    Wait,
    /// They receive an error instead of the greeting, and are disconnected. Over TLS, they are only disconnected.
    Refuse,
}

/// The number of clients that listeners accept at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ClientLimit {
    pub(super) count: usize,
    pub(super) when_full: WhenFull,
}

impl ClientLimit {
    pub(super) const NONE: Self = Self { count: usize::MAX, when_full: WhenFull::Wait };

    /// Tells a client that it is not served.
    pub(super) fn refuse(self, stream: &Stream) {
        let clients = if self.count == 1 { "one client".into() } else { format!("{} clients", self.count) };
        let desc = format!("The server serves {clients} at a time, and more are connected already");
        let mut reply = Writer::new();
        error_reply(&mut reply, &Error::generic(desc));
        if let Err(error) = stream.try_send(reply.bytes_mut()) {
            tracing::debug!(%error, "cannot tell a client that it is not served");
        }
    }
}

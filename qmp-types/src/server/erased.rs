//! A server without the type of its state, so that connections are compiled once and not once per state.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustix::io::Errno;

use super::connections::Connections;
use super::service::Service;
use super::session::Protocol;

/// How long a server that is being stopped waits for running commands.
pub(super) const SHUTDOWN_GRACE: Duration = Duration::from_secs(1);

/// What all connections of a server share.
#[derive(Clone)]
pub(super) struct ErasedServer {
    pub(super) service: Arc<dyn Service>,
    pub(super) protocol: Arc<Protocol>,
    pub(super) connections: Arc<Connections>,
}

/// Returns how long to wait before the next `accept`, or the error if waiting cannot help.
pub(super) fn accept_retry_delay(error: io::Error) -> io::Result<Duration> {
    match Errno::from_io_error(&error) {
        Some(Errno::AGAIN | Errno::CONNABORTED | Errno::INTR) => Ok(Duration::ZERO),
        Some(Errno::MFILE | Errno::NFILE | Errno::NOMEM | Errno::NOBUFS) => {
            tracing::warn!(%error, "cannot accept a connection now, trying again");
            Ok(Duration::from_millis(100))
        }
        _ => Err(error),
    }
}

/// Turns the end of a connection into the result of `serve_stream`: a client that disconnects is not an error.
pub(super) fn connection_result(ended: io::Result<()>) -> crate::Result<()> {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, TimedOut};
    match ended {
        Err(error) if !matches!(error.kind(), BrokenPipe | ConnectionReset | TimedOut) => Err(error.into()),
        _ => Ok(()),
    }
}

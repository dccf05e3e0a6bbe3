//! A server without the type of its state, so that connections are compiled once and not once per state.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::io::Errno;

use super::client_limit::ClientLimit;
use super::connections::Connections;
use super::service::Service;
use super::session::{Protocol, Session};
use super::shared_session::Link;
use super::watchdog::Watchdog;
use crate::transport::Stream;

/// What all connections of a server share.
#[derive(Clone)]
pub(super) struct ErasedServer {
    pub(super) service: Arc<dyn Service>,
    pub(super) protocol: Arc<Protocol>,
    pub(super) connections: Arc<Connections>,
    pub(super) watchdog: Arc<Watchdog>,
    pub(super) client_limit: ClientLimit,
}

/// How often a thread that waits for a client to read looks whether the server has waited long enough.
pub(super) const DRAIN_CHECK: Duration = Duration::from_millis(50);

/// Replies of this many bytes are sent before the rest of the batch is executed.
pub(super) const BATCH: usize = 64 << 10;

/// After commands that took this long, the next command is executed only if the client is still connected.
const RECHECK_AFTER: Duration = Duration::from_millis(1);

impl ErasedServer {
    /// Begins a session.
    pub(super) fn session(&self, link: Arc<dyn Link>) -> Session {
        Session::new(&self.protocol, &self.connections, link)
    }
}

/// Finds out whether the client has disconnected during a command, so that its further commands are not executed.
pub(super) struct ConnectionCheck {
    /// When the client was last known to be connected.
    checked: Instant,
    /// When the next check is due. A comparison takes fewer instructions than a difference.
    due: Instant,
}

impl ConnectionCheck {
    pub(super) fn new() -> Self {
        let checked = Instant::now();
        Self { checked, due: checked + RECHECK_AFTER }
    }

    /// Fails if commands took long and the client has disconnected. Returns how long they took, or zero if they were quick.
    #[inline]
    pub(super) fn check(&mut self, stream: &Stream) -> io::Result<Duration> {
        let now = Instant::now();
        if now < self.due { Ok(Duration::ZERO) } else { self.check_now(stream, now) }
    }

    #[cold]
    fn check_now(&mut self, stream: &Stream, now: Instant) -> io::Result<Duration> {
        let elapsed = now - self.checked;
        (self.checked, self.due) = (now, now + RECHECK_AFTER);
        if stream.is_hung_up() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(elapsed) }
    }
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
    match ended {
        Err(error) if !disconnected(&error) => Err(error.into()),
        _ => Ok(()),
    }
}

/// Logs how a connection has ended that no caller waits for.
pub(super) fn log_end(ended: io::Result<()>) {
    match connection_result(ended) {
        Err(error) => tracing::warn!(%error, "a connection has failed"),
        Ok(()) => tracing::debug!("a connection has ended"),
    }
}

/// Returns whether the error only says that the client has disconnected, or was disconnected.
pub(super) fn disconnected(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, TimedOut};
    matches!(error.kind(), BrokenPipe | ConnectionReset | TimedOut)
}

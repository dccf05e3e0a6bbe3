//! A connection of the tokio server: a socket that tokio watches.

use std::convert::Infallible;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::Instant;

use tokio::net::UnixStream;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Notify;

use crate::Error;
use crate::server::connections::RegisteredConnection;
use crate::server::driver::Io;
use crate::server::erased::ErasedServer;
use crate::server::shared_connection::SharedConnection;
use crate::transport::{Interest, Readiness, Stream};

const READABLE: tokio::io::Interest = tokio::io::Interest::READABLE;
const WRITABLE: tokio::io::Interest = tokio::io::Interest::WRITABLE;

/// A connection and tokio's registration of its socket.
pub(super) struct TokioIo {
    /// A duplicate of the socket, for tokio to watch whatever its family. All bytes go through the connection's stream.
    watched: UnixStream,
    registered: Arc<RegisteredConnection>,
    flush_requested: Arc<Notify>,
}

impl TokioIo {
    pub(super) fn new(server: &ErasedServer, stream: Stream) -> io::Result<Self> {
        let watched = std::os::unix::net::UnixStream::from(stream.as_fd().try_clone_to_owned()?);
        watched.set_nonblocking(true)?;
        let watched = UnixStream::from_std(watched)?;
        let flush_requested = Arc::new(Notify::new());
        let notify = Arc::clone(&flush_requested);
        let connection = SharedConnection::new(stream, server.protocol.limits.output, move |_| notify.notify_one());
        Ok(Self { watched, registered: server.connections.register(connection), flush_requested })
    }

    /// Sends waiting bytes whenever the connection starts its flusher. Never returns.
    pub(super) async fn run_flusher(&self) -> Infallible {
        loop {
            self.flush_requested.notified().await;
            let send = || match self.connection().flush_from_flusher()? {
                0 => Ok(()),
                _ => Err(io::ErrorKind::WouldBlock.into()),
            };
            if self.watched.async_io(WRITABLE, send).await.is_err() {
                // The driver finds the connection closed after the running command has finished.
                self.connection().close();
            }
        }
    }

    async fn ready(&self, interest: Interest) -> io::Result<Readiness> {
        let wanted = match interest {
            Interest::Read | Interest::HangUp => READABLE,
            Interest::Write => WRITABLE,
            Interest::Both => READABLE | WRITABLE,
        };
        // The readiness that tokio has cached may be out of date, so the system is asked.
        let poll = || match self.connection().stream().wait(interest, Some(Instant::now()))? {
            nothing if nothing == Readiness::default() => Err(io::ErrorKind::WouldBlock.into()),
            ready => Ok(ready),
        };
        self.watched.async_io(wanted, poll).await
    }
}

impl Io for TokioIo {
    fn registered(&self) -> &Arc<RegisteredConnection> {
        &self.registered
    }

    async fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        self.watched.async_io(READABLE, || self.connection().stream().try_recv(buffer, fds)).await
    }

    async fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        match deadline {
            None => self.ready(interest).await,
            Some(deadline) => match tokio::time::timeout_at(deadline.into(), self.ready(interest)).await {
                Ok(ready) => ready,
                Err(_) => Ok(Readiness::default()),
            },
        }
    }

    fn run_blocking(&self, run: Box<dyn FnOnce() -> Result<Vec<u8>, Error> + Send + '_>) -> Result<Vec<u8>, Error> {
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::CurrentThread => run(),
            _ => tokio::task::block_in_place(run),
        }
    }
}

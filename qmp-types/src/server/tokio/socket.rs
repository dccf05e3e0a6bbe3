//! A socket that tokio watches.

use std::convert::Infallible;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::time::Instant;

use tokio::net::UnixStream;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Notify;

use crate::Error;
use crate::server::connections::ConnectionGuard;
use crate::server::driver::Io;
use crate::server::erased::ErasedServer;
use crate::server::shared_connection::SharedConnection;
use crate::transport::{Interest, Ready, Stream};

const READABLE: tokio::io::Interest = tokio::io::Interest::READABLE;
const WRITABLE: tokio::io::Interest = tokio::io::Interest::WRITABLE;

/// A connection's socket, and its place in the server.
pub(super) struct Socket {
    /// The same socket once more, for tokio to watch: all bytes go through the link.
    watched: UnixStream,
    guard: ConnectionGuard,
    /// More is to be sent than the client takes, and nobody attends to it.
    stuck: Arc<Notify>,
}

impl Socket {
    pub(super) fn new(server: &ErasedServer, stream: Stream) -> io::Result<Self> {
        let watched = std::os::unix::net::UnixStream::from(stream.as_fd().try_clone_to_owned()?);
        watched.set_nonblocking(true)?;
        let watched = UnixStream::from_std(watched)?;
        let stuck = Arc::new(Notify::new());
        let notify = Arc::clone(&stuck);
        let connections = Arc::clone(&server.connections);
        let link =
            SharedConnection::new(stream, connections, server.protocol.limits.output, move |_| notify.notify_one());
        Ok(Self { watched, guard: server.connections.join(link), stuck })
    }

    /// Sends the rest, whenever there is one, when the client reads on.
    pub(super) async fn flush_on_request(&self) -> Infallible {
        loop {
            self.stuck.notified().await;
            let send =
                || if self.link().flush_remaining()? > 0 { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) };
            if self.watched.async_io(WRITABLE, send).await.is_err() {
                // The dialogue will find out; a command that runs may end first.
                self.link().close();
            }
        }
    }

    async fn ready(&self, interest: Interest) -> io::Result<Ready> {
        let wanted = match interest {
            Interest::Read | Interest::HangUp => READABLE,
            Interest::Write => WRITABLE,
            Interest::Both => READABLE | WRITABLE,
        };
        // What tokio remembers may be out of date: ask the system.
        let look = || match self.link().stream().wait(interest, Some(Instant::now()))? {
            nothing if nothing == Ready::default() => Err(io::ErrorKind::WouldBlock.into()),
            ready => Ok(ready),
        };
        self.watched.async_io(wanted, look).await
    }
}

impl Io for Socket {
    fn link(&self) -> &Arc<SharedConnection> {
        &self.guard.link
    }

    async fn receive(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        self.watched.async_io(READABLE, || self.link().stream().try_recv(buffer, fds)).await
    }

    async fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Ready> {
        match deadline {
            None => self.ready(interest).await,
            Some(deadline) => match tokio::time::timeout_at(deadline.into(), self.ready(interest)).await {
                Ok(ready) => ready,
                Err(_) => Ok(Ready::default()),
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

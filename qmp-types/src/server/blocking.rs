//! The server that user code configures, and its blocking way to serve: a thread per connection.

mod block_on;
mod connection;

use std::fmt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::erased::{ErasedServer, SHUTDOWN_GRACE, accept_retry_delay, connection_result};
use super::service::Handlers;
use super::session::{Protocol, ServerSchema};
use super::{Entry, EventEmitter, ServerHandle};
use crate::Result;
use crate::codec::Limits;
use crate::transport::{Bound, Listener, Stream};

/// A QMP server over a state of type `S`, whose handlers execute the commands. Generated code makes it:
/// `qmp::server(vm)`.
///
/// Greeting, negotiation and `query-version`, `query-commands`, `query-qmp-schema` are built in. Each connection has a
/// thread of its own, on which its commands run one after the other; several clients are served at once and all of them
/// are sent the events.
///
/// ```no_run
/// # fn demo<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
/// server.version(9, 2, 0).serve_unix("/run/vm.sock")?;
/// # Ok(())
/// # }
/// ```
pub struct Server<S> {
    state: Arc<S>,
    erased: ErasedServer,
}

impl<S: Send + Sync + 'static> Server<S> {
    /// A server of these handlers; for generated code.
    #[doc(hidden)]
    pub fn new(state: S, entries: &'static [Entry<S>], schema: &ServerSchema) -> Self {
        let state = Arc::new(state);
        let protocol = Protocol::new(entries.iter().map(|entry| entry.spec), schema);
        let service = Arc::new(Handlers { state: Arc::clone(&state), entries });
        Self { state, erased: ErasedServer { service, protocol: Arc::new(protocol), connections: Arc::default() } }
    }
}

impl<S> Server<S> {
    /// The version that the greeting and `query-version` tell: clients take it for QEMU's, and decide by it what to use.
    /// Unless told, it is that of this crate.
    #[must_use]
    pub fn version(mut self, major: u32, minor: u32, micro: u32) -> Self {
        self.protocol().version.qemu = (major, minor, micro);
        self
    }

    /// The free text beside the version; empty unless told.
    #[must_use]
    pub fn package(mut self, package: impl Into<String>) -> Self {
        self.protocol().version.package = package.into();
        self
    }

    /// How large requests may be, and how much may wait for a client that does not read.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.protocol().limits = limits;
        self
    }

    fn protocol(&mut self) -> &mut Protocol {
        Arc::make_mut(&mut self.erased.protocol)
    }

    /// The state that the handlers work on.
    #[must_use]
    pub fn state(&self) -> &Arc<S> {
        &self.state
    }

    /// The emitter of events.
    #[must_use]
    pub fn events(&self) -> EventEmitter {
        EventEmitter::new(Arc::clone(&self.erased.connections))
    }

    /// What stops the server from outside.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        ServerHandle::new(&self.erased.connections)
    }

    /// Listens at a path until a handler or a [handle](Self::handle) stops the server.
    ///
    /// The socket is open to this user only. It appears, or replaces that of a dead server, in one step, and is removed
    /// at the end.
    ///
    /// # Errors
    /// `AddrInUse` if a server is listening there, `AlreadyExists` if the path is no socket, `InvalidFilename` if it is too
    /// long for one; else what the system says.
    pub fn serve_unix(&self, path: impl AsRef<Path>) -> Result<()> {
        let bound = Bound::new(path.as_ref())?;
        accept(&self.erased, &bound.listener)
    }

    /// Serves whoever connects, until the server is stopped. The listener becomes non-blocking.
    ///
    /// # Errors
    /// If the system refuses to accept connections at all; want of descriptors or memory only makes clients wait.
    pub fn serve(&self, listener: UnixListener) -> Result<()> {
        accept(&self.erased, &listener)
    }

    /// Serves one connected client on the current thread, until it leaves or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails; that the client just goes is none.
    pub fn serve_stream(&self, stream: impl Into<Stream>) -> Result<()> {
        connection_result(connection::serve(&self.erased, stream.into()))
    }

    /// The same server, asynchronous.
    #[cfg(feature = "tokio")]
    #[must_use]
    pub fn tokio(mut self) -> crate::tokio::Server<S> {
        self.protocol().offers_oob = true;
        super::tokio::Server::new(self.state, self.erased)
    }
}

/// Accepts connections until the server is stopped, and waits a while for them to end.
fn accept(server: &ErasedServer, socket: &UnixListener) -> Result<()> {
    socket.set_nonblocking(true)?;
    let (stop, wake) = Stream::pair()?;
    let _guard = server.connections.listen(move || wake.shutdown_both());
    let listener = Listener { socket, stop: &stop };
    loop {
        match listener.accept() {
            Ok(Some(stream)) => spawn(server, stream),
            Ok(None) => break,
            Err(error) => thread::sleep(accept_retry_delay(error)?),
        }
    }
    server.connections.wait_until_empty(SHUTDOWN_GRACE);
    Ok(())
}

/// Serves a connection on a thread of its own.
fn spawn(server: &ErasedServer, stream: Stream) {
    let server = server.clone();
    let thread = thread::Builder::new().name("qmp-session".into());
    let started = thread.spawn(move || match connection::serve(&server, stream) {
        Err(error) => tracing::debug!(%error, "connection ended"),
        Ok(()) => tracing::debug!("connection ended"),
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start a thread for a connection, closing it");
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.erased.protocol).finish_non_exhaustive()
    }
}

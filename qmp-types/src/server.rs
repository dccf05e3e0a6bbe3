//! The server: state, handlers, and whoever connects.

mod block_on;
mod blocking;
pub(crate) mod connection;
mod hub;
mod link;
mod outbox;
mod service;

pub(crate) use hub::Hub;
#[cfg(feature = "tokio")]
pub(crate) use hub::Member;
pub(crate) use link::Link;

use std::fmt;
use std::io;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use service::{Handlers, Service};

use crate::codec::Limits;
use crate::handle::Entry;
use crate::session::{Protocol, ServerSchema};
use crate::transport::{Bound, Listener, Stream};
use crate::{Events, Result};

/// How long the end of a server waits for commands that still run.
pub(crate) const GRACE: Duration = Duration::from_secs(1);

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
    core: Core,
}

/// Stops a server, and emits its events, from anywhere.
#[derive(Debug, Clone)]
pub struct ServerHandle {
    events: Events,
    hub: Arc<Hub>,
}

/// A server without the type of its state.
#[derive(Clone)]
pub(crate) struct Core {
    pub(crate) service: Arc<dyn Service>,
    pub(crate) protocol: Arc<Protocol>,
    pub(crate) hub: Arc<Hub>,
}

impl<S: Send + Sync + 'static> Server<S> {
    /// A server of these handlers; for generated code.
    #[doc(hidden)]
    pub fn new(state: S, entries: &'static [Entry<S>], schema: &ServerSchema) -> Self {
        let state = Arc::new(state);
        let protocol = Protocol::new(entries.iter().map(|entry| entry.spec), schema);
        let service = Arc::new(Handlers { state: Arc::clone(&state), entries });
        Self { state, core: Core { service, protocol: Arc::new(protocol), hub: Arc::default() } }
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
        Arc::make_mut(&mut self.core.protocol)
    }

    /// The state that the handlers work on.
    #[must_use]
    pub fn state(&self) -> &Arc<S> {
        &self.state
    }

    /// The emitter of events.
    #[must_use]
    pub fn events(&self) -> Events {
        self.core.events()
    }

    /// What stops the server from outside.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.core.handle()
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
        self.core.accept(&bound.listener)
    }

    /// Serves whoever connects, until the server is stopped. The listener becomes non-blocking.
    ///
    /// # Errors
    /// If the system refuses to accept connections at all; want of descriptors or memory only makes clients wait.
    pub fn serve(&self, listener: UnixListener) -> Result<()> {
        self.core.accept(&listener)
    }

    /// Serves one connected client on the current thread, until it leaves or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails; that the client just goes is none.
    pub fn serve_stream(&self, stream: impl Into<Stream>) -> Result<()> {
        match blocking::serve(&self.core, stream.into()) {
            Err(error) if !is_farewell(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The same server, asynchronous.
    #[cfg(feature = "tokio")]
    #[must_use]
    pub fn tokio(mut self) -> crate::tokio::Server<S> {
        self.protocol().offers_oob = true;
        crate::tokio::Server::new(self.state, self.core)
    }
}

impl Core {
    pub(crate) fn events(&self) -> Events {
        Events::new(Arc::clone(&self.hub))
    }

    pub(crate) fn handle(&self) -> ServerHandle {
        ServerHandle { events: self.events(), hub: Arc::clone(&self.hub) }
    }

    /// Accepts connections until the server is stopped, and waits a while for them to end.
    fn accept(&self, socket: &UnixListener) -> Result<()> {
        socket.set_nonblocking(true)?;
        let (stop, wake) = Stream::pair()?;
        let _listening = self.hub.listen(move || wake.shutdown_both());
        let listener = Listener { socket, stop: &stop };
        loop {
            match listener.accept() {
                Ok(Some(stream)) => self.spawn(stream),
                Ok(None) => break,
                Err(error) => thread::sleep(patience(error)?),
            }
        }
        self.hub.wait_until_empty(GRACE);
        Ok(())
    }

    /// Serves a connection on a thread of its own.
    fn spawn(&self, stream: Stream) {
        let core = self.clone();
        let thread = thread::Builder::new().name("qmp-session".into());
        let started = thread.spawn(move || match blocking::serve(&core, stream) {
            Err(error) => tracing::debug!(%error, "connection ended"),
            Ok(()) => tracing::debug!("connection ended"),
        });
        if let Err(error) = started {
            tracing::error!(%error, "cannot start a thread for a connection, closing it");
        }
    }
}

/// After a failed `accept`: how long to wait if that may help, else the error.
pub(crate) fn patience(error: io::Error) -> io::Result<Duration> {
    use rustix::io::Errno;
    match Errno::from_io_error(&error) {
        Some(Errno::AGAIN | Errno::CONNABORTED | Errno::INTR) => Ok(Duration::ZERO),
        Some(Errno::MFILE | Errno::NFILE | Errno::NOMEM | Errno::NOBUFS) => {
            tracing::warn!(%error, "cannot accept a connection now");
            Ok(Duration::from_millis(100))
        }
        _ => Err(error),
    }
}

/// Whether the error only says that the client is gone.
pub(crate) fn is_farewell(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, TimedOut};
    matches!(error.kind(), BrokenPipe | ConnectionReset | TimedOut)
}

impl ServerHandle {
    /// Stops the server: nobody is accepted any more, commands that run have a second to end and are answered, then all
    /// connections are closed and `serve` returns. For good.
    pub fn stop(&self) {
        self.hub.stop();
    }

    /// The emitter of events.
    #[must_use]
    pub fn events(&self) -> &Events {
        &self.events
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.core.protocol).finish_non_exhaustive()
    }
}

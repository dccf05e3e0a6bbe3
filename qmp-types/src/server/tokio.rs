//! The asynchronous server.

mod accept;
mod connection;
mod link;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use connection::serve;

use super::erased::{ErasedServer, connection_result};
use super::{EventEmitter, ServerHandle};
use crate::Result;
use crate::transport::{Address, AddressError, ConnectOptions, Listener, Stream};

/// A QMP server on a tokio runtime: `qmp::server(vm).tokio()`.
///
/// It is configured before [`Server::tokio`](crate::Server::tokio) is called. Each connection is a task, which executes
/// the client's commands one after the other. Synchronous handlers run on the runtime's blocking pool, so that they stop
/// no other task; one that is declared `short` runs on the connection's task. A client that enables out-of-band execution
/// may execute the commands that allow it while another one runs.
///
/// The futures own everything they need, so they can be spawned:
///
/// ```no_run
/// # async fn example<S: Send + Sync + 'static>(server: qmp_types::tokio::Server<S>) -> qmp_types::Result<()> {
/// let handle = server.handle();
/// let serving = tokio::spawn(server.serve_unix("/run/vm.sock"));
/// tokio::time::sleep(std::time::Duration::from_secs(60)).await;
/// handle.stop();
/// serving.await.expect("the server does not panic")
/// # }
/// ```
pub struct Server<S> {
    state: Arc<S>,
    erased: ErasedServer,
}

impl<S> Server<S> {
    pub(super) fn new(state: Arc<S>, erased: ErasedServer) -> Self {
        Self { state, erased }
    }

    /// Returns the state that the handlers work on.
    #[must_use]
    pub fn state(&self) -> &Arc<S> {
        &self.state
    }

    /// Returns the emitter of events.
    #[must_use]
    pub fn events(&self) -> EventEmitter {
        EventEmitter::new(&self.erased.connections)
    }

    /// Returns a handle that stops the server.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        ServerHandle::new(&self.erased.connections)
    }

    /// Listens on an [`Address`], and serves clients until a handler or a [handle](Self::handle) stops the server; see
    /// [`Server::serve_address`](crate::Server::serve_address). The socket is bound when this is called.
    ///
    /// # Errors
    /// As for [`Listener::bind`].
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve_address<A>(&self, address: A) -> impl Future<Output = Result<()>> + Send + use<S, A>
    where
        A: TryInto<Address, Error: Into<AddressError>>,
    {
        let listener = Listener::bind(address);
        let server = self.erased.clone();
        async move { accept::serve(&server, vec![listener?]).await }
    }

    /// Listens on a Unix socket at `path`, and serves clients until the server is stopped; see
    /// [`Server::serve_unix`](crate::Server::serve_unix). The socket is bound when this is called.
    ///
    /// # Errors
    /// As for [`Server::serve_unix`](crate::Server::serve_unix).
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve_unix<P: AsRef<Path>>(&self, path: P) -> impl Future<Output = Result<()>> + Send + use<S, P> {
        let listener = Listener::bind(path.as_ref());
        let server = self.erased.clone();
        async move { accept::serve(&server, vec![listener?]).await }
    }

    /// Serves clients of a listener until the server is stopped; see [`Server::serve`](crate::Server::serve).
    ///
    /// # Errors
    /// If the system does not accept connections at all. Running out of descriptors or memory only delays clients.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve<L: Into<Listener>>(&self, listener: L) -> impl Future<Output = Result<()>> + Send + use<S, L> {
        self.serve_all([listener.into()])
    }

    /// Serves clients of several listeners until the server is stopped.
    ///
    /// # Errors
    /// As for [`serve`](Self::serve).
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve_all<I>(&self, listeners: I) -> impl Future<Output = Result<()>> + Send + use<S, I>
    where
        I: IntoIterator<Item = Listener>,
    {
        let (server, listeners) = (self.erased.clone(), listeners.into_iter().collect());
        async move { accept::serve(&server, listeners).await }
    }

    /// Connects to a client that listens at an [`Address`], and serves it until it disconnects or the server is stopped;
    /// see [`Server::connect_and_serve`](crate::Server::connect_and_serve).
    ///
    /// # Errors
    /// If the address is malformed; without [`ConnectOptions::reconnect`], also if the connection cannot be made or fails.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn connect_and_serve<A>(
        &self,
        address: A,
        options: &ConnectOptions,
    ) -> impl Future<Output = Result<()>> + Send + use<S, A>
    where
        A: TryInto<Address, Error: Into<AddressError>>,
    {
        let (server, address, options) = (self.erased.clone(), Address::from_any(address), options.clone());
        async move { accept::connect_and_serve(server, address?, options).await }
    }

    /// Serves one connected client, until it disconnects or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails. A client that disconnects is not an error.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve_stream<T: Into<Stream>>(&self, stream: T) -> impl Future<Output = Result<()>> + Send + use<S, T> {
        let (server, stream) = (self.erased.clone(), stream.into());
        async move { connection_result(serve(&server, stream).await) }
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.erased.protocol).finish_non_exhaustive()
    }
}

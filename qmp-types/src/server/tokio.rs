//! The asynchronous server.

mod connection;
mod link;

use std::fmt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;

use tokio::net::UnixListener as Listener;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use connection::serve;

use super::erased::{ErasedServer, SHUTDOWN_GRACE, accept_retry_delay, connection_result};
use super::{EventEmitter, ServerHandle};
use crate::Result;
use crate::transport::{BoundSocket, Stream};

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

    /// Listens on a Unix socket at `path`, and serves clients until a handler or a [handle](Self::handle) stops the
    /// server; see [`Server::serve_unix`](crate::Server::serve_unix). The socket is bound when this is called.
    ///
    /// # Errors
    /// As for [`Server::serve_unix`](crate::Server::serve_unix).
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve_unix<P: AsRef<Path>>(&self, path: P) -> impl Future<Output = Result<()>> + Send + use<S, P> {
        let bound = BoundSocket::new(path.as_ref());
        let server = self.erased.clone();
        async move {
            let bound = bound?;
            accept(&server, bound.listener.try_clone()?).await
        }
    }

    /// Serves clients of a listening socket until the server is stopped.
    ///
    /// # Errors
    /// If the system does not accept connections at all. Running out of descriptors or memory only delays clients.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO and time enabled.
    pub fn serve(&self, listener: UnixListener) -> impl Future<Output = Result<()>> + Send + use<S> {
        let server = self.erased.clone();
        async move { accept(&server, listener).await }
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

/// Accepts connections until the server is stopped. Dropping the future ends them.
async fn accept(server: &ErasedServer, listener: UnixListener) -> Result<()> {
    listener.set_nonblocking(true)?;
    let listener = Listener::from_std(listener)?;
    let stop = Arc::new(Notify::new());
    let notify = Arc::clone(&stop);
    let _guard = server.connections.register_listener(move || notify.notify_one());
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.notified() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted.and_then(|(stream, _)| stream.into_std()),
        };
        match accepted {
            Ok(stream) => _ = connections.spawn(serve_and_log(server.clone(), stream.into())),
            Err(error) => tokio::time::sleep(accept_retry_delay(error)?).await,
        }
    }
    let all = async { while connections.join_next().await.is_some() {} };
    _ = tokio::time::timeout(SHUTDOWN_GRACE, all).await;
    Ok(())
}

async fn serve_and_log(server: ErasedServer, stream: Stream) {
    match serve(&server, stream).await {
        Err(error) => tracing::debug!(%error, "connection ended"),
        Ok(()) => tracing::debug!("connection ended"),
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.erased.protocol).finish_non_exhaustive()
    }
}

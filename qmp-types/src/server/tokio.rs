//! The asynchronous server.

mod oob;
mod socket;

use std::fmt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;

use tokio::net::UnixListener as Listener;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use socket::Socket;

use super::driver::{Exit, SessionDriver};
use super::erased::{ErasedServer, SHUTDOWN_GRACE, accept_retry_delay, connection_result};
use super::{EventEmitter, ServerHandle};
use crate::Result;
use crate::transport::{Bound, Stream};

/// A [`Server`](crate::Server) on a tokio runtime: `qmp::server(vm).tokio()`.
///
/// Each connection is a task. Its commands run one after the other: synchronous handlers in place, those declared as
/// blocking where they do not hold up other tasks (on a runtime with several threads). A client that asks for it may
/// execute commands that allow it out of band, beside the one that runs.
///
/// The futures own what they need, so they can be spawned.
pub struct Server<S> {
    state: Arc<S>,
    erased: ErasedServer,
}

impl<S> Server<S> {
    pub(super) fn new(state: Arc<S>, erased: ErasedServer) -> Self {
        Self { state, erased }
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

    /// Listens at a path until a handler or a [handle](Self::handle) stops the server; see
    /// [`Server::serve_unix`](crate::Server::serve_unix).
    ///
    /// # Errors
    /// `AddrInUse` if a server is listening there, `AlreadyExists` if the path is no socket, `InvalidFilename` if it is too
    /// long for one; else what the system says.
    ///
    /// # Panics
    /// Outside a tokio runtime with IO and time enabled.
    pub fn serve_unix<P: AsRef<Path>>(&self, path: P) -> impl Future<Output = Result<()>> + Send + use<S, P> {
        let bound = Bound::new(path.as_ref());
        let server = self.erased.clone();
        async move {
            let bound = bound?;
            accept(&server, bound.listener.try_clone()?).await
        }
    }

    /// Serves whoever connects, until the server is stopped.
    ///
    /// # Errors
    /// If the system refuses to accept connections at all; want of descriptors or memory only makes clients wait.
    ///
    /// # Panics
    /// Outside a tokio runtime with IO and time enabled.
    pub fn serve(&self, listener: UnixListener) -> impl Future<Output = Result<()>> + Send + use<S> {
        let server = self.erased.clone();
        async move { accept(&server, listener).await }
    }

    /// Serves one connected client, until it leaves or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails; that the client just goes is none.
    ///
    /// # Panics
    /// Outside a tokio runtime with IO and time enabled.
    pub fn serve_stream<T: Into<Stream>>(&self, stream: T) -> impl Future<Output = Result<()>> + Send + use<S, T> {
        let (server, stream) = (self.erased.clone(), stream.into());
        async move { connection_result(serve(&server, stream).await) }
    }
}

/// Accepts connections until the server is stopped. Dropped, it drops them.
async fn accept(server: &ErasedServer, listener: UnixListener) -> Result<()> {
    listener.set_nonblocking(true)?;
    let listener = Listener::from_std(listener)?;
    let stop = Arc::new(Notify::new());
    let waker = Arc::clone(&stop);
    let _listening = server.connections.listen(move || waker.notify_one());
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.notified() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted.and_then(|(stream, _)| stream.into_std()),
        };
        match accepted {
            Ok(stream) => _ = connections.spawn(attend_to(server.clone(), stream.into())),
            Err(error) => tokio::time::sleep(accept_retry_delay(error)?).await,
        }
    }
    let all = async { while connections.join_next().await.is_some() {} };
    _ = tokio::time::timeout(SHUTDOWN_GRACE, all).await;
    Ok(())
}

async fn attend_to(server: ErasedServer, stream: Stream) {
    match serve(&server, stream).await {
        Err(error) => tracing::debug!(%error, "connection ended"),
        Ok(()) => tracing::debug!("connection ended"),
    }
}

/// Serves a connection until either end has enough. An error means that the client is gone.
async fn serve(server: &ErasedServer, stream: Stream) -> std::io::Result<()> {
    let socket = Arc::new(Socket::new(server, stream)?);
    let dialogue = async {
        let mut connection = SessionDriver::new(server, &*socket);
        match connection.run().await? {
            Exit::Closing => connection.leave().await,
            Exit::OobEnabled => oob::run(&mut connection, &socket).await,
        }
    };
    tokio::select! {
        result = dialogue => result,
        never = socket.flush_on_request() => match never {},
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.erased.protocol).finish_non_exhaustive()
    }
}

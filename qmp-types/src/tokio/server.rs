//! The asynchronous server.

mod io;
mod overlap;

use std::fmt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;

use tokio::net::UnixListener as Listener;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use io::Socket;

use crate::server::connection::{Connection, Ended};
use crate::server::{Core, GRACE, is_farewell, patience};
use crate::transport::{Bound, Stream};
use crate::{Events, Result, ServerHandle};

/// A [`Server`](crate::Server) on a tokio runtime: `qmp::server(vm).tokio()`.
///
/// Each connection is a task. Its commands run one after the other: synchronous handlers in place, those declared as
/// blocking where they do not hold up other tasks (on a runtime with several threads). A client that asks for it may
/// execute commands that allow it out of band, beside the one that runs.
///
/// The futures own what they need, so they can be spawned.
pub struct Server<S> {
    state: Arc<S>,
    core: Core,
}

impl<S> Server<S> {
    pub(crate) fn new(state: Arc<S>, core: Core) -> Self {
        Self { state, core }
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
        let core = self.core.clone();
        async move {
            let bound = bound?;
            accept(&core, bound.listener.try_clone()?).await
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
        let core = self.core.clone();
        async move { accept(&core, listener).await }
    }

    /// Serves one connected client, until it leaves or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails; that the client just goes is none.
    ///
    /// # Panics
    /// Outside a tokio runtime with IO and time enabled.
    pub fn serve_stream<T: Into<Stream>>(&self, stream: T) -> impl Future<Output = Result<()>> + Send + use<S, T> {
        let (core, stream) = (self.core.clone(), stream.into());
        async move {
            match serve(&core, stream).await {
                Err(error) if !is_farewell(&error) => Err(error.into()),
                _ => Ok(()),
            }
        }
    }
}

/// Accepts connections until the server is stopped. Dropped, it drops them.
async fn accept(core: &Core, listener: UnixListener) -> Result<()> {
    listener.set_nonblocking(true)?;
    let listener = Listener::from_std(listener)?;
    let stop = Arc::new(Notify::new());
    let waker = Arc::clone(&stop);
    let _listening = core.hub.listen(move || waker.notify_one());
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stop.notified() => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted.and_then(|(stream, _)| stream.into_std()),
        };
        match accepted {
            Ok(stream) => _ = connections.spawn(attend_to(core.clone(), stream.into())),
            Err(error) => tokio::time::sleep(patience(error)?).await,
        }
    }
    let all = async { while connections.join_next().await.is_some() {} };
    _ = tokio::time::timeout(GRACE, all).await;
    Ok(())
}

async fn attend_to(core: Core, stream: Stream) {
    match serve(&core, stream).await {
        Err(error) => tracing::debug!(%error, "connection ended"),
        Ok(()) => tracing::debug!("connection ended"),
    }
}

/// Serves a connection until either end has enough. An error means that the client is gone.
async fn serve(core: &Core, stream: Stream) -> std::io::Result<()> {
    let socket = Arc::new(Socket::new(core, stream)?);
    let dialogue = async {
        let mut connection = Connection::new(core, &*socket);
        match connection.run().await? {
            Ended::Leaving => connection.leave().await,
            Ended::Overlapping => overlap::run(&mut connection, &socket).await,
        }
    };
    tokio::select! {
        result = dialogue => result,
        never = socket.send_rests() => match never {},
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.core.protocol).finish_non_exhaustive()
    }
}

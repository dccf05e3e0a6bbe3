//! Accepting clients, and connecting out to them: a task per connection.

use std::future::poll_fn;
use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::Interest;
use tokio::io::unix::{AsyncFd, AsyncFdReadyGuard};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::connection::{reached, serve as serve_connection};
use crate::Result;
use crate::server::client_limit::WhenFull;
use crate::server::connections::{ConnectedClient, Connections, ListenerGuard};
use crate::server::erased::{ErasedServer, accept_retry_delay, connection_result, log_end};
use crate::server::reconnection::Reconnection;
use crate::transport::{Address, ConnectOptions, Listener, Stream};

/// Accepts connections of several listeners until the server is stopped, then gives them the grace period to end.
/// Dropping the future ends them.
///
/// If none of the listeners can accept more than the connection that it begins with, returns after these have ended.
pub(super) async fn serve(server: &ErasedServer, listeners: Vec<Listener>) -> Result<()> {
    let wakeups = Wakeups::new(&server.connections);
    let (mut connections, mut listening) = (JoinSet::new(), Vec::new());
    for listener in listeners {
        if listener.socket().is_some() {
            listening.push(watch(listener)?);
        } else if let (Some(stream), Some(client)) = (listener.try_accept()?, server.connections.add_client(usize::MAX))
        {
            spawn(&mut connections, server, stream, client);
        }
    }
    let (limit, mut is_full) = (server.client_limit, false);
    while !server.connections.is_stopped() && (!listening.is_empty() || !connections.is_empty()) {
        let ready = tokio::select! {
            biased;
            () = wakeups.wait() => None,
            Some(_) = connections.join_next() => None,
            ready = poll_fn(|cx| poll_ready(&listening, cx)), if !is_full => Some(ready?),
        };
        is_full = false;
        let Some(mut ready) = ready else { continue };
        let client = server.connections.add_client(limit.count);
        if client.is_none() && limit.when_full == WhenFull::Wait {
            is_full = true;
            continue;
        }
        let Ok(accepted) = ready.try_io(|listening| listening.get_ref().0.try_accept()) else { continue };
        match (accepted, client) {
            (Ok(Some(stream)), Some(client)) => spawn(&mut connections, server, stream, client),
            (Ok(Some(stream)), None) => limit.refuse(&stream),
            (Ok(None), _) => {}
            (Err(error), _) => sleep(accept_retry_delay(error)?).await,
        }
    }
    // Another call may shorten the grace period.
    while !connections.is_empty() && !server.connections.shutdown.is_over() {
        tokio::select! {
            _ = connections.join_next() => {}
            () = wakeups.wait() => {}
            () = reached(server.connections.shutdown.deadline()) => {}
        }
    }
    Ok(())
}

/// Polls until a connection has arrived at one of the listeners.
fn poll_ready<'l>(
    listening: &'l [AsyncFd<Listening>],
    cx: &mut Context<'_>,
) -> Poll<io::Result<AsyncFdReadyGuard<'l, Listening>>> {
    let ready = listening.iter().map(|listener| listener.poll_read_ready(cx)).find(Poll::is_ready);
    ready.unwrap_or(Poll::Pending)
}

/// Serves a connection on a task of its own.
fn spawn(connections: &mut JoinSet<()>, server: &ErasedServer, stream: Stream, client: ConnectedClient) {
    let server = server.clone();
    connections.spawn(async move {
        let _client = client;
        log_end(serve_connection(&server, stream).await);
    });
}

/// Connects to a client that listens, and serves it; again and again, if the options say so.
pub(super) async fn connect_and_serve(server: ErasedServer, address: Address, options: ConnectOptions) -> Result<()> {
    let wakeups = Wakeups::new(&server.connections);
    let mut reconnection = Reconnection::new(&address, &options);
    while !server.connections.is_stopped() {
        let attempt = tokio::select! {
            biased;
            () = wakeups.stopped() => break,
            attempt = Stream::connect_async(&address, &options) => attempt,
        };
        let pause = match attempt {
            Ok(stream) => reconnection.after_connection(connection_result(serve_connection(&server, stream).await))?,
            Err(error) => reconnection.after_failure(error)?,
        };
        let Some(pause) = pause else { break };
        _ = timeout(pause, wakeups.stopped()).await;
    }
    Ok(())
}

/// A listener that has a socket, for tokio to watch.
struct Listening(Listener);

impl AsRawFd for Listening {
    fn as_raw_fd(&self) -> RawFd {
        self.0.socket().expect("it has a socket").as_raw_fd()
    }
}

#[allow(deprecated, reason = "its replacement is unsafe, for types whose descriptor may change; a listener's does not")]
fn watch(listener: Listener) -> io::Result<AsyncFd<Listening>> {
    AsyncFd::with_interest(Listening(listener), Interest::READABLE)
}

/// What wakes a task that waits for connections: the server is being stopped, or a client has left.
struct Wakeups<'s> {
    connections: &'s Connections,
    notify: Arc<Notify>,
    _guard: ListenerGuard<'s>,
}

impl<'s> Wakeups<'s> {
    fn new(connections: &'s Connections) -> Self {
        let notify = Arc::new(Notify::new());
        let notified = Arc::clone(&notify);
        let guard = connections.register_listener(move || notified.notify_one());
        Self { connections, notify, _guard: guard }
    }

    /// Waits for a wake-up.
    async fn wait(&self) {
        self.notify.notified().await;
    }

    /// Waits until the server is being stopped.
    async fn stopped(&self) {
        while !self.connections.is_stopped() {
            self.wait().await;
        }
    }
}

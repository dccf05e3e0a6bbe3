//! Accepting clients, and connecting out to them: a thread per connection.

use std::os::fd::AsFd;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags};

use super::connection;
use crate::Result;
use crate::server::client_limit::WhenFull;
use crate::server::connections::{Connections, ListenerGuard};
use crate::server::erased::{ErasedServer, accept_retry_delay, connection_result, log_end};
use crate::server::reconnection::Reconnection;
use crate::transport::{Address, ConnectOptions, Interest, Listener, Stream, poll_until};

/// Accepts connections of several listeners until the server is stopped, then gives them the grace period to end.
///
/// If none of the listeners can accept more than the connection that it begins with, returns after these have ended.
pub(super) fn serve(server: &ErasedServer, listeners: &[Listener]) -> Result<()> {
    let wakeups = Wakeups::new(&server.connections)?;
    // Is shared with the threads of the connections that exist already.
    let existing = Arc::new(());
    for listener in listeners.iter().filter(|listener| listener.socket().is_none()) {
        if let (Some(stream), Some(client)) = (listener.try_accept()?, server.connections.add_client(usize::MAX)) {
            spawn(server, stream, (Arc::clone(&existing), client));
        }
    }
    let listening: Vec<&Listener> = listeners.iter().filter(|listener| listener.socket().is_some()).collect();
    let mut is_full = false;
    while !server.connections.is_stopped() && (!listening.is_empty() || Arc::strong_count(&existing) > 1) {
        is_full = match wakeups.wait(if is_full { &[] } else { &listening })? {
            Some(listener) => !accept(server, listener)?,
            None => false,
        };
    }
    if server.connections.is_stopped() {
        server.connections.wait_until_empty();
    }
    Ok(())
}

/// Accepts the connection that has arrived, unless it has to wait. Returns whether it need not.
fn accept(server: &ErasedServer, listener: &Listener) -> Result<bool> {
    let limit = server.client_limit;
    let client = server.connections.add_client(limit.count);
    if client.is_none() && limit.when_full == WhenFull::Wait {
        return Ok(false);
    }
    match (listener.try_accept(), client) {
        (Ok(Some(stream)), Some(client)) => spawn(server, stream, client),
        (Ok(Some(stream)), None) => limit.refuse(&stream),
        (Ok(None), _) => {}
        (Err(error), _) => thread::sleep(accept_retry_delay(error)?),
    }
    Ok(true)
}

/// Serves a connection on a thread of its own. The guard is dropped when it has ended.
fn spawn<G: Send + 'static>(server: &ErasedServer, stream: Stream, guard: G) {
    let server = server.clone();
    let thread = thread::Builder::new().name("qmp-session".into());
    let started = thread.spawn(move || {
        let _guard = guard;
        log_end(connection::serve(&server, stream));
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start a thread for a connection, closing it");
    }
}

/// Connects to a client that listens, and serves it on the current thread; again and again, if the options say so.
pub(super) fn connect_and_serve(server: &ErasedServer, address: &Address, options: &ConnectOptions) -> Result<()> {
    let wakeups = Wakeups::new(&server.connections)?;
    let mut reconnection = Reconnection::new(address, options);
    while !server.connections.is_stopped() {
        let pause = match Stream::connect_with(address, options) {
            Ok(stream) => reconnection.after_connection(connection_result(connection::serve(server, stream)))?,
            Err(error) => reconnection.after_failure(error)?,
        };
        let Some(pause) = pause else { break };
        wakeups.pause(pause)?;
    }
    Ok(())
}

/// What wakes a thread that waits for connections: the server is being stopped, or a client has left.
struct Wakeups<'s> {
    connections: &'s Connections,
    /// A byte arrives at each wake-up.
    stream: Stream,
    _guard: ListenerGuard<'s>,
}

impl<'s> Wakeups<'s> {
    fn new(connections: &'s Connections) -> Result<Self> {
        let (stream, wake) = Stream::pair()?;
        let wake = move || {
            // If no more bytes fit, one has not been received.
            let _ = wake.try_send(&[0]);
        };
        Ok(Self { connections, stream, _guard: connections.register_listener(wake) })
    }

    /// Waits until a connection arrives at one of the listeners, which is returned, or for a wake-up.
    fn wait<'l>(&self, listeners: &[&'l Listener]) -> Result<Option<&'l Listener>> {
        let sockets = listeners.iter().filter_map(|listener| listener.socket());
        let sockets = std::iter::once(self.stream.as_fd()).chain(sockets);
        let mut fds: Vec<_> = sockets.map(|socket| PollFd::from_borrowed_fd(socket, PollFlags::IN)).collect();
        poll_until(&mut fds, None)?;
        let is_ready = |fd: &PollFd<'_>| !fd.revents().is_empty();
        if is_ready(&fds[0]) {
            self.stream.recv_bytes(&mut [0; 64])?;
            return Ok(None);
        }
        Ok(listeners.iter().zip(&fds[1..]).find(|(_, fd)| is_ready(fd)).map(|(listener, _)| *listener))
    }

    /// Waits for this time, or until the server is being stopped.
    fn pause(&self, time: Duration) -> Result<()> {
        let end = Instant::now() + time;
        while !self.connections.is_stopped() && self.stream.wait(Interest::Read, Some(end))?.read {
            self.stream.recv_bytes(&mut [0; 64])?;
        }
        Ok(())
    }
}

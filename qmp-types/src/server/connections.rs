//! All connections of a server: who is sent events, and who has to go when the server is stopped.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use super::shared_connection::SharedConnection;
use crate::sync::lock;

/// The connections and listeners of a server.
#[derive(Default)]
pub(crate) struct Connections {
    stopped: AtomicBool,
    members: Mutex<Members>,
    left: Condvar,
}

#[derive(Default)]
struct Members {
    links: Vec<Arc<SharedConnection>>,
    /// Who accepts connections, each by what makes it stop.
    listeners: Vec<(usize, Box<dyn Fn() + Send>)>,
    next_listener: usize,
}

/// A connection's place in the connections; it leaves, and is closed, when this is dropped.
pub(crate) struct ConnectionGuard {
    pub(crate) link: Arc<SharedConnection>,
}

/// A listener's place in the connections.
pub(crate) struct ListenerGuard<'a> {
    connections: &'a Connections,
    number: usize,
}

impl Connections {
    /// Adds a connection. One that comes when the server is stopped ends by itself, for it reads nothing.
    pub(crate) fn join(&self, link: Arc<SharedConnection>) -> ConnectionGuard {
        let mut members = lock(&self.members);
        members.links.push(Arc::clone(&link));
        if self.is_stopped() {
            link.stream().shutdown_read();
        }
        ConnectionGuard { link }
    }

    /// Adds a listener, with what makes it stop.
    pub(crate) fn listen(&self, stop: impl Fn() + Send + 'static) -> ListenerGuard<'_> {
        let mut members = lock(&self.members);
        if self.is_stopped() {
            stop();
        }
        let number = members.next_listener;
        members.next_listener += 1;
        members.listeners.push((number, Box::new(stop)));
        ListenerGuard { connections: self, number }
    }

    /// Sends an event to all clients that have negotiated. The same order for all of them.
    pub(crate) fn broadcast(&self, event: &[u8]) {
        for link in &lock(&self.members).links {
            link.event(event);
        }
    }

    /// Nobody is accepted any more, nothing more is read; what runs may end and answer.
    pub(crate) fn stop(&self) {
        let members = lock(&self.members);
        self.stopped.store(true, Ordering::Release);
        for (_, stop) in &members.listeners {
            stop();
        }
        for link in &members.links {
            link.stream().shutdown_read();
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Waits until all connections have left; those that have not by then are cut.
    pub(crate) fn wait_until_empty(&self, grace: Duration) {
        let members = lock(&self.members);
        let waited = self.left.wait_timeout_while(members, grace, |members| !members.links.is_empty());
        let (members, _) = waited.unwrap_or_else(std::sync::PoisonError::into_inner);
        for link in &members.links {
            link.close();
        }
    }
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.link.close();
        let connections = self.link.connections();
        lock(&connections.members).links.retain(|link| !Arc::ptr_eq(link, &self.link));
        connections.left.notify_all();
    }
}

impl Drop for ListenerGuard<'_> {
    fn drop(&mut self) {
        lock(&self.connections.members).listeners.retain(|(number, _)| *number != self.number);
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

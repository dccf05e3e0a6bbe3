//! All connections and listeners of a server: where events are sent to, and what ends when the server stops.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::session_values::SessionValues;
use super::shared_connection::SharedConnection;
use crate::sync::lock;

/// The connections and listeners of a server.
#[derive(Default)]
pub(super) struct Connections {
    stopped: AtomicBool,
    registry: Mutex<Registry>,
    connection_removed: Condvar,
}

#[derive(Default)]
struct Registry {
    connections: Vec<Arc<SharedConnection>>,
    /// For each listener, the closure that makes it stop.
    listeners: Vec<(usize, Box<dyn Fn() + Send>)>,
    next_listener: usize,
    /// What is run when the last connection has ended.
    on_last_disconnect: Vec<Arc<dyn Fn() + Send + Sync>>,
}

/// A connection that its server knows. When dropped, it is closed and removed from the server.
pub(super) struct RegisteredConnection {
    pub(super) connection: Arc<SharedConnection>,
    pub(super) server: Arc<Connections>,
    pub(super) values: SessionValues,
}

/// Removes a listener from its server when dropped.
pub(super) struct ListenerGuard<'a> {
    server: &'a Connections,
    number: usize,
}

impl Connections {
    /// Adds a connection. On a stopped server, the connection reads the end of its input at once.
    pub(super) fn register(self: &Arc<Self>, connection: Arc<SharedConnection>) -> Arc<RegisteredConnection> {
        let mut registry = lock(&self.registry);
        registry.connections.push(Arc::clone(&connection));
        if self.is_stopped() {
            connection.stream().shutdown_read();
        }
        Arc::new(RegisteredConnection { connection, server: Arc::clone(self), values: SessionValues::default() })
    }

    /// Adds a listener, with the closure that makes it stop accepting connections.
    pub(super) fn register_listener(&self, stop: impl Fn() + Send + 'static) -> ListenerGuard<'_> {
        let mut registry = lock(&self.registry);
        if self.is_stopped() {
            stop();
        }
        let number = registry.next_listener;
        registry.next_listener += 1;
        registry.listeners.push((number, Box::new(stop)));
        ListenerGuard { server: self, number }
    }

    /// Sends an event to all clients that have negotiated, in the same order to each of them.
    pub(super) fn broadcast(&self, event: &[u8]) {
        for connection in &lock(&self.registry).connections {
            connection.send_event(event);
        }
    }

    /// Stops listeners from accepting and connections from reading; running commands may finish and be answered.
    pub(super) fn stop(&self) {
        let registry = lock(&self.registry);
        self.stopped.store(true, Ordering::Release);
        for (_, stop) in &registry.listeners {
            stop();
        }
        for connection in &registry.connections {
            connection.stream().shutdown_read();
        }
    }

    pub(super) fn has_connections(&self) -> bool {
        !lock(&self.registry).connections.is_empty()
    }

    /// Runs the closure whenever the last connection has ended.
    pub(super) fn on_last_disconnect(&self, run: impl Fn() + Send + Sync + 'static) {
        lock(&self.registry).on_last_disconnect.push(Arc::new(run));
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Waits until all connections have ended, and closes those that have not after `grace`.
    pub(super) fn wait_until_empty(&self, grace: Duration) {
        let registry = lock(&self.registry);
        let waited =
            self.connection_removed.wait_timeout_while(registry, grace, |registry| !registry.connections.is_empty());
        let (registry, _) = waited.unwrap_or_else(PoisonError::into_inner);
        for connection in &registry.connections {
            connection.close();
        }
    }
}

impl Drop for RegisteredConnection {
    fn drop(&mut self) {
        self.connection.close();
        let mut registry = lock(&self.server.registry);
        registry.connections.retain(|other| !Arc::ptr_eq(other, &self.connection));
        let last = registry.connections.is_empty();
        let run = if last { registry.on_last_disconnect.clone() } else { Vec::new() };
        drop(registry);
        run.iter().for_each(|run| run());
        self.server.connection_removed.notify_all();
    }
}

impl Drop for ListenerGuard<'_> {
    fn drop(&mut self) {
        lock(&self.server.registry).listeners.retain(|(number, _)| *number != self.number);
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

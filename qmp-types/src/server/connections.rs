//! All sessions and listeners of a server: where events are sent to, and what ends when the server stops.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::events::{EventMessage, RateTimer, RatedEvents, Timed};
use super::observe::CounterCells;
use super::policy::Permissions;
use super::session::Protocol;
use super::session_values::SessionValues;
use super::shared_session::SharedSession;
use super::shutdown::Shutdown;
use crate::sync::lock;

/// The sessions and listeners of a server.
#[derive(Default)]
pub(super) struct Connections {
    pub(super) shutdown: Shutdown,
    registry: Mutex<Registry>,
    session_removed: Condvar,
    /// How many bytes wait for all clients together.
    pub(super) output_total: Arc<AtomicUsize>,
    /// What clients may do.
    pub(super) permissions: Permissions,
    pub(super) counters: Arc<CounterCells>,
    /// The events between their emission and the sessions.
    pub(super) events: RatedEvents,
    event_timer: RateTimer,
}

#[derive(Default)]
struct Registry {
    sessions: BTreeMap<u64, Arc<SharedSession>>,
    /// For each listener, the closure that wakes it: the server is being stopped, or a client has left.
    listeners: BTreeMap<u64, Box<dyn Fn() + Send>>,
    /// The number of the next session or listener.
    next: u64,
    /// The number of clients that listeners have accepted and that are connected.
    clients: usize,
    /// What is run when the last session has ended.
    on_last_disconnect: Vec<Arc<dyn Fn() + Send + Sync>>,
}

/// A session that its server knows.
pub(super) struct RegisteredSession {
    pub(super) shared: Arc<SharedSession>,
    pub(super) server: Arc<Connections>,
    pub(super) protocol: Arc<Protocol>,
    pub(super) values: SessionValues,
    number: u64,
}

/// A client that a listener has accepted. When dropped, it has left, and listeners are woken.
pub(super) struct ConnectedClient {
    server: Arc<Connections>,
}

/// Removes a listener from its server when dropped.
pub(super) struct ListenerGuard<'a> {
    server: &'a Connections,
    number: u64,
}

impl Connections {
    /// Adds a session. On a stopped server, it is told to stop at once.
    pub(super) fn register(
        self: &Arc<Self>,
        shared: Arc<SharedSession>,
        protocol: &Arc<Protocol>,
    ) -> Arc<RegisteredSession> {
        let mut registry = lock(&self.registry);
        let number = registry.number();
        registry.sessions.insert(number, Arc::clone(&shared));
        drop(registry);
        if self.is_stopped() {
            shared.stop();
        }
        let (server, protocol) = (Arc::clone(self), Arc::clone(protocol));
        Arc::new(RegisteredSession { shared, server, protocol, values: SessionValues::default(), number })
    }

    /// Adds a listener, with the closure that wakes it when the server is being stopped and when a client has left.
    pub(super) fn register_listener(&self, wake: impl Fn() + Send + 'static) -> ListenerGuard<'_> {
        let mut registry = lock(&self.registry);
        if self.is_stopped() {
            wake();
        }
        let number = registry.number();
        registry.listeners.insert(number, Box::new(wake));
        ListenerGuard { server: self, number }
    }

    /// Counts a client that a listener accepts, or returns `None` if as many as the limit are connected.
    pub(super) fn add_client(self: &Arc<Self>, limit: usize) -> Option<ConnectedClient> {
        let mut registry = lock(&self.registry);
        if registry.clients >= limit {
            return None;
        }
        registry.clients += 1;
        Some(ConnectedClient { server: Arc::clone(self) })
    }

    /// Sends an event to all clients that have negotiated, in the same order to each of them.
    pub(super) fn broadcast(&self, event: &Arc<EventMessage>) {
        for session in lock(&self.registry).sessions.values() {
            session.send_event(event);
        }
    }

    /// Stops listeners from accepting and sessions from executing; running commands may finish and be answered.
    ///
    /// Without a grace period, that of the server holds.
    pub(super) fn stop(&self, grace: Option<Duration>) {
        self.shutdown.stop(grace);
        let registry = lock(&self.registry);
        registry.wake_listeners();
        let sessions: Vec<_> = registry.sessions.values().cloned().collect();
        drop(registry);
        sessions.iter().for_each(SharedSession::stop);
        // A thread that waits for the sessions to end may have to wait less.
        self.session_removed.notify_all();
    }

    pub(super) fn has_connections(&self) -> bool {
        !lock(&self.registry).sessions.is_empty()
    }

    /// Runs the closure whenever the last connection has ended.
    pub(super) fn on_last_disconnect(&self, run: impl Fn() + Send + Sync + 'static) {
        lock(&self.registry).on_last_disconnect.push(Arc::new(run));
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.shutdown.is_stopped()
    }

    /// Waits until all sessions have ended, and closes those that have not when the grace period is over.
    pub(super) fn wait_until_empty(&self) {
        let mut registry = lock(&self.registry);
        while !registry.sessions.is_empty() && !self.shutdown.is_over() {
            registry = match self.shutdown.deadline() {
                None => self.session_removed.wait(registry).unwrap_or_else(PoisonError::into_inner),
                Some(deadline) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    self.session_removed.wait_timeout(registry, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        for session in registry.sessions.values() {
            session.close();
        }
    }
}

impl Registry {
    fn wake_listeners(&self) {
        self.listeners.values().for_each(|wake| wake());
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl RegisteredSession {
    /// Closes the session and removes it from its server.
    pub(super) fn remove(&self) {
        self.shared.close();
        // A command that still runs may keep the session, but what clients have sent is dropped.
        self.values.clear();
        let mut registry = lock(&self.server.registry);
        registry.sessions.remove(&self.number);
        let last = registry.sessions.is_empty();
        let run = if last { registry.on_last_disconnect.clone() } else { Vec::new() };
        drop(registry);
        run.iter().for_each(|run| run());
        self.server.session_removed.notify_all();
    }
}

impl Connections {
    /// Returns when to call [`send_kept_events`](Self::send_kept_events), unless a thread does that.
    pub(super) fn event_deadline(&self) -> Option<Instant> {
        if self.event_timer.is_enabled() { None } else { self.events.deadline() }
    }

    /// Sends the events that were kept until this time, unless a thread does that.
    pub(super) fn send_kept_events(&self, now: Instant) {
        if !self.event_timer.is_enabled() {
            self.on_deadline(now);
        }
    }
}

impl Timed for Connections {
    fn timer(&self) -> &RateTimer {
        &self.event_timer
    }

    fn deadline(&self) -> Option<Instant> {
        self.events.deadline()
    }

    fn on_deadline(&self, now: Instant) {
        self.events.on_deadline(now, |event| self.broadcast(event));
    }
}

impl Drop for ConnectedClient {
    fn drop(&mut self) {
        let mut registry = lock(&self.server.registry);
        registry.clients -= 1;
        registry.wake_listeners();
    }
}

impl Drop for ListenerGuard<'_> {
    fn drop(&mut self) {
        lock(&self.server.registry).listeners.remove(&self.number);
    }
}

impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

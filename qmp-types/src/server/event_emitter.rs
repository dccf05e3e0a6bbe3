//! Sending events to the clients of a server.

use std::fmt;
use std::sync::Arc;

use super::connections::Connections;
use super::events::{Emitted, RateTimer};
use crate::Event;

/// Emits events to all clients of a server that have completed capabilities negotiation.
///
/// Cheap to clone, and usable from any thread or task, also after the server has stopped (then without effect). A
/// handler gets it from [`Context::events`](crate::Context::events), other code from
/// [`Server::events`](crate::Server::events).
///
/// Emitting never blocks. What a client does not read at once waits for it, within
/// [bounds](crate::Server::event_queue); beyond them, the oldest events are dropped, unless the server is configured
/// otherwise. Events of which a client needs only the newest may be [limited to a rate](crate::Server::rate_limit).
///
/// ```no_run
/// # fn example(server: qmp_types::Server<()>, stopped: impl qmp_types::Event) {
/// let events = server.events();
/// std::thread::spawn(move || events.emit(stopped));    // with generated code: `emit(qmp::events::Stop {})`
/// # }
/// ```
#[derive(Clone)]
pub struct EventEmitter {
    connections: Arc<Connections>,
}

impl EventEmitter {
    pub(super) fn new(connections: &Arc<Connections>) -> Self {
        Self { connections: Arc::clone(connections) }
    }

    /// Sends the event, with the current time as its timestamp, unless the server's [policy](crate::Server::policy) hides
    /// it. An event whose data does not fit the schema is not sent either, and logged.
    pub fn emit<E: Event>(&self, event: E) {
        if let Some(data) = self.connections.permissions.event_data(&event) {
            self.emit_text(E::NAME, &data);
        }
    }

    /// Sends an event whose data is an object as JSON text.
    pub(crate) fn emit_text(&self, name: &'static str, data: &[u8]) {
        let connections = &self.connections;
        connections.counters.events_emitted.add(1);
        match connections.events.emit(name, data, |message| connections.broadcast(message)) {
            Emitted::Sent | Emitted::Kept => {}
            Emitted::SentAndLimited => RateTimer::deadline_changed(connections),
            Emitted::Replaced => _ = connections.counters.events_limited.add(1),
        }
    }
}

impl fmt::Debug for EventEmitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventEmitter").finish_non_exhaustive()
    }
}

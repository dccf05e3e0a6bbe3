//! Sending events to the clients of a server.

use std::fmt;
use std::sync::Arc;

use super::connections::Connections;
use crate::record::Writer;
use crate::{Event, Timestamp};

/// Emits events to all clients of a server that have completed capabilities negotiation.
///
/// Cheap to clone, and usable from any thread or task, also after the server has stopped (then without effect). A
/// handler gets it from [`Context::events`](crate::Context::events), other code from
/// [`Server::events`](crate::Server::events).
///
/// Emitting never blocks. What a client does not read at once is buffered, up to
/// [`Limits::output_bytes`](crate::Limits::output_bytes); a client that lets more pile up is disconnected. It is not
/// sent an incomplete stream of events instead, because it could not tell: a client that reconnects queries the state
/// anew.
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
            self.connections.broadcast(&message(E::NAME, &data));
        }
    }
}

/// Returns the event as it is sent; `data` is omitted if it is empty.
fn message(name: &str, data: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    let now = Timestamp::now();
    out.literal("{\"timestamp\": {\"seconds\": ");
    out.signed(now.seconds);
    out.literal(", \"microseconds\": ");
    out.signed(now.microseconds);
    out.literal("}, \"event\": ");
    out.string(name);
    if data != b"{}" {
        out.literal(", \"data\": ");
        out.bytes_mut().extend(data);
    }
    out.literal("}\r\n");
    out.into_bytes()
}

impl fmt::Debug for EventEmitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventEmitter").finish_non_exhaustive()
    }
}

//! EventEmitter, on their way out.

use std::fmt;
use std::sync::Arc;

use crate::record::Writer;
use crate::server::connections::Connections;
use crate::{Event, Timestamp};

/// Emits events to all clients of a server that have negotiated. Cheap to clone; outlives the server.
///
/// Emitting never waits: what a client does not read at once is kept for it, up to
/// [`Limits::output_bytes`](crate::Limits::output_bytes). A client that lets more pile up is disconnected, because a
/// stream of events with holes is worse than none: who connects anew asks for the state anew.
#[derive(Clone)]
pub struct EventEmitter {
    connections: Arc<Connections>,
}

impl EventEmitter {
    pub(crate) fn new(connections: Arc<Connections>) -> Self {
        Self { connections }
    }

    /// Sends the event, with the time of this moment.
    pub fn emit<E: Event>(&self, event: E) {
        let mut data = Writer::new();
        event.write(&mut data);
        self.connections.broadcast(&message(E::NAME, &data.into_bytes()));
    }
}

/// The event as it stands on the wire; without data where the data is empty.
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

//! Control of a running server from outside of its handlers.

use std::sync::Arc;

use super::EventEmitter;
use super::connections::Connections;

/// Stops a server and emits its events, from any thread or task. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ServerHandle {
    events: EventEmitter,
    connections: Arc<Connections>,
}

impl ServerHandle {
    pub(super) fn new(connections: &Arc<Connections>) -> Self {
        Self { events: EventEmitter::new(connections), connections: Arc::clone(connections) }
    }

    /// Stops the server for good: it accepts no more connections, gives running commands one second to finish and be
    /// answered, then closes all connections, and `serve` returns.
    pub fn stop(&self) {
        self.connections.stop();
    }

    /// Returns the emitter of events.
    #[must_use]
    pub fn events(&self) -> &EventEmitter {
        &self.events
    }
}

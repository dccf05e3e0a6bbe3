//! An event as it is sent. All clients share one text of it.

use std::sync::Arc;

use crate::Timestamp;
use crate::record::Writer;

/// The name of an event, with the values of its key members. Of events with the same key, the newest supersedes the
/// others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::server) struct EventKey {
    pub(super) name: &'static str,
    /// The values of the key members, as JSON.
    pub(super) members: Arc<str>,
}

/// An event as it is sent.
#[derive(Debug)]
pub(in crate::server) struct EventMessage {
    text: Vec<u8>,
    /// The key, if the event has an entry in the server's table of rates.
    pub(super) key: Option<EventKey>,
}

impl EventMessage {
    /// Formats an event. `data` is an object as JSON text, and is omitted if it is empty.
    pub(super) fn new(name: &str, data: &[u8], timestamp: Timestamp, key: Option<EventKey>) -> Self {
        // Room for what is written beside the name and the data.
        let mut out = Writer::append_to(Vec::with_capacity(name.len() + data.len() + 96));
        out.literal("{\"timestamp\": {\"seconds\": ");
        out.signed(timestamp.seconds);
        out.literal(", \"microseconds\": ");
        out.signed(timestamp.microseconds);
        out.literal("}, \"event\": ");
        out.string(name);
        if data != b"{}" {
            out.literal(", \"data\": ");
            out.bytes_mut().extend_from_slice(data);
        }
        out.literal("}\r\n");
        Self { text: out.into_bytes(), key }
    }

    pub(in crate::server) fn text(&self) -> &[u8] {
        &self.text
    }

    /// Creates an event from its text, a whole message.
    #[cfg(any(test, feature = "proxy"))]
    pub(in crate::server) fn of_text(text: impl Into<Vec<u8>>, key: Option<EventKey>) -> Arc<Self> {
        Arc::new(Self { text: text.into(), key })
    }
}

//! The bounds of the events that wait for a client, and what happens beyond them.

/// Bounds of the events that wait for a client that does not read them at once, and what happens beyond.
///
/// The bounds apply to each client. The clients of a server share the text of an event, so that an event that waits for
/// many of them is in memory once.
///
/// ```
/// use qmp_types::server::{EventOverflow, EventQueueLimits};
///
/// let limits = EventQueueLimits::default().events(1000).bytes(1 << 20).overflow(EventOverflow::Disconnect);
/// // qmp::server(vm).event_queue(limits)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventQueueLimits {
    pub(super) events: usize,
    pub(super) bytes: usize,
    pub(super) overflow: EventOverflow,
}

/// What a server does with an event for which a client's queue has no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EventOverflow {
    /// Drops the oldest event that waits, and counts it in [`Counters::events_dropped`]. The client stays connected, and
    /// is not told that events are missing. This is the default.
    ///
    /// [`Counters::events_dropped`]: crate::server::Counters::events_dropped
    #[default]
    DropOldest,
    /// As long as a client does not read, keeps only the newest event of each key in the server's table of
    /// [`EventRates`](super::EventRates), at its place in the order, and counts those it replaces in
    /// [`Counters::events_coalesced`]. Events that are not in the table wait in full. At the bounds, the oldest event is
    /// dropped.
    ///
    /// [`Counters::events_coalesced`]: crate::server::Counters::events_coalesced
    Coalesce,
    /// Disconnects the client. A client then receives all events or loses its connection, and queries the state anew
    /// after it has reconnected.
    Disconnect,
}

impl EventQueueLimits {
    /// Sets how many events may wait for a client. Default: 65,536.
    #[must_use]
    pub fn events(mut self, count: usize) -> Self {
        self.events = count;
        self
    }

    /// Sets how many bytes of events may wait for a client. Default: 8 MiB.
    ///
    /// One event may wait whatever its size.
    #[must_use]
    pub fn bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes;
        self
    }

    /// Sets what happens with an event for which there is no room. Default: [`EventOverflow::DropOldest`].
    #[must_use]
    pub fn overflow(mut self, overflow: EventOverflow) -> Self {
        self.overflow = overflow;
        self
    }
}

impl Default for EventQueueLimits {
    fn default() -> Self {
        Self { events: 65_536, bytes: 8 << 20, overflow: EventOverflow::default() }
    }
}

//! A server's counters.

use std::sync::atomic::{AtomicU64, Ordering};

/// Defines [`Counters`] and its atomic twin from one list.
macro_rules! counters {
    ($($(#[$doc:meta])+ $name:ident,)+) => {
        /// The counters of a server, over all its sessions since it was created.
        ///
        /// [`ServerHandle::counters`](crate::ServerHandle::counters) returns them. They are always on, and cost an
        /// addition each. A reading is not a snapshot: counters that belong together may differ by the commands that run.
        ///
        /// ```
        /// # fn example(server: qmp_types::Server<()>) {
        /// let counters = server.handle().counters();
        /// println!("{} commands, {} of them failed", counters.commands, counters.errors);
        /// # }
        /// ```
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Counters {
            $($(#[$doc])+ pub $name: u64,)+
        }

        /// The counters as the sessions count.
        #[derive(Debug, Default)]
        pub(in crate::server) struct CounterCells {
            $(pub(in crate::server) $name: Cell,)+
        }

        impl CounterCells {
            /// Reads all counters.
            pub(in crate::server) fn read(&self) -> Counters {
                Counters { $($name: self.$name.0.load(Ordering::Relaxed),)+ }
            }
        }
    };
}

counters! {
    /// Connections that were accepted.
    sessions,
    /// Sessions that are open now.
    sessions_open,
    /// Connections that were closed at once, because the peer may not connect.
    sessions_refused,
    /// Messages that were received, malformed ones included.
    messages,
    /// Commands that were dispatched to their handlers, built-in ones included.
    commands,
    /// Commands of them that were executed out of band.
    commands_oob,
    /// Error replies, whatever the reason.
    errors,
    /// Commands that the authorisation hook or a read-only session has refused.
    unauthorized,
    /// Times that a session had to wait because of its rate of commands.
    delayed,
    /// Bytes that were received.
    bytes_received,
    /// Bytes that were sent.
    bytes_sent,
    /// Events that were emitted.
    events_emitted,
    /// Events that were lost because a newer one of the same key was emitted in its interval.
    events_limited,
    /// Events that were sent or buffered, counted for each client.
    events_queued,
    /// Events that were dropped because a client did not read, counted for each client.
    events_dropped,
    /// Events that a newer one has superseded because a client did not read, counted for each client.
    events_coalesced,
    /// Clients that were disconnected because they did not read their events.
    events_disconnected,
    /// The largest number of events that have waited for one client.
    event_queue_peak,
    /// The largest number of bytes that have waited for one client, replies and events.
    output_peak,
}

/// A counter.
#[derive(Debug, Default)]
pub(in crate::server) struct Cell(AtomicU64);

impl Cell {
    /// Adds to a sum. Returns the sum before.
    #[inline]
    pub(in crate::server) fn add(&self, count: u64) -> u64 {
        self.0.fetch_add(count, Ordering::Relaxed)
    }

    /// Subtracts from a sum.
    pub(in crate::server) fn subtract(&self, count: u64) {
        self.0.fetch_sub(count, Ordering::Relaxed);
    }

    /// Raises a maximum.
    #[inline]
    pub(in crate::server) fn raise(&self, value: usize) {
        let value = value as u64;
        // A read is cheaper than an atomic update, and a maximum rarely changes.
        if value > self.0.load(Ordering::Relaxed) {
            self.0.fetch_max(value, Ordering::Relaxed);
        }
    }
}

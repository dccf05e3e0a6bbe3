//! Bounds on what a client can make a server hold.

use crate::json::MessageLimits;

/// Bounds on the size of requests, and on the bytes that wait for a client that does not read. The defaults are
/// QEMU's, as far as QEMU has any.
///
/// ```
/// use qmp_types::Limits;
///
/// let limits = Limits::default().message_bytes(1 << 20).output_bytes(4 << 20);
/// // qmp::server(vm).limits(limits)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub(super) messages: MessageLimits,
    /// The maximum length of a request before negotiation.
    pub(super) unnegotiated: usize,
    pub(super) output: usize,
    /// How many bytes may wait for all clients together.
    pub(super) server_output: usize,
}

impl Limits {
    /// Sets the maximum length of a request in bytes, white space not counted. Default: 64 MiB.
    ///
    /// The white space of a request may have the same length in addition.
    #[must_use]
    pub fn message_bytes(mut self, bytes: usize) -> Self {
        self.messages.bytes = bytes;
        self
    }

    /// Sets the maximum length of a request of a client that has not completed capabilities negotiation, unless that of all
    /// requests is less. Default: 64 KiB.
    #[must_use]
    pub fn unnegotiated_bytes(mut self, bytes: usize) -> Self {
        self.unnegotiated = bytes;
        self
    }

    /// Sets the maximum number of JSON tokens in a request. Default: 2,097,152.
    #[must_use]
    pub fn tokens(mut self, tokens: usize) -> Self {
        self.messages.tokens = tokens;
        self
    }

    /// Sets the maximum nesting of objects and arrays in a request, the request itself included. Default: 1,024.
    ///
    /// Reading arguments takes stack in proportion to their nesting. With a limit of some thousands, threads need a larger
    /// stack than Rust's default.
    #[must_use]
    pub fn depth(mut self, depth: usize) -> Self {
        self.messages.depth = depth;
        self
    }

    /// Sets how many bytes may wait for a client that does not read. Default: 16 MiB.
    ///
    /// At this limit, the server reads no more requests of the client. Events have [bounds](crate::Server::event_queue) of
    /// their own.
    #[must_use]
    pub fn output_bytes(mut self, bytes: usize) -> Self {
        self.output = bytes;
        self
    }

    /// Sets how many bytes may wait for all clients together that do not read. Default: 64 MiB.
    ///
    /// At this limit, the server reads no more requests of the clients for which more than 64 KiB wait. The first 64 KiB of
    /// each client do not count, so that it stops no client that reads.
    #[must_use]
    pub fn server_output_bytes(mut self, bytes: usize) -> Self {
        self.server_output = bytes;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        let messages = MessageLimits::default();
        Self { messages, unnegotiated: 64 << 10, output: 16 << 20, server_output: 64 << 20 }
    }
}

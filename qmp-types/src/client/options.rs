//! How to connect.

use std::time::Duration;

/// How a client connects, where the defaults will not do. Both clients take the same options.
///
/// ```
/// use std::time::Duration;
/// use qmp_types::ClientOptions;
///
/// let options = ClientOptions::new().enable_oob().greeting_timeout(Duration::from_secs(1));
/// // qmp::Client::connect_unix_with("/run/vm.sock", &options)
/// ```
#[derive(Debug, Clone)]
pub struct ClientOptions {
    pub(crate) connect_timeout: Duration,
    pub(crate) greeting_timeout: Duration,
    pub(crate) oob: bool,
    pub(crate) guest_agent: bool,
}

impl ClientOptions {
    /// The defaults: 5 s for the socket to be there, 10 s for the greeting, no out-of-band execution.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            greeting_timeout: Duration::from_secs(10),
            oob: false,
            guest_agent: false,
        }
    }

    /// How long to retry while there is no socket yet, or nobody listens: a server takes a moment to start. With zero,
    /// there is one attempt. 5 s unless told.
    #[must_use]
    pub fn connect_timeout(self, limit: Duration) -> Self {
        Self { connect_timeout: limit, ..self }
    }

    /// How long to wait for the greeting and for the answer of each step that follows it. QEMU serves one client at a time
    /// and leaves the next waiting without a word. 10 s unless told.
    #[must_use]
    pub fn greeting_timeout(self, limit: Duration) -> Self {
        Self { greeting_timeout: limit, ..self }
    }

    /// Enables out-of-band execution (`call_oob`); a server that does not offer it is an error.
    #[must_use]
    pub fn enable_oob(self) -> Self {
        Self { oob: true, ..self }
    }

    /// The server is a guest agent: it sends no greeting and negotiates nothing. The connection may hold what an earlier
    /// client left there, so the first thing is to get in step by `guest-sync-delimited`.
    #[must_use]
    pub fn guest_agent(self) -> Self {
        Self { guest_agent: true, ..self }
    }
}

impl Default for ClientOptions {
    fn default() -> Self {
        Self::new()
    }
}

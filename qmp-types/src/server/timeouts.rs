//! How long a server waits for a client.

use std::time::Duration;

/// How long a server waits for a client before it disconnects it. Default: for ever.
///
/// ```
/// use std::time::Duration;
/// use qmp_types::server::Timeouts;
///
/// let timeouts = Timeouts::default().negotiation(Duration::from_secs(10)).message(Duration::from_secs(30));
/// // qmp::server(vm).timeouts(timeouts)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Timeouts {
    pub(super) connection: Option<Duration>,
    pub(super) negotiation: Option<Duration>,
    pub(super) idle: Option<Duration>,
    pub(super) message: Option<Duration>,
}

impl Timeouts {
    /// Limits how long a client may be connected at all.
    #[must_use]
    pub fn connection(self, limit: Duration) -> Self {
        Self { connection: Some(limit), ..self }
    }

    /// Limits the time from the connection to a successful capabilities negotiation.
    #[must_use]
    pub fn negotiation(self, limit: Duration) -> Self {
        Self { negotiation: Some(limit), ..self }
    }

    /// Limits the time in which a client sends nothing, while no command of it runs. A client that only listens to events
    /// sends nothing.
    #[must_use]
    pub fn idle(self, limit: Duration) -> Self {
        Self { idle: Some(limit), ..self }
    }

    /// Limits the time from the first to the last byte of a message.
    #[must_use]
    pub fn message(self, limit: Duration) -> Self {
        Self { message: Some(limit), ..self }
    }
}

//! Options for connecting to a server.

use std::time::Duration;

use crate::record::MissingMembers;
use crate::transport::ConnectOptions;
#[cfg(feature = "tls")]
use crate::transport::TlsCredentials;

/// How long an attempt to connect may take at least.
const MIN_ATTEMPT: Duration = Duration::from_secs(5);

/// Options for connecting to a server, for the blocking and the asynchronous client alike.
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
    pub(super) connect_timeout: Duration,
    pub(super) greeting_timeout: Duration,
    pub(super) oob: bool,
    pub(super) guest_agent: bool,
    pub(super) missing_members: MissingMembers,
    #[cfg(feature = "tls")]
    tls: Option<TlsCredentials>,
}

impl ClientOptions {
    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            greeting_timeout: Duration::from_secs(10),
            oob: false,
            guest_agent: false,
            missing_members: MissingMembers::Fill,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Sets how long to try again while the socket does not exist or no server listens on it, because the server may
    /// still be starting. With zero, there is one attempt. Default: 5 s.
    #[must_use]
    pub fn connect_timeout(self, limit: Duration) -> Self {
        Self { connect_timeout: limit, ..self }
    }

    /// Sets the treatment of members that the schema requires and the server does not send, because it is older than the
    /// schema. Default: [`MissingMembers::Fill`].
    ///
    /// If you generate the bindings from the schemas of all versions that you talk to (the option `also`), these members are
    /// `Option`s, and you see what is missing.
    #[must_use]
    pub fn missing_members(self, missing: MissingMembers) -> Self {
        Self { missing_members: missing, ..self }
    }

    /// Sets the certificates for `tls:` addresses, which need some. Default: none.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(self, credentials: TlsCredentials) -> Self {
        Self { tls: Some(credentials), ..self }
    }

    /// The options of one attempt to connect.
    pub(super) fn connect_options(&self) -> ConnectOptions {
        // At least one attempt is made, and gets some time.
        let options = ConnectOptions::new().timeout(self.connect_timeout.max(MIN_ATTEMPT));
        #[cfg(feature = "tls")]
        if let Some(credentials) = &self.tls {
            return options.tls(credentials.clone());
        }
        options
    }

    /// Sets how long to wait for the greeting, and then for the reply to the negotiation. Default: 10 s.
    ///
    /// QEMU serves one client at a time and sends nothing to the next one until the first has disconnected.
    #[must_use]
    pub fn greeting_timeout(self, limit: Duration) -> Self {
        Self { greeting_timeout: limit, ..self }
    }

    /// Enables out-of-band execution, for `call_oob`. Connecting fails if the server does not offer it. Default:
    /// disabled.
    #[must_use]
    pub fn enable_oob(self) -> Self {
        Self { oob: true, ..self }
    }

    /// Connects to a guest agent, which sends no greeting and does not negotiate. Default: to a QMP server.
    ///
    /// Bytes of an earlier client may still be on the connection, so the client synchronises with the agent by
    /// `guest-sync-delimited` first.
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

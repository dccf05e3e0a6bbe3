//! Options for connecting to a server.

use std::time::Duration;

use super::deadline::Deadline;
use super::process::Process;
use crate::record::MissingMembers;
use crate::transport::ConnectOptions;
#[cfg(feature = "tls")]
use crate::transport::TlsCredentials;
use crate::wire_log::WireLog;

/// Options for connecting to a server, for the blocking and the asynchronous client alike.
///
/// ```
/// use std::time::Duration;
/// use qmp_types::ClientOptions;
///
/// let options = ClientOptions::new().enable_oob().connect_timeout(Duration::from_secs(1));
/// // qmp::Client::connect_unix_with("/run/vm.sock", &options)
/// ```
#[derive(Debug, Clone)]
pub struct ClientOptions {
    pub(crate) connect_timeout: Duration,
    pub(super) waits_for_server: bool,
    pub(super) oob: bool,
    pub(crate) guest_agent: bool,
    pub(super) silence: Duration,
    pub(super) missing_members: MissingMembers,
    pub(super) event_capacity: usize,
    /// The server's process, if the client has started it.
    pub(super) process: Option<Process>,
    pub(super) wire_log: Option<WireLog>,
    #[cfg(feature = "tls")]
    tls: Option<TlsCredentials>,
}

impl ClientOptions {
    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            waits_for_server: true,
            oob: false,
            guest_agent: false,
            silence: Duration::from_secs(5),
            missing_members: MissingMembers::Fill,
            event_capacity: 1024,
            process: None,
            wire_log: None,
            #[cfg(feature = "tls")]
            tls: None,
        }
    }

    /// Sets how long connecting may take: until a server listens at the address, has accepted the connection, has
    /// greeted and has answered the negotiation. Default: 10 s.
    ///
    /// QEMU serves one client at a time and sends nothing to the next one until the first has disconnected.
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

    /// Makes one attempt to connect. Default: while the socket does not exist or no server listens on it, the client
    /// tries again until the time limit, because the server may still be starting.
    #[must_use]
    pub fn connect_once(self) -> Self {
        Self { waits_for_server: false, ..self }
    }

    /// Sets the certificates for `tls:` addresses, which need some. Default: none.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(self, credentials: TlsCredentials) -> Self {
        Self { tls: Some(credentials), ..self }
    }

    /// Shortens the time for connecting.
    pub(super) fn connect_timeout_at_most(self, limit: Duration) -> Self {
        Self { connect_timeout: self.connect_timeout.min(limit), ..self }
    }

    /// The options for a server that the client has started.
    pub(super) fn of_process(self, process: Process) -> Self {
        Self { process: Some(process), waits_for_server: true, ..self }
    }

    /// Starts the time for connecting.
    pub(super) fn deadline(&self) -> Deadline {
        Deadline::after(self.connect_timeout)
    }

    /// The options of one attempt to connect.
    pub(crate) fn connect_options(&self, limit: Duration) -> ConnectOptions {
        // The system rejects a limit of zero.
        let options = ConnectOptions::new().timeout(limit.max(Duration::from_millis(1)));
        #[cfg(feature = "tls")]
        if let Some(credentials) = &self.tls {
            return options.tls(credentials.clone());
        }
        options
    }

    /// Enables out-of-band execution, for `call_oob`. Connecting fails if the server does not offer it. Default:
    /// disabled.
    #[must_use]
    pub fn enable_oob(self) -> Self {
        Self { oob: true, ..self }
    }

    /// Sets how many events each [stream](crate::blocking::EventStream) and the connection's own queue hold until they
    /// are taken. If a queue is full, events are lost, and the stream reports their
    /// [number](crate::Error::lost_events). Default: 1,024. At least 1.
    #[must_use]
    pub fn event_capacity(self, events: usize) -> Self {
        Self { event_capacity: events, ..self }
    }

    /// Sets after how long a command without a success reply counts as successful, if there is neither an error nor another
    /// sign of life. Default: 5 s.
    ///
    /// A guest agent replies to `guest-shutdown` and the like only if they fail, and the guest may then be gone without
    /// closing the connection. The client sends another request after such a command. The call succeeds as soon as that is
    /// answered or the connection is closed. Otherwise it succeeds after this time, or after the time limit of the call if
    /// that is shorter, and it is not known whether the agent has executed the command.
    #[must_use]
    pub fn silence_limit(self, limit: Duration) -> Self {
        Self { silence: limit, ..self }
    }

    /// Logs all bytes that the client sends and receives. Default: they are not logged.
    ///
    /// The log may be shared by any number of clients: each connection has a number. A log of a session can be
    /// replayed without the server: see [`testing`](crate::testing).
    ///
    /// ```no_run
    /// use qmp_types::ClientOptions;
    /// use qmp_types::blocking::Client;
    /// use qmp_types::client::WireLog;
    ///
    /// let options = ClientOptions::new().wire_log(WireLog::create("/tmp/vm.jsonl")?);
    /// let vm = Client::connect_with("/run/vm.sock", &options)?;
    /// # Ok::<(), qmp_types::Error>(())
    /// ```
    #[must_use]
    pub fn wire_log(self, log: WireLog) -> Self {
        Self { wire_log: Some(log), ..self }
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

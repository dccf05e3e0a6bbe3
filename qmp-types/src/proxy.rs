//! One server shared by many clients (feature `proxy`).
//!
//! QEMU's monitor serves one client at a time. A [`Proxy`] is its only client, and serves any number of others, each as the
//! server itself would: with the server's greeting, its own negotiation and out-of-band execution, replies to its own
//! requests alone, and all events. The texts of return values, errors and events are passed on as they came.
//!
//! To use it, name the server's address, add [listeners](Proxy::listen) with their [rules](AccessControl), keep a
//! [handle](Proxy::handle), and [`run`](Proxy::run) it. The command `qmp proxy` does this.
//!
//! # What clients share
//!
//! The server sees one client, so what belongs to a monitor is shared by all clients: the names of `getfd`, and descriptor
//! sets. They stay when a client leaves, as they do when a client leaves QEMU itself; use names that no other client uses.
//! Commands of different clients are executed in the order of their arrival, one at a time per client.
//!
//! # Limits
//!
//! - Each client has at most one in-band and one out-of-band command at the server, so a client that sends many waits in turn
//!   with the others. Up to eight more wait in its session, the rest in its socket.
//! - Replies and events that a client does not read are bounded as those of a [`Server`] are: see [`Proxy::limits`] and
//!   [`Proxy::event_queue`].
//! - A descriptor is passed on with the commands that [take one](Proxy::fd_commands), the first of a message only.
//! - Guest agents, with [`ClientOptions::guest_agent`], have to echo ids, as QEMU's do since 4.0. Each client is synchronised
//!   for itself. While the agent does not answer, no client's command is executed.
//!
//! [`Server`]: crate::Server

mod calls;
mod clients;
mod connector;
mod event_loop;
mod outgoing;
mod requests;
mod server_link;
mod server_side;
mod settings;

use std::fmt;

use clients::Door;
use event_loop::EventLoop;
use settings::Settings;
pub use settings::{Notice, ProxyEnd, WhenServerEnds};

use crate::server::{AccessControl, EventQueueLimits, Timeouts, WireLog};
use crate::transport::{Address, AddressError, Listener};
use crate::{ClientOptions, Limits, Result, Server, ServerHandle};

/// QEMU's commands that take a descriptor.
const FD_COMMANDS: [&str; 2] = ["getfd", "add-fd"];

/// The limits of requests: QEMU's, with room for the id that the proxy adds. A server that refuses a request for its size
/// replies without an id, and may take the rest of it for further requests.
const MESSAGE_BYTES: usize = (64 << 20) - 64;
const TOKENS: usize = (2 << 20) - 8;

/// Serves many clients with one server.
///
/// # Examples
///
/// A monitor for two groups of clients: one may do everything, the other may only look.
///
/// ```no_run
/// use qmp_types::proxy::Proxy;
/// use qmp_types::server::{AccessControl, ReadOnly};
/// use qmp_types::transport::Listener;
///
/// # fn main() -> qmp_types::Result<()> {
/// let proxy = Proxy::new("/run/vm/monitor.sock")?
///     .listen(Listener::bind("/run/vm/admin.sock")?, AccessControl::new())
///     .listen(Listener::bind("/run/vm/watch.sock")?, AccessControl::new().read_only(ReadOnly::queries()));
/// proxy.run()?;
/// # Ok(())
/// # }
/// ```
pub struct Proxy {
    settings: Settings,
    doors: Vec<Door>,
    protocol: Server<()>,
}

impl Proxy {
    /// Creates a proxy for the server at an address. [`run`](Self::run) connects to it.
    ///
    /// # Errors
    /// If the address is malformed.
    pub fn new(server: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        let settings = Settings {
            address: Address::from_any(server)?,
            client_options: ClientOptions::new(),
            when_server_ends: WhenServerEnds::default(),
            fd_commands: FD_COMMANDS.map(str::to_owned).into(),
            on_notice: None,
        };
        let limits = Limits::default().message_bytes(MESSAGE_BYTES).tokens(TOKENS);
        Ok(Self { settings, doors: Vec::new(), protocol: Server::relay().limits(limits) })
    }

    /// Adds a listener, with the rules for its clients. Its clients wait until the server has greeted.
    #[must_use]
    pub fn listen(mut self, listener: impl Into<Listener>, access: AccessControl) -> Self {
        self.doors.push(Door { listener: listener.into(), access, is_exhausted: false });
        self
    }

    /// Sets how to connect to the server: the time limit, the certificates, and whether it is a guest agent. Out-of-band execution is enabled if
    /// the server offers it.
    #[must_use]
    pub fn client_options(mut self, options: ClientOptions) -> Self {
        self.settings.client_options = options;
        self
    }

    /// Sets what happens when the connection to the server ends. Default: [`WhenServerEnds::Disconnect`].
    #[must_use]
    pub fn when_server_ends(mut self, policy: WhenServerEnds) -> Self {
        self.settings.when_server_ends = policy;
        self
    }

    /// Sets the commands that take a descriptor, which a client sends ahead of them. They are sent while no other command is
    /// outstanding. Default: QEMU's, `getfd` and `add-fd`.
    #[must_use]
    pub fn fd_commands<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.settings.fd_commands = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets how large requests may be, and how many bytes may wait for a client that does not read. Default: QEMU's limits of
    /// requests less a few bytes, since the proxy adds an id, and those of [`Limits`] for the rest.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { protocol: self.protocol.limits(limits), ..self }
    }

    /// Sets how many events may wait for a client that does not read, and what happens with more.
    #[must_use]
    pub fn event_queue(self, limits: EventQueueLimits) -> Self {
        Self { protocol: self.protocol.event_queue(limits), ..self }
    }

    /// Sets how long the proxy waits for a client. Default: for ever.
    #[must_use]
    pub fn timeouts(self, timeouts: Timeouts) -> Self {
        Self { protocol: self.protocol.timeouts(timeouts), ..self }
    }

    /// Logs the bytes of all clients.
    #[must_use]
    pub fn wire_log(self, log: WireLog) -> Self {
        Self { protocol: self.protocol.wire_log(log), ..self }
    }

    /// Calls the function whenever the proxy has connected to the server, and when that connection has ended. It is called
    /// on the thread that runs the proxy, so it must be quick.
    ///
    /// ```
    /// # fn example(proxy: qmp_types::proxy::Proxy) -> qmp_types::proxy::Proxy {
    /// use qmp_types::proxy::Notice;
    ///
    /// proxy.on_notice(|notice| match notice {
    ///     Notice::Connected { greeting: Some(greeting) } => eprintln!("connected to version {}", greeting.version),
    ///     Notice::Disconnected { reason } => eprintln!("disconnected: {reason}"),
    ///     _ => {}
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn on_notice(mut self, call: impl Fn(&Notice<'_>) + Send + 'static) -> Self {
        self.settings.on_notice = Some(Box::new(call));
        self
    }

    /// Returns a handle that stops the proxy, disables commands for its clients, and counts what they do.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.protocol.handle()
    }

    /// Connects to the server and serves clients on the current thread, until a [handle](Self::handle) stops the proxy.
    ///
    /// When it is stopped, commands that run may finish and be answered, for one second at most. Then all clients are
    /// disconnected. The server is not affected.
    ///
    /// # Errors
    /// If the first connection to the server fails, does not begin with a greeting or is not ready within the
    /// [time limits](Self::client_options); or if the system does not accept clients at all.
    pub fn run(self) -> Result<ProxyEnd> {
        let is_agent = self.settings.client_options.guest_agent;
        let protocol = if is_agent { self.protocol.guest_agent() } else { self.protocol };
        EventLoop::new(self.settings, protocol, self.doors)?.run()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy").field("settings", &self.settings).field("doors", &self.doors).finish_non_exhaustive()
    }
}

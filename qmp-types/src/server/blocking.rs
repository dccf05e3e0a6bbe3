//! The server that user code configures, and its blocking way to serve: a thread per connection.

mod accept;
mod connection;
mod oob;
mod settings;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::client_limit::{ClientLimit, WhenFull};
use super::erased::{ErasedServer, connection_result};
use super::service::{Call, Ended, Executor, Handlers, Service, SharedExecutor};
use super::session::{Protocol, ServerSchema, Session, UnknownCommands};
use super::unknown_command::{UnknownCommand, WithFallback};
use super::waker_link::WakerLink;
use super::{Connection, Entry, EventEmitter, Limits, Policy, ServerHandle, Timeouts};
use crate::record::Writer;
use crate::transport::{Address, AddressError, ConnectOptions, Listener, Stream};
use crate::{Command, CommandSpec, Result, Value};

/// A QMP server: a state of type `S`, whose handlers execute the commands.
///
/// Generated code creates it: `qmp::server(vm)`. The compiler rejects that if a command of the schema has no handler.
///
/// Greeting, capabilities negotiation and the commands `query-version`, `query-commands` and `query-qmp-schema` are
/// built in. A server serves any number of clients at the same time: each connection has a thread of its own, on which
/// its commands run one after the other, and every client receives the events. A client that enables out-of-band
/// execution has a second thread, so that the commands that allow it overtake the others.
///
/// To use it, configure it ([`version`](Self::version), [`package`](Self::package), [`limits`](Self::limits)), keep a
/// [`handle`](Self::handle) or the [`events`](Self::events) for other threads, then serve: on an address with
/// [`serve_address`](Self::serve_address), a listener with [`serve`](Self::serve), one connection with
/// [`serve_stream`](Self::serve_stream), or asynchronously after [`tokio`](Self::tokio). In an event loop of your own,
/// serve each client with a [`connection`](Self::connection), or a [`session`](Self::session) without a socket.
///
/// ```no_run
/// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
/// server.version(9, 2, 0).serve_unix("/run/vm.sock")?;
/// # Ok(())
/// # }
/// ```
pub struct Server<S> {
    state: Arc<S>,
    pub(super) erased: ErasedServer,
}

impl<S: Send + Sync + 'static> Server<S> {
    /// Creates a server with these handlers. For generated code.
    #[doc(hidden)]
    pub fn new(state: S, entries: &'static [Entry<S>], schema: &ServerSchema) -> Self {
        let state = Arc::new(state);
        let service = Arc::new(Handlers { state: Arc::clone(&state), entries });
        Self::with_service(state, service, entries.iter().map(|entry| entry.spec), schema.all_entries())
    }

    /// Sets the handler of commands that the schema does not define. Without one, or if it returns `None`, such a command is
    /// an error of the class `CommandNotFound`.
    ///
    /// The handler receives the state and the command: its name, its arguments as JSON, its context. It may take long. Only
    /// in-band commands are passed to it, and none before machine initialisation.
    ///
    /// ```
    /// use qmp_types::Error;
    /// use serde_json::json;
    ///
    /// # struct Vm;
    /// # fn example(server: qmp_types::Server<Vm>) -> qmp_types::Server<Vm> {
    /// server.fallback(|vm: &Vm, command| match command.name() {
    ///     "x-vendor-echo" => Some(Ok(json!(command.arguments()))),
    ///     name if name.starts_with("x-vendor-") => Some(Err(Error::new("VendorError", "not implemented"))),
    ///     _ => None,
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn fallback<F>(mut self, handler: F) -> Self
    where
        F: Fn(&S, &UnknownCommand<'_>) -> Option<Result<Value>> + Send + Sync + 'static,
    {
        let known = Arc::clone(&self.erased.service);
        let state = Arc::clone(&self.state);
        self.erased.service = Arc::new(WithFallback { known, state, fallback: handler });
        self.protocol().unknown_commands = UnknownCommands::Handled;
        self
    }
}

impl<S> Server<S> {
    /// Creates a server. `introspection` is the reply to `query-qmp-schema`.
    pub(crate) fn with_service(
        state: Arc<S>,
        service: Arc<dyn Service>,
        handlers: impl Iterator<Item = &'static CommandSpec>,
        introspection: String,
    ) -> Self {
        let protocol = Arc::new(Protocol::new(handlers, introspection));
        Self {
            state,
            erased: ErasedServer {
                service,
                protocol,
                connections: Arc::default(),
                watchdog: Arc::default(),
                client_limit: ClientLimit::NONE,
            },
        }
    }

    pub(super) fn with_state(self, state: S) -> Self {
        Self { state: Arc::new(state), ..self }
    }

    /// Sets the version in the greeting and in the reply to `query-version`. Default: that of this crate.
    ///
    /// Clients take it for QEMU's version, and decide by it which commands and arguments to use.
    #[must_use]
    pub fn version(mut self, major: u32, minor: u32, micro: u32) -> Self {
        self.protocol().version.qemu = (major, minor, micro);
        self
    }

    /// Sets the free text beside the version. Default: empty.
    #[must_use]
    pub fn package(mut self, package: impl Into<String>) -> Self {
        self.protocol().version.package = package.into();
        self
    }

    /// Sets how large requests may be, and how many bytes may wait for a client that does not read.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.protocol().limits = limits;
        self
    }

    /// Sets how long the server waits for a client. Default: for ever.
    #[must_use]
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.protocol().timeouts = timeouts;
        self
    }

    /// Sets how long the server waits when it is stopped: for commands that run, and for clients to read their replies. Then
    /// it closes all connections. Default: 1 s.
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        self.erased.connections.shutdown.set_grace(grace);
        self
    }

    /// Sets whether the greeting offers out-of-band execution. Default: yes.
    ///
    /// A client that enables it may execute the commands with `allow-oob` while another command runs.
    #[must_use]
    pub fn oob(mut self, offered: bool) -> Self {
        self.protocol().offers_oob = offered;
        self
    }

    /// Sets whether messages have a line for each member and item, like those of QEMU's option `pretty=on`. Default: no.
    ///
    /// A client that takes each line for a message fails on them. [`Session::set_pretty`] sets it for one session.
    #[must_use]
    pub fn pretty(mut self, pretty: bool) -> Self {
        self.protocol().style.pretty = pretty;
        self
    }

    /// Makes the server speak as QEMU's guest agent does: without greeting and capabilities negotiation, without the
    /// built-in commands, without out-of-band execution, and in lines that end in LF alone.
    ///
    /// Events are sent to no client. [`guest_agent_handlers!`](crate::guest_agent_handlers) makes the handlers of the
    /// commands that every agent has, and shows an example.
    #[must_use]
    pub fn guest_agent(mut self) -> Self {
        self.protocol().become_guest_agent();
        self
    }

    /// Sets the policy on deprecated and unstable parts of the schema, as QEMU's option `-compat` does. Default: they are
    /// accepted and sent.
    ///
    /// ```
    /// # fn example(server: qmp_types::Server<()>) -> qmp_types::Server<()> {
    /// use qmp_types::server::{InputPolicy, Policy};
    ///
    /// server.policy(Policy::default().deprecated_input(InputPolicy::Reject))
    /// # }
    /// ```
    #[must_use]
    pub fn policy(self, policy: Policy) -> Self {
        self.erased.connections.permissions.set_policy(policy);
        self
    }

    /// Disables a command from the start. The error that clients receive contains the reason, unless that is empty.
    /// [`ServerHandle::enable`] enables it.
    #[must_use]
    pub fn disable(self, command: &str, reason: impl Into<Cow<'static, str>>) -> Self {
        self.erased.connections.permissions.disable(command, reason.into());
        self
    }

    /// Starts in the state before machine initialisation, as QEMU's option `-preconfig` does: only commands with
    /// `allow-preconfig` in the schema, and built-in commands, are executed. [`ServerHandle::end_preconfig`] ends it, for
    /// example in the handler of a command:
    ///
    /// ```
    /// fn x_exit_preconfig(cx: &qmp_types::Context) -> qmp_types::Result<()> {
    ///     match cx.handle().end_preconfig() {
    ///         true => Ok(()),
    ///         false => Err(qmp_types::Error::generic("The command is permitted only before machine initialization")),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn preconfig(self) -> Self {
        self.erased.connections.permissions.set_preconfig(true);
        self
    }

    /// Returns the commands that have a handler, sorted by name.
    pub(super) fn handled_commands(&self) -> Vec<&'static CommandSpec> {
        self.erased.protocol.handled_commands()
    }

    /// Announces commands that the schema does not define: they are in the reply to `query-commands`. The handler of unknown
    /// commands executes them.
    ///
    /// ```
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Server<S> {
    /// server.announce_commands(["x-vendor-reset"]).fallback(|_, command| match command.name() {
    ///     "x-vendor-reset" => Some(Ok(serde_json::json!({}))),
    ///     _ => None,
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn announce_commands<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.protocol().announce(names.into_iter().map(Into::into));
        self
    }

    /// Makes the command `C` ignore arguments that the schema does not define, which are errors otherwise. That concerns
    /// its own arguments, not members of values in them.
    ///
    /// For example `server.ignore_unknown_arguments::<qmp::commands::DeviceAdd>()`.
    #[must_use]
    pub fn ignore_unknown_arguments<C: Command>(mut self) -> Self {
        self.protocol().ignore_unknown.push(C::SPEC.name);
        self
    }

    pub(super) fn protocol(&mut self) -> &mut Protocol {
        Arc::make_mut(&mut self.erased.protocol)
    }

    /// Returns the state that the handlers work on.
    #[must_use]
    pub fn state(&self) -> &Arc<S> {
        &self.state
    }

    /// Returns the emitter of events.
    #[must_use]
    pub fn events(&self) -> EventEmitter {
        EventEmitter::new(&self.erased.connections)
    }

    /// Returns a handle that stops the server.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        ServerHandle::new(&self.erased.connections)
    }

    /// Sets how many clients that listeners accept are served at the same time, and what happens to further ones. Clients
    /// that [`serve_stream`](Self::serve_stream) serves, and those of an event loop of one's own, do not count. Default: any
    /// number.
    ///
    /// ```
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Server<S> {
    /// use qmp_types::server::WhenFull;
    ///
    /// server.max_clients(1, WhenFull::Wait) // as QEMU's sockets do
    /// # }
    /// ```
    #[must_use]
    pub fn max_clients(mut self, count: usize, when_full: WhenFull) -> Self {
        self.erased.client_limit = ClientLimit { count, when_full };
        self
    }

    /// Begins a session without a socket, for an event loop of one's own. The greeting is its first output.
    #[must_use]
    pub fn session(&self) -> Session {
        self.erased.session(Arc::new(WakerLink::default()))
    }

    /// Begins a session on a socket, for an event loop of one's own. Nothing is sent before
    /// [`on_ready`](Connection::on_ready) is called.
    #[must_use]
    pub fn connection(&self, stream: impl Into<Stream>) -> Connection {
        Connection::new(stream.into(), |link| self.erased.session(link))
    }
}

impl<S: Send + Sync> Server<S> {
    /// Listens on an [`Address`], and serves clients until a handler or a [handle](Self::handle) stops the server. At
    /// `stdio`, and at a descriptor that is a connection, there is one client, and this returns when it has disconnected.
    ///
    /// To do something between listening and serving, such as writing a file with the process id, call
    /// [`Listener::bind`] and [`serve`](Self::serve).
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// server.serve_address("tcp:127.0.0.1:4444")
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`Listener::bind`].
    pub fn serve_address(&self, address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<()> {
        self.serve(Listener::bind(address)?)
    }

    /// Listens on a Unix socket at `path`, and serves clients until the server is stopped, as
    /// [`serve_address`](Self::serve_address) does. The path is not parsed.
    ///
    /// Only the current user may connect (mode 0600). The socket file appears in one step, in place of the file of a
    /// server that has died, and is removed at the end.
    ///
    /// # Errors
    /// - `AddrInUse` if a server is listening at the path.
    /// - `AlreadyExists` if the path exists and is not a socket.
    /// - `InvalidFilename` if the path is too long for a socket (about 100 bytes).
    /// - Any other error of the system.
    pub fn serve_unix(&self, path: impl AsRef<Path>) -> Result<()> {
        self.serve_address(path.as_ref())
    }

    /// Serves clients of a listener until the server is stopped: a [`Listener`], or a `UnixListener` or `TcpListener` of
    /// the standard library, which becomes non-blocking.
    ///
    /// # Errors
    /// If the system does not accept connections at all. Running out of descriptors or memory only delays clients.
    pub fn serve(&self, listener: impl Into<Listener>) -> Result<()> {
        accept::serve(&self.erased, &[listener.into()])
    }

    /// Serves clients of several listeners until the server is stopped.
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// use qmp_types::transport::Listener;
    ///
    /// server.serve_all([Listener::bind("/run/vm.sock")?, Listener::bind("tcp:127.0.0.1:4444")?])
    /// # }
    /// ```
    ///
    /// # Errors
    /// As for [`serve`](Self::serve).
    pub fn serve_all(&self, listeners: impl IntoIterator<Item = Listener>) -> Result<()> {
        accept::serve(&self.erased, &listeners.into_iter().collect::<Vec<_>>())
    }

    /// Connects to a client that listens at an [`Address`], and serves it until it disconnects or the server is stopped.
    /// With [`ConnectOptions::reconnect`], connects again then, until the server is stopped.
    ///
    /// ```no_run
    /// # fn example<S: Send + Sync + 'static>(server: qmp_types::Server<S>) -> qmp_types::Result<()> {
    /// use std::time::Duration;
    /// use qmp_types::transport::ConnectOptions;
    ///
    /// let options = ConnectOptions::new().reconnect(Duration::from_millis(100), Duration::from_secs(10));
    /// server.connect_and_serve("/run/manager.sock", &options)
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the address is malformed; without `reconnect`, also if the connection cannot be made or fails.
    pub fn connect_and_serve(
        &self,
        address: impl TryInto<Address, Error: Into<AddressError>>,
        options: &ConnectOptions,
    ) -> Result<()> {
        accept::connect_and_serve(&self.erased, &Address::from_any(address)?, options)
    }

    /// Serves one connected client on the current thread, until it disconnects or the server is stopped.
    ///
    /// # Errors
    /// If the connection fails. A client that disconnects is not an error.
    pub fn serve_stream(&self, stream: impl Into<Stream>) -> Result<()> {
        connection_result(connection::serve(&self.erased, stream.into()))
    }

    /// Turns the server into an asynchronous one.
    #[cfg(feature = "tokio")]
    #[must_use]
    pub fn tokio(self) -> crate::tokio::Server<S> {
        super::tokio::Server::new(self.state, self.erased)
    }
}

impl<S: Send + Sync> Executor for &Server<S> {
    fn execute(&mut self, call: &Call<'_>, out: &mut Writer) -> Ended {
        (&*self.erased.service).execute(call, out)
    }
}

impl<S: Send + Sync> SharedExecutor for Server<S> {
    fn service(&self) -> &Arc<dyn Service> {
        &self.erased.service
    }
}

impl<S> fmt::Debug for Server<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("protocol", &self.erased.protocol).finish_non_exhaustive()
    }
}

//! The blocking client.

mod connection;
mod events;
mod in_process;
mod interrupt;
mod pending_call;
#[cfg(all(test, shuttle))]
mod races;
mod sync;
mod transport;
#[cfg(feature = "qemu")]
mod weak;

use std::borrow::Cow;
use std::fmt;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use self::connection::BlockingConnection;
pub use self::events::{EventStream, ExpectedEvent};
pub use self::in_process::InProcess;
pub use self::pending_call::PendingCall;
#[cfg(feature = "qemu")]
pub(crate) use self::weak::WeakClient;
use crate::client::connect_retry::ConnectRetry;
use crate::client::core::{EndWaiter, ErrorWaiter, EventWaiter, Request, Subscriptions};
use crate::client::deadline::Deadline;
use crate::client::event_predicate::{decoding, names_of};
use crate::client::introspection::Introspection;
use crate::client::process::Process;
use crate::client::shared_connection::{Share, SharedConnection};
use crate::client::spawn::{Endpoint, Spawn, Spawned, explain_silence};
use crate::client::{Blocking, ClientOptions, Execute, Greeting, Invocation, Timestamped};
use crate::command::Definition;
use crate::record::Field;
use crate::transport::{Address, AddressError, Stream};
use crate::{AnyEvent, Command, Error, OobCommand, Result};

/// A connection to a QMP server, for blocking code.
///
/// Generated code wraps it: `qmp::blocking::Client` dereferences to this type, and adds a method per command. Without
/// generated code, commands are called by name:
///
/// ```no_run
/// use qmp_types::blocking::Client;
/// use serde_json::json;
///
/// let vm = Client::connect_unix("/run/vm.sock")?;
/// println!("{}", vm.call_raw("query-status", &json!({}))?);
/// # Ok::<(), qmp_types::Error>(())
/// ```
///
/// Clones share the connection, and any number of threads may call at the same time, as replies are matched by id.
/// There is no thread behind the client: a waiting caller reads from the socket on behalf of all waiters. The
/// connection ends when the last clone is dropped, or [closed](Self::close). Streams of events end with it.
///
/// # Errors
/// A call fails with
/// - an error of the server, with its [`class`](crate::Error::class) and [`desc`](crate::Error::desc);
/// - [`is_timeout`](crate::Error::is_timeout), if the time limit has passed;
/// - [`is_protocol`](crate::Error::is_protocol), if the reply does not match the schema;
/// - [`is_closed`](crate::Error::is_closed) or an [IO error](crate::Error::io), if the connection has ended.
///
/// After the first three the connection remains usable.
#[derive(Clone)]
pub struct Client {
    connection: Share<BlockingConnection>,
    limit: Option<Duration>,
}

impl Client {
    /// Connects to the server at an [`Address`] and negotiates, with the default [options](ClientOptions::new): waits
    /// for a server that is starting, and for the greeting.
    ///
    /// The address may be a text, such as `/run/vm.sock` or `tcp:127.0.0.1:4444`, a path or an [`Address`].
    ///
    /// # Errors
    /// If the address is malformed, no server listens there, the server does not greet (another client may be
    /// connected), or the peer does not speak QMP.
    pub fn connect(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, &ClientOptions::new())
    }

    /// Connects as [`connect`](Self::connect) does, with other options.
    ///
    /// # Errors
    /// As for `connect`, or if the server does not offer what an option enables.
    pub fn connect_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        options: &ClientOptions,
    ) -> Result<Self> {
        let address = Address::from_any(address)?;
        let retry = ConnectRetry::new(&address, options);
        loop {
            match Stream::try_connect(&address, &retry.attempt()) {
                Ok(stream) => return Self::open(stream, options, retry.deadline()),
                Err(error) => std::thread::sleep(retry.pause_after(error)?),
            }
        }
    }

    /// Connects to the server on a Unix socket, as [`connect`](Self::connect) does. The path is not parsed.
    ///
    /// # Errors
    /// As for `connect`.
    pub fn connect_unix(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect(path.as_ref())
    }

    /// Connects to the server on a Unix socket, as [`connect_with`](Self::connect_with) does. The path is not parsed.
    ///
    /// # Errors
    /// As for `connect_with`.
    pub fn connect_unix_with(path: impl AsRef<Path>, options: &ClientOptions) -> Result<Self> {
        Self::connect_with(path.as_ref(), options)
    }

    /// Connects to the guest agent at an [`Address`], and [synchronises](ClientOptions::guest_agent) with it.
    ///
    /// # Errors
    /// If the address is malformed, no process listens there, or the peer does not reply as a guest agent does.
    pub fn connect_guest_agent(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, &ClientOptions::new().guest_agent())
    }

    /// Starts a server, connects to it and negotiates. The client owns the process: it ends when the last clone is
    /// dropped. Dropping waits for its end.
    ///
    /// See [`Spawn`](crate::client::Spawn), which describes the command and the socket.
    ///
    /// # Errors
    /// If the program cannot be started, ends, or does not greet in time. The error has its exit status and its last
    /// messages. As for [`connect_with`](Self::connect_with) otherwise.
    pub fn spawn(spawn: impl Into<Spawn>) -> Result<Self> {
        let Spawned { process, endpoint, options } = spawn.into().start(true)?;
        let client = match endpoint {
            Endpoint::Stream(stream) => {
                let client = Self::from_stream_with(stream, &options);
                client.map_err(|error| explain_silence(error, &options))
            }
            Endpoint::Address(address) => Self::connect_with(address, &options),
        };
        let client = client.map_err(|error| process.process.explain(error))?;
        client.connection.own(process);
        Ok(client)
    }

    /// Returns the server's process, if the client has [started](Self::spawn) it.
    #[must_use]
    pub fn process(&self) -> Option<Process> {
        self.connection.process()
    }

    /// Takes over a connected stream and negotiates: a `UnixStream` or `TcpStream` of the standard library, or one end
    /// of a [`Stream::pair`].
    ///
    /// # Errors
    /// If the server does not greet, or the peer does not speak QMP.
    pub fn from_stream(stream: impl Into<Stream>) -> Result<Self> {
        Self::from_stream_with(stream, &ClientOptions::new())
    }

    /// Takes over a connected stream as [`from_stream`](Self::from_stream) does, with other options.
    ///
    /// # Errors
    /// As for `from_stream`, or if the server does not offer what an option enables.
    pub fn from_stream_with(stream: impl Into<Stream>, options: &ClientOptions) -> Result<Self> {
        Self::open(stream.into(), options, options.deadline())
    }

    fn open(stream: Stream, options: &ClientOptions, deadline: Deadline) -> Result<Self> {
        let connection = BlockingConnection::open(stream, options, deadline)?;
        Ok(Self { connection: Share::new(connection), limit: None })
    }

    /// Returns a client of the same connection that gives up every call, and every wait for an event, after this time.
    ///
    /// The error then satisfies [`is_timeout`](crate::Error::is_timeout). The command may have been executed
    /// nevertheless; a late reply is dropped.
    #[must_use]
    pub fn timeout(&self, limit: Duration) -> Self {
        Self { connection: self.connection.clone(), limit: Some(limit) }
    }

    /// Executes a command. The generated methods call this.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call<C: Command>(&self, arguments: C::Arguments) -> Result<C::Return> {
        self.execute(Invocation::<C>::new(arguments))
    }

    /// Executes a command out of band: before the commands that the server has queued.
    ///
    /// The connection must have been made with [`ClientOptions::enable_oob`].
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_oob<C: OobCommand>(&self, arguments: C::Arguments) -> Result<C::Return> {
        self.execute(Invocation::<C>::new(arguments).out_of_band())
    }

    /// Executes a command that takes a file descriptor, such as `getfd` or `add-fd`. Needs a Unix socket.
    ///
    /// With the generator's option `fd_commands`, the methods of such commands take it: `vm.getfd("fd0", &file)`.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_with_fd<C: Command>(&self, arguments: C::Arguments, fd: impl AsFd) -> Result<C::Return> {
        self.execute(Invocation::<C>::new(arguments).with_fd(fd))
    }

    /// Begins a call, without waiting: a thread can so have several in flight.
    ///
    /// The command is sent together with others that were begun, when a thread waits on the connection: in
    /// [`PendingCall::wait`], in another call, or for an event.
    ///
    /// ```no_run
    /// # use qmp_types::Command;
    /// # fn example<QueryStatus: Command<Arguments = ()>, QueryName: Command<Arguments = ()>>(
    /// #     vm: qmp_types::blocking::Client,
    /// # ) -> qmp_types::Result<()> {
    /// // With generated code: `commands::QueryStatus`.
    /// let (status, name) = (vm.begin::<QueryStatus>(())?, vm.begin::<QueryName>(())?);
    /// // Sends both commands at once.
    /// let (status, name) = (status.wait()?, name.wait()?);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn begin<C: Command>(&self, arguments: C::Arguments) -> Result<PendingCall<C::Return>> {
        self.begin_request(Request::of::<C>(), C::SPEC.name.into(), &arguments, C::Return::blank())
    }

    /// Begins a call by its name, as [`begin`](Self::begin) and [`call_raw`](Self::call_raw) do.
    ///
    /// # Errors
    /// If the connection has ended.
    pub fn begin_raw(&self, name: &str, arguments: &Value) -> Result<PendingCall<Value>> {
        self.begin_request(Request::named(name), name.to_owned().into(), arguments, Value::Null)
    }

    fn begin_request<T: Field>(
        &self,
        request: Request<'_>,
        name: Cow<'static, str>,
        arguments: &dyn Field,
        value: T,
    ) -> Result<PendingCall<T>> {
        let call = self.connection.begin(request, arguments, None)?;
        let limit = self.connection.call_limit(request, self.limit);
        Ok(PendingCall::new(self.connection.clone(), call, name, limit, value))
    }

    /// Executes a command by its name, which need not be in the schema. `arguments` must be a JSON object.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_raw(&self, name: &str, arguments: &Value) -> Result<Value> {
        self.request(Request::named(name), arguments, None, Value::Null, self.limit)
    }

    /// Executes a command that takes a file descriptor by its name, as [`call_raw`](Self::call_raw) does. Needs a Unix
    /// socket.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_raw_with_fd(&self, name: &str, arguments: &Value, fd: impl AsFd) -> Result<Value> {
        let fd = fd.as_fd().try_clone_to_owned()?;
        self.request(Request::named(name), arguments, Some(fd), Value::Null, self.limit)
    }

    /// Sends a command whose reply is dropped, without waiting.
    #[cfg(feature = "qemu")]
    pub(crate) fn post_raw(&self, name: &str, arguments: &Value) -> Result<()> {
        self.connection.post(Request::named(name), arguments)
    }

    /// Sends a request, with a descriptor if there is one, and fills `value` with the return value.
    fn request<T: Field>(
        &self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
        mut value: T,
        limit: Option<Duration>,
    ) -> Result<T> {
        self.connection.call(request, arguments, fd, &mut value, limit)?;
        Ok(value)
    }

    /// Sends a duplicate of a file descriptor, for the next command that any caller sends. Needs a Unix socket.
    ///
    /// If other threads use the connection, use [`call_with_fd`](Self::call_with_fd) instead.
    ///
    /// # Errors
    /// If the connection has ended, or the descriptor cannot be duplicated.
    pub fn send_fd(&self, fd: impl AsFd) -> Result<()> {
        self.connection.send_fd(fd.as_fd().try_clone_to_owned()?)
    }

    /// Synchronises with the guest agent anew. Calls in flight end with an error.
    ///
    /// The client does so itself when it connects, and when it receives bytes that are not a reply. Call this to learn
    /// whether the agent is alive again, such as after the guest was rebooted.
    ///
    /// # Errors
    /// If the agent does not answer within the time limit, the connection has ended, or its peer is not a guest agent.
    pub fn resync(&self) -> Result<()> {
        self.connection.synchronize(self.limit)
    }

    /// Returns the server's greeting, or `None` for a guest agent.
    #[must_use]
    pub fn greeting(&self) -> Option<&Greeting> {
        self.connection.greeting()
    }

    /// Subscribes to one type of event, and expects an event for which `matches` returns `true`.
    ///
    /// Call it before the command that causes the event, so that the event cannot be missed.
    ///
    /// The predicate runs when an event arrives, until it has returned `true`, so that the event is not lost among many
    /// others. It may run on any thread that uses the connection, and may use the client. If it panics, the thread that
    /// waits for the event panics.
    pub fn expect<E: AnyEvent>(&self, matches: impl FnMut(&E) -> bool + Send + 'static) -> ExpectedEvent<E> {
        let subscription = self.connection.subscribe_first(names_of::<E>(), decoding(matches));
        ExpectedEvent::new(subscription, self.limit)
    }

    /// Subscribes to all events from now on.
    ///
    /// Each subscription has its own queue, of [1,024 events](ClientOptions::event_capacity) by default. See
    /// [`EventStream`] for how to select events.
    #[must_use]
    pub fn events<E: AnyEvent>(&self) -> EventStream<E> {
        EventStream::new(self.connection.subscribe(names_of::<E>()), self.limit)
    }

    /// Subscribes to all events of one type from now on, such as `vm.events_of::<events::JobStatusChange>()`, or to all
    /// events without a schema: `vm.events_of::<OtherEvent>()`.
    #[must_use]
    pub fn events_of<E: AnyEvent>(&self) -> EventStream<E> {
        self.events()
    }

    /// Waits for the next event in the connection's own queue, which holds the events since the socket was connected:
    /// also those before the greeting and during the negotiation. Clones of the client share the queue: each event goes
    /// to one of them.
    ///
    /// If the queue becomes full, its events are lost, and later ones too until the next call, which reports their
    /// [number](crate::Error::lost_events). So a program that does not call this holds no events for ever.
    ///
    /// # Errors
    /// If the time limit passes, the connection ends, events were lost, or the event does not match the schema; such an
    /// event is skipped.
    pub fn next_event<E: AnyEvent>(&self) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(Subscriptions::OWN, None);
        self.connection.wait(&mut waiter, self.limit)?;
        Timestamped::decode(&*waiter.into_event()?)
    }

    /// Waits for the next error reply of the server that belongs to no call: it has no id, because the server could not
    /// parse the request, and with [out-of-band execution](ClientOptions::enable_oob) replies do not come in order, so that
    /// the request is unknown. Without, the caller whose turn it is receives the error.
    ///
    /// The last 64 errors are kept until they are taken. Clones of the client share them.
    ///
    /// # Errors
    /// If the time limit passes, or the connection ends.
    pub fn next_error(&self) -> Result<Error> {
        let mut waiter = ErrorWaiter::default();
        self.connection.wait(&mut waiter, self.limit)?;
        Ok(waiter.into_error())
    }

    /// Returns what the server supports, by its introspection. The server is asked once per connection, with
    /// `query-qmp-schema`; a guest agent with `guest-info`.
    ///
    /// # Errors
    /// See [`Client`](Self#errors), or if the server has no introspection.
    pub fn introspection(&self) -> Result<Arc<Introspection>> {
        self.connection.introspection(|| {
            let is_guest_agent = self.greeting().is_none();
            let answer = self.call_raw(Introspection::query(is_guest_agent), &Value::Object(Map::new()))?;
            Introspection::read(is_guest_agent, &answer)
        })
    }

    /// Returns whether the server supports a command or an event: `vm.supports::<commands::BlockResize>()`.
    ///
    /// The server is asked once per connection, see [`introspection`](Self::introspection).
    ///
    /// # Errors
    /// As for `introspection`.
    pub fn supports<D: Definition>(&self) -> Result<bool> {
        Ok(self.introspection()?.supports::<D>())
    }

    /// Returns whether the server's command has an argument, in any branch of a union:
    /// `vm.supports_argument::<commands::BlockdevAdd>("discard")`. A path with dots, such as `file.locking`, names a
    /// member of a nested object.
    ///
    /// # Errors
    /// As for [`introspection`](Self::introspection), or if the server is a guest agent, which does not report arguments.
    pub fn supports_argument<C: Command>(&self, path: &str) -> Result<bool> {
        self.introspection()?.check_argument::<C>(path)
    }

    /// Returns whether a command or an event is deprecated on this server, which may be newer than the bindings. A guest
    /// agent does not report that.
    ///
    /// # Errors
    /// As for [`introspection`](Self::introspection).
    pub fn is_deprecated<D: Definition>(&self) -> Result<bool> {
        Ok(self.introspection()?.is_deprecated::<D>())
    }

    /// Ends the connection at once: calls that wait fail with an error that satisfies
    /// [`is_closed`](crate::Error::is_closed), and streams end. Clones of the client cannot be used afterwards.
    ///
    /// The connection ends in the same way when the last clone is dropped. Streams of events do not keep it open.
    pub fn close(&self) {
        self.connection.close();
    }

    /// Waits until the connection has ended, and returns the reason. Returns an error that satisfies
    /// [`is_timeout`](crate::Error::is_timeout) if the time limit passes before.
    pub fn closed(&self) -> Error {
        let ended = self.connection.wait(&mut EndWaiter, self.limit);
        ended.err().or_else(|| self.close_reason()).unwrap_or_else(Error::closed)
    }

    /// Returns why the connection has ended, or `None` if it has not, as far as the client knows: it reads from the
    /// socket only while a thread waits.
    #[must_use]
    pub fn close_reason(&self) -> Option<Error> {
        self.connection.with_core(|core| core.close_reason())
    }
}

impl Client {
    /// Returns whether the connection has ended, also if no thread has noticed it.
    pub(in crate::client) fn has_ended(&self) -> bool {
        self.close_reason().is_some() || self.connection.has_left()
    }
}

impl Execute for Client {
    type Mode = Blocking;

    fn execute<C: Command>(&self, mut invocation: Invocation<C>) -> Result<C::Return> {
        let (limit, fd) = (invocation.shorter_timeout(self.limit), invocation.take_fd()?);
        self.request(Request::of_invocation(&invocation), invocation.arguments(), fd, C::Return::blank(), limit)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("connection", &self.connection).field("timeout", &self.limit).finish()
    }
}

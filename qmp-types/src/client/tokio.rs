//! The asynchronous client, on tokio.

mod call;
mod connection;
mod events;
mod handshake;
mod socket;
mod time_limit;
mod wakers;

use std::fmt;
use std::future::poll_fn;
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

pub use self::call::Call;
use self::call::UntypedCall;
use self::connection::TokioConnection;
pub use self::events::{EventStream, ExpectedEvent};
use self::time_limit::TimeLimit;
use crate::client::connect_retry::ConnectRetry;
use crate::client::core::{EventWaiter, Request, Subscriptions};
use crate::client::deadline::Deadline;
use crate::client::expectation::Expectation;
use crate::client::{ClientOptions, Greeting, Timestamped};
use crate::transport::{Address, AddressError, Stream};
use crate::{AnyEvent, Command, Event, Result};

/// A connection to a QMP server, for asynchronous code on tokio.
///
/// Generated code wraps it: `qmp::Client` dereferences to this type, and adds a method per command. Without generated
/// code, commands are called by name:
///
/// ```no_run
/// # async fn example() -> qmp_types::Result<()> {
/// use qmp_types::tokio::Client;
/// use serde_json::json;
///
/// let vm = Client::connect_unix("/run/vm.sock").await?;
/// println!("{}", vm.call_raw("query-status", &json!({})).await?);
/// # Ok(())
/// # }
/// ```
///
/// Clones share the connection, and any number of tasks may call at the same time, as replies are matched by id. There
/// is no task behind the client: a waiting caller reads from the socket on behalf of all waiters. The connection ends
/// when the last clone, call and subscription is dropped.
///
/// A command is sent when its call is polled for the first time. If the call is dropped or times out after that, the
/// command may have been executed nevertheless; a late reply is dropped.
///
/// # Errors
/// A call fails with
/// - an error of the server, with its [`class`](crate::Error::class) and [`desc`](crate::Error::desc);
/// - [`is_timeout`](crate::Error::is_timeout), if the time limit has passed;
/// - [`is_protocol`](crate::Error::is_protocol), if the reply does not match the schema;
/// - [`is_closed`](crate::Error::is_closed) or an [IO error](crate::Error::io), if the connection has ended.
///
/// After the first three the connection remains usable.
///
/// # Panics
/// Connecting, and waiting with a time limit, panic outside of a tokio runtime with IO and time enabled.
#[derive(Clone)]
pub struct Client {
    connection: Arc<TokioConnection>,
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
    pub async fn connect(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, &ClientOptions::new()).await
    }

    /// Connects as [`connect`](Self::connect) does, with other options.
    ///
    /// # Errors
    /// As for `connect`, or if the server does not offer what an option enables.
    pub async fn connect_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        options: &ClientOptions,
    ) -> Result<Self> {
        let address = Address::from_any(address)?;
        let retry = ConnectRetry::new(&address, options);
        loop {
            match Stream::try_connect_async(&address, &retry.attempt()).await {
                Ok(stream) => return Self::open(stream, options, retry.deadline()).await,
                Err(error) => ::tokio::time::sleep(retry.pause_after(error)?).await,
            }
        }
    }

    /// Connects to the server on a Unix socket, as [`connect`](Self::connect) does. The path is not parsed.
    ///
    /// # Errors
    /// As for `connect`.
    pub async fn connect_unix(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect(path.as_ref()).await
    }

    /// Connects to the server on a Unix socket, as [`connect_with`](Self::connect_with) does. The path is not parsed.
    ///
    /// # Errors
    /// As for `connect_with`.
    pub async fn connect_unix_with(path: impl AsRef<Path>, options: &ClientOptions) -> Result<Self> {
        Self::connect_with(path.as_ref(), options).await
    }

    /// Connects to the guest agent at an [`Address`], and [synchronises](ClientOptions::guest_agent) with it.
    ///
    /// # Errors
    /// If the address is malformed, no process listens there, or the peer does not reply as a guest agent does.
    pub async fn connect_guest_agent(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, &ClientOptions::new().guest_agent()).await
    }

    /// Takes over a connected stream and negotiates: a `UnixStream` or `TcpStream` of the standard library, or one end
    /// of a [`Stream::pair`].
    ///
    /// # Errors
    /// If the server does not greet, or the peer does not speak QMP.
    pub async fn from_stream(stream: impl Into<Stream>) -> Result<Self> {
        Self::from_stream_with(stream, &ClientOptions::new()).await
    }

    /// Takes over a connected stream as [`from_stream`](Self::from_stream) does, with other options.
    ///
    /// # Errors
    /// As for `from_stream`, or if the server does not offer what an option enables.
    pub async fn from_stream_with(stream: impl Into<Stream>, options: &ClientOptions) -> Result<Self> {
        Self::open(stream.into(), options, options.deadline()).await
    }

    async fn open(stream: Stream, options: &ClientOptions, deadline: Deadline) -> Result<Self> {
        let connection = handshake::open(stream, options, deadline).await?;
        Ok(Self { connection, limit: None })
    }

    /// Returns a client of the same connection that gives up every call, and every wait for an event, after this time,
    /// counted from the first poll. The error then satisfies [`is_timeout`](crate::Error::is_timeout).
    #[must_use]
    pub fn timeout(&self, limit: Duration) -> Self {
        Self { connection: Arc::clone(&self.connection), limit: Some(limit) }
    }

    /// Executes a command. The generated methods call this.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call<C: Command>(&self, arguments: C::Arguments) -> Call<C> {
        Call::new(self.untyped_call(Request::of::<C>()), arguments)
    }

    /// Executes a command out of band: before the commands that the server has queued.
    ///
    /// The schema must allow that for the command (`allow-oob`), and the connection must have been made with
    /// [`ClientOptions::enable_oob`].
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_oob<C: Command>(&self, arguments: C::Arguments) -> Call<C> {
        Call::new(self.untyped_call(Request::of::<C>().out_of_band()), arguments)
    }

    /// Executes a command that takes a file descriptor, such as `getfd` or `add-fd`. The descriptor is duplicated at
    /// once. Needs a Unix socket.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub fn call_with_fd<C: Command>(&self, arguments: C::Arguments, fd: impl AsFd) -> Call<C> {
        let mut call = self.untyped_call(Request::of::<C>());
        call.fd = Some(fd.as_fd().try_clone_to_owned());
        Call::new(call, arguments)
    }

    /// Executes a command by its name, which need not be in the schema. `arguments` must be a JSON object.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub async fn call_raw(&self, name: &str, arguments: &Value) -> Result<Value> {
        let mut call = self.untyped_call(Request::named(name));
        let mut value = Value::Null;
        poll_fn(|cx| call.poll(cx, arguments, &mut value)).await?;
        Ok(value)
    }

    /// Executes a command that takes a file descriptor by its name, as [`call_raw`](Self::call_raw) does. The
    /// descriptor is duplicated when the future is polled for the first time. Needs a Unix socket.
    ///
    /// # Errors
    /// See [`Client`](Self#errors).
    pub async fn call_raw_with_fd(&self, name: &str, arguments: &Value, fd: impl AsFd) -> Result<Value> {
        let mut call = self.untyped_call(Request::named(name));
        call.fd = Some(fd.as_fd().try_clone_to_owned());
        let mut value = Value::Null;
        poll_fn(|cx| call.poll(cx, arguments, &mut value)).await?;
        Ok(value)
    }

    /// Sends a command whose reply is dropped, without waiting.
    #[cfg(feature = "qemu")]
    pub(crate) fn post_raw(&self, name: &str, arguments: &Value) -> Result<()> {
        self.connection.post(Request::named(name), arguments)
    }

    /// Sends a duplicate of a file descriptor, for the next command that any caller sends. Needs a Unix socket.
    ///
    /// If other tasks use the connection, use [`call_with_fd`](Self::call_with_fd) instead.
    ///
    /// # Errors
    /// If the connection has ended, or the descriptor cannot be duplicated.
    pub fn send_fd(&self, fd: impl AsFd) -> Result<()> {
        self.connection.send_fd(fd.as_fd().try_clone_to_owned()?)
    }

    /// Returns the server's greeting, or `None` for a guest agent.
    #[must_use]
    pub fn greeting(&self) -> Option<&Greeting> {
        self.connection.greeting()
    }

    /// Subscribes to one type of event, and expects an event for which `matches` returns `true`.
    ///
    /// Call it before the command that causes the event, so that the event cannot be missed. The last 1,024 events of
    /// the type are kept until the returned future is awaited.
    pub fn expect<E: Event>(&self, matches: impl FnMut(&E) -> bool + Send + 'static) -> ExpectedEvent<E> {
        let subscription = self.connection.subscribe(Some(E::NAME));
        ExpectedEvent::new(Arc::clone(&self.connection), Expectation::new(subscription, matches), self.limit)
    }

    /// Subscribes to all events from now on.
    ///
    /// Each subscription has its own queue of 1,024 events. If it is full, the oldest event is
    /// [lost](EventStream::lost).
    #[must_use]
    pub fn events<E: AnyEvent>(&self) -> EventStream<E> {
        EventStream::new(Arc::clone(&self.connection), self.connection.subscribe(None), self.limit)
    }

    /// Waits for the next event in the connection's own queue, which holds the last 1,024 events since the socket was
    /// connected. Clones of the client share the queue: each event goes to one of them.
    ///
    /// # Errors
    /// If the time limit passes, the connection ends, or the event does not match the schema; such an event is skipped.
    pub async fn next_event<E: AnyEvent>(&self) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(Subscriptions::OWN, None);
        self.connection.wait(&mut waiter, self.limit).await?;
        Timestamped::decode_any(waiter.event())
    }

    fn untyped_call<'n>(&self, request: Request<'n>) -> UntypedCall<'n> {
        UntypedCall::new(Arc::clone(&self.connection), request, TimeLimit::new(self.limit))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("connection", &self.connection).field("timeout", &self.limit).finish()
    }
}

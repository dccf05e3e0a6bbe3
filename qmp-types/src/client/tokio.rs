//! The asynchronous client.
//!
//! What generated code builds on: `qmp::Client` derefs to [`Client`] here and adds a method per command.

mod call;
mod connection;
mod events;
mod socket;
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
use self::connection::{TimeLimit, TokioConnection};
pub use self::events::{EventStream, ExpectedEvent};
use crate::client::connect_retry::ConnectRetry;
use crate::client::core::{EventWaiter, Request, Subscriptions};
use crate::client::expectation::Expectation;
use crate::client::{ClientOptions, Greeting, Timestamped};
use crate::transport::Stream;
use crate::{AnyEvent, Command, Event, Result};

/// A connection to a QMP server, for asynchronous code on tokio.
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
/// Clones share the connection, and any number of tasks may call at the same time: replies are matched by id. There is no
/// task behind it: whoever waits reads from the socket, for himself and for all others. The connection ends with the last
/// clone, call and subscription.
///
/// Nothing is sent before a call is first polled. A call that is dropped, or times out, after that may have been executed
/// all the same; its reply is dropped when it comes.
///
/// # Errors
/// All calls return [`Error`](crate::Error): the server's refusal (with its [`class`](crate::Error::class)), the end of the
/// connection, of time_limit, or a reply that does not fit the schema. After a refusal, a time out and a reply that does not
/// fit, the connection stays usable.
///
/// # Panics
/// To connect, and to use a time limit, takes a tokio runtime with IO and time enabled.
#[derive(Clone)]
pub struct Client {
    connection: Arc<TokioConnection>,
    limit: Option<Duration>,
}

impl Client {
    /// Connects to the server's Unix socket and negotiates, with the default [options](ClientOptions::new): it waits a
    /// while for the socket to be there, and for the greeting.
    ///
    /// # Errors
    /// If nobody listens, the server does not greet (it may be busy with another client), or does not speak QMP.
    pub async fn connect_unix(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect_unix_with(path, &ClientOptions::new()).await
    }

    /// [`connect_unix`](Self::connect_unix) with these options.
    ///
    /// # Errors
    /// As `connect_unix`, or if an option cannot be had.
    pub async fn connect_unix_with(path: impl AsRef<Path>, options: &ClientOptions) -> Result<Self> {
        let path = path.as_ref();
        let retry = ConnectRetry::new(path, options.connect_timeout);
        loop {
            match Stream::try_connect(path) {
                Ok(stream) => return Self::from_stream_with(stream, options).await,
                Err(error) => ::tokio::time::sleep(retry.pause_after(error)?).await,
            }
        }
    }

    /// Connects to a guest agent's Unix socket: without a greeting, [getting in step](ClientOptions::guest_agent) instead.
    ///
    /// # Errors
    /// If nobody listens, or nobody answers as a guest agent does.
    pub async fn connect_guest_agent(path: impl AsRef<Path>) -> Result<Self> {
        Self::connect_unix_with(path, &ClientOptions::new().guest_agent()).await
    }

    /// Takes over a connected stream: the standard library's `UnixStream` or `TcpStream`, one end of a [`Stream::pair`].
    ///
    /// # Errors
    /// If the server does not greet, or does not speak QMP.
    pub async fn from_stream(stream: impl Into<Stream>) -> Result<Self> {
        Self::from_stream_with(stream, &ClientOptions::new()).await
    }

    /// [`from_stream`](Self::from_stream) with these options.
    ///
    /// # Errors
    /// As `from_stream`, or if an option cannot be had.
    pub async fn from_stream_with(stream: impl Into<Stream>, options: &ClientOptions) -> Result<Self> {
        let connection = TokioConnection::open(stream.into(), options).await?;
        Ok(Self { connection, limit: None })
    }

    /// The same connection, on which every call, and every wait for an event, is given up after this time, counted from the
    /// first poll. The error then [says so](crate::Error::is_timeout).
    #[must_use]
    pub fn timeout(&self, limit: Duration) -> Self {
        Self { connection: Arc::clone(&self.connection), limit: Some(limit) }
    }

    /// Executes a command. Generated methods call this.
    pub fn call<C: Command>(&self, arguments: C::Arguments) -> Call<C> {
        Call::new(self.untyped_call(Request::of::<C>()), arguments)
    }

    /// Executes a command out of band: it overtakes those that wait. The schema has to allow it for the command, and the
    /// connection must have been made with [`ClientOptions::enable_oob`].
    pub fn call_oob<C: Command>(&self, arguments: C::Arguments) -> Call<C> {
        Call::new(self.untyped_call(Request::of::<C>().out_of_band()), arguments)
    }

    /// Executes a command that takes a file descriptor, such as `getfd` or `add-fd`. The descriptor is duplicated at once.
    /// Needs a Unix socket.
    pub fn call_with_fd<C: Command>(&self, arguments: C::Arguments, fd: impl AsFd) -> Call<C> {
        let mut call = self.untyped_call(Request::of::<C>());
        call.fd = Some(fd.as_fd().try_clone_to_owned());
        Call::new(call, arguments)
    }

    /// Executes a command that the schema need not have. `arguments` is an object.
    pub async fn call_raw(&self, name: &str, arguments: &Value) -> Result<Value> {
        let mut call = self.untyped_call(Request::named(name));
        let mut value = Value::Null;
        poll_fn(|cx| call.poll(cx, arguments, &mut value)).await?;
        Ok(value)
    }

    /// Sends a file descriptor ahead of the next command, whoever sends it: with other tasks about,
    /// [`call_with_fd`](Self::call_with_fd) is what you want. The descriptor is duplicated. Needs a Unix socket.
    pub fn send_fd(&self, fd: impl AsFd) -> Result<()> {
        self.connection.send_fd(fd.as_fd().try_clone_to_owned()?)
    }

    /// What the server said on connection; `None` for a guest agent.
    #[must_use]
    pub fn greeting(&self) -> Option<&Greeting> {
        self.connection.greeting()
    }

    /// Expects an event, from this moment on: armed before a command, it does not miss what the command causes.
    ///
    /// EventStream of this name are kept until somebody awaits it, the last 1,024 of them.
    pub fn expect<E: Event>(&self, matches: impl FnMut(&E) -> bool + Send + 'static) -> ExpectedEvent<E> {
        let key = self.connection.listen(Some(E::NAME));
        ExpectedEvent::new(Arc::clone(&self.connection), Expectation::new(key, matches), self.limit)
    }

    /// Subscribes to all events, from this moment on. Each subscription has a queue of its own, of 1,024 events: when it is
    /// full, the oldest event is lost and [counted](EventStream::lost).
    #[must_use]
    pub fn events<E: AnyEvent>(&self) -> EventStream<E> {
        EventStream::new(Arc::clone(&self.connection), self.connection.listen(None), self.limit)
    }

    /// The next event of the connection's own queue, which hears everything from the moment the socket was connected, and
    /// holds the last 1,024 events. Clones share it: an event goes to one of them.
    pub async fn next_event<E: AnyEvent>(&self) -> Result<Timestamped<E>> {
        let mut event = EventWaiter::of(Subscriptions::OWN, None);
        self.connection.wait(&mut event, self.limit).await?;
        Timestamped::any(event.event())
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

//! The asynchronous client that connects again, on tokio.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ::tokio::sync::Mutex;
use ::tokio::time::{sleep, timeout};
use serde_json::Value;

use super::policy::{Numbered, ReconnectPolicy, not_connected};
use crate::client::deadline::Deadline;
use crate::client::tokio::{Client, EventStream};
use crate::client::{AnyEvent, Async, Call, Execute, Invocation, Timestamped};
use crate::transport::{Address, AddressError};
use crate::{Command, Error, Result};

/// A client that connects again, and negotiates again, when the connection is lost: the server was restarted, or another
/// machine was not reachable.
///
/// It executes commands, so the generated methods are there: `use qmp::Commands`.
///
/// ```no_run
/// # async fn example() -> qmp_types::Result<()> {
/// use qmp_types::tokio::ReconnectingClient;
/// use serde_json::json;
///
/// let vm = ReconnectingClient::connect("/run/vm.sock").await?;
/// match vm.call_raw("system_reset", &json!({})).await {
///     // The connection was lost. The next call connects again.
///     Err(error) if error.is_closed() && !error.may_have_been_executed() => println!("not reset"),
///     other => drop(other?),
/// }
/// # Ok(())
/// # }
/// ```
///
/// A call in flight when the connection is lost fails, with an error that says whether the command
/// [may have been executed](Error::may_have_been_executed). It is not repeated: the server may have executed it. The next
/// call, or the next wait of a [stream of events](Self::events), connects again, with pauses that the [`ReconnectPolicy`]
/// sets. There is no task behind the client.
///
/// Clones share the connection.
#[derive(Clone)]
pub struct ReconnectingClient {
    shared: Arc<Shared>,
    limit: Option<Duration>,
}

struct Shared {
    address: Address,
    policy: ReconnectPolicy,
    /// Locked by the task that connects again.
    connection: Mutex<Numbered<Client>>,
}

impl ReconnectingClient {
    /// Connects as [`Client::connect`] does, with the default policy.
    ///
    /// # Errors
    /// As for `Client::connect`: the first connection is made only once.
    pub async fn connect(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, ReconnectPolicy::new()).await
    }

    /// Connects as [`Client::connect_with`] does, with the options of the policy.
    ///
    /// # Errors
    /// As for `Client::connect_with`.
    pub async fn connect_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        policy: ReconnectPolicy,
    ) -> Result<Self> {
        let address = Address::from_any(address)?;
        let connection = Numbered::first(Client::connect_with(&address, &policy.options).await?);
        Ok(Self { shared: Arc::new(Shared { address, policy, connection: Mutex::new(connection) }), limit: None })
    }

    /// Returns a client of the same connections that gives up every call after this time. Connecting again before a call is
    /// limited to this time, too.
    #[must_use]
    pub fn timeout(&self, limit: Duration) -> Self {
        Self { shared: Arc::clone(&self.shared), limit: Some(limit) }
    }

    /// Returns the client of the current connection, after connecting again if it was lost. Its calls and streams end with
    /// that connection.
    ///
    /// # Errors
    /// If no connection could be made in the time that the policy sets.
    pub async fn client(&self) -> Result<Client> {
        self.shared.connection(0, self.limit).await.map(|connection| connection.client)
    }

    /// Returns how many connections were made so far, at least 1.
    pub async fn connections(&self) -> u64 {
        self.shared.connection.lock().await.number
    }

    /// Executes a command by its name, which need not be in the schema. `arguments` must be a JSON object.
    ///
    /// # Errors
    /// See [`Client`](Client#errors), or if no connection could be made.
    pub async fn call_raw(&self, name: &str, arguments: &Value) -> Result<Value> {
        self.limited(self.limit).await?.call_raw(name, arguments).await.map_err(Error::lost_with_connection)
    }

    /// Subscribes to all events, of this connection and of those after it.
    pub async fn events<E: AnyEvent>(&self) -> ReconnectingEvents<E> {
        let connection = self.shared.connection.lock().await.clone();
        let stream = connection.client.events();
        ReconnectingEvents { shared: Arc::clone(&self.shared), stream, number: connection.number, over: false }
    }

    /// Returns the current client, with a time limit.
    async fn limited(&self, limit: Option<Duration>) -> Result<Client> {
        let client = self.shared.connection(0, limit).await?.client;
        Ok(limit.map_or_else(|| client.clone(), |limit| client.timeout(limit)))
    }
}

impl Execute for ReconnectingClient {
    type Mode = Async;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Call<C> {
        let client = self.clone();
        let limit = invocation.shorter_timeout(self.limit);
        Call::new(async move {
            let connected = client.limited(limit).await.map_err(|error| error.in_call(C::SPEC.name, None))?;
            connected.execute(invocation).await.map_err(Error::lost_with_connection)
        })
    }
}

impl Shared {
    /// Returns a connection whose number is larger than `after` and that seems to be there. Connects again if there is none.
    async fn connection(&self, after: u64, limit: Option<Duration>) -> Result<Numbered<Client>> {
        let deadline = self.policy.deadline(limit);
        let locked = timeout(deadline.remaining(), self.connection.lock()).await;
        let mut connection = locked.map_err(|_| not_connected(&self.address, deadline))?;
        if connection.number <= after || connection.client.has_ended() {
            *connection = self.connect(&connection, deadline).await?;
        }
        Ok(connection.clone())
    }

    async fn connect(&self, last: &Numbered<Client>, deadline: Deadline) -> Result<Numbered<Client>> {
        let mut attempts = self.policy.begin(deadline);
        loop {
            match Client::connect_with(&self.address, &attempts.options()).await {
                Ok(client) => return Ok(last.next(client, &attempts)),
                Err(error) => sleep(attempts.pause_after(error)?).await,
            }
        }
    }
}

impl fmt::Debug for ReconnectingClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReconnectingClient")
            .field("address", &self.shared.address)
            .field("timeout", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A subscription to all events of a [`ReconnectingClient`], across its connections.
///
/// When the connection is lost, [`next`](Self::next) connects again, and yields an error that has the
/// [`outage`](Error::outage): events in that time were lost. The events of the new connection follow. The stream ends
/// after the error of a connection that could not be made.
pub struct ReconnectingEvents<E> {
    shared: Arc<Shared>,
    stream: EventStream<E>,
    number: u64,
    over: bool,
}

impl<E: AnyEvent> ReconnectingEvents<E> {
    /// Waits for the next event. Returns `None` if the stream has ended. Dropping the future loses no event.
    pub async fn next(&mut self) -> Option<Result<Timestamped<E>>> {
        if self.over {
            return None;
        }
        match self.stream.next().await {
            Some(event) => Some(event),
            None => Some(Err(self.reconnect().await)),
        }
    }

    /// Goes to the next connection, and returns the report of the gap.
    async fn reconnect(&mut self) -> Error {
        match self.shared.connection(self.number, None).await {
            Ok(connection) => {
                self.stream = connection.client.events();
                self.number = connection.number;
                Error::reconnected_after(connection.outage)
            }
            Err(error) => {
                self.over = true;
                error
            }
        }
    }
}

impl<E> fmt::Debug for ReconnectingEvents<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReconnectingEvents").field("connection", &self.number).finish_non_exhaustive()
    }
}

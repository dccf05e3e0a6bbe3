//! The blocking client that connects again.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::policy::{Numbered, ReconnectPolicy, not_connected};
use crate::client::blocking::{Client, EventStream};
use crate::client::deadline::Deadline;
use crate::client::{AnyEvent, Blocking, Execute, Invocation, Timestamped};
use crate::sync::lock;
use crate::transport::{Address, AddressError};
use crate::{Command, Error, Result};

/// A client that connects again, and negotiates again, when the connection is lost: the server was restarted, or another
/// machine was not reachable.
///
/// It executes commands, so the generated methods are there: `use qmp::Commands`.
///
/// ```no_run
/// use qmp_types::blocking::ReconnectingClient;
/// use serde_json::json;
///
/// let vm = ReconnectingClient::connect("/run/vm.sock")?;
/// match vm.call_raw("system_reset", &json!({})) {
///     // The connection was lost. The next call connects again.
///     Err(error) if error.is_closed() && !error.may_have_been_executed() => println!("not reset"),
///     other => drop(other?),
/// }
/// # Ok::<(), qmp_types::Error>(())
/// ```
///
/// A call in flight when the connection is lost fails, with an error that says whether the command
/// [may have been executed](Error::may_have_been_executed). It is not repeated: the server may have executed it. The next
/// call, or the next wait of a [stream of events](Self::events), connects again, with pauses that the [`ReconnectPolicy`]
/// sets. There is no thread behind the client.
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
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    connection: Numbered<Client>,
    /// A thread connects again. It does not hold the lock.
    connecting: bool,
}

impl ReconnectingClient {
    /// Connects as [`Client::connect`] does, with the default policy.
    ///
    /// # Errors
    /// As for `Client::connect`: the first connection is made only once.
    pub fn connect(address: impl TryInto<Address, Error: Into<AddressError>>) -> Result<Self> {
        Self::connect_with(address, ReconnectPolicy::new())
    }

    /// Connects as [`Client::connect_with`] does, with the options of the policy.
    ///
    /// # Errors
    /// As for `Client::connect_with`.
    pub fn connect_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        policy: ReconnectPolicy,
    ) -> Result<Self> {
        let address = Address::from_any(address)?;
        let connection = Numbered::first(Client::connect_with(&address, &policy.options)?);
        let state = Mutex::new(State { connection, connecting: false });
        Ok(Self { shared: Arc::new(Shared { address, policy, state, changed: Condvar::new() }), limit: None })
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
    pub fn client(&self) -> Result<Client> {
        self.shared.connection(0, self.limit).map(|connection| connection.client)
    }

    /// Returns how many connections were made so far, at least 1.
    #[must_use]
    pub fn connections(&self) -> u64 {
        lock(&self.shared.state).connection.number
    }

    /// Executes a command by its name, which need not be in the schema. `arguments` must be a JSON object.
    ///
    /// # Errors
    /// See [`Client`](Client#errors), or if no connection could be made.
    pub fn call_raw(&self, name: &str, arguments: &Value) -> Result<Value> {
        self.limited(self.limit)?.call_raw(name, arguments).map_err(Error::lost_with_connection)
    }

    /// Subscribes to all events, of this connection and of those after it.
    #[must_use]
    pub fn events<E: AnyEvent>(&self) -> ReconnectingEvents<E> {
        let connection = lock(&self.shared.state).connection.clone();
        let stream = connection.client.events();
        ReconnectingEvents { shared: Arc::clone(&self.shared), stream, number: connection.number, over: false }
    }

    /// Returns the current client, with a time limit.
    fn limited(&self, limit: Option<Duration>) -> Result<Client> {
        let client = self.shared.connection(0, limit)?.client;
        Ok(limit.map_or_else(|| client.clone(), |limit| client.timeout(limit)))
    }
}

impl Execute for ReconnectingClient {
    type Mode = Blocking;

    fn execute<C: Command>(&self, invocation: Invocation<C>) -> Result<C::Return> {
        let limit = invocation.shorter_timeout(self.limit);
        let result = self.limited(limit).map_err(|error| error.in_call(C::SPEC.name, None))?.execute(invocation);
        result.map_err(Error::lost_with_connection)
    }
}

impl Shared {
    /// Returns a connection whose number is larger than `after` and that seems to be there. Connects again if there is none.
    fn connection(&self, after: u64, limit: Option<Duration>) -> Result<Numbered<Client>> {
        let deadline = self.policy.deadline(limit);
        let mut state = lock(&self.state);
        while state.connecting {
            if deadline.is_over() {
                return Err(not_connected(&self.address, deadline));
            }
            let waited = self.changed.wait_timeout(state, deadline.remaining());
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        if state.connection.number > after && !state.connection.client.has_ended() {
            return Ok(state.connection.clone());
        }
        state.connecting = true;
        let last = state.connection.clone();
        drop(state);
        let result = self.connect(&last, deadline);
        let mut state = lock(&self.state);
        state.connecting = false;
        self.changed.notify_all();
        state.connection = result?;
        Ok(state.connection.clone())
    }

    fn connect(&self, last: &Numbered<Client>, deadline: Deadline) -> Result<Numbered<Client>> {
        let mut attempts = self.policy.begin(deadline);
        loop {
            match Client::connect_with(&self.address, &attempts.options()) {
                Ok(client) => return Ok(last.next(client, &attempts)),
                Err(error) => thread::sleep(attempts.pause_after(error)?),
            }
        }
    }
}

impl fmt::Debug for ReconnectingClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReconnectingClient")
            .field("address", &self.shared.address)
            .field("connections", &self.connections())
            .field("timeout", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A subscription to all events of a [`ReconnectingClient`], across its connections.
///
/// It is an iterator that waits for each event. When the connection is lost, it connects again, and yields an error that
/// has the [`outage`](Error::outage): events in that time were lost. The events of the new connection follow. It ends
/// after the error of a connection that could not be made.
pub struct ReconnectingEvents<E> {
    shared: Arc<Shared>,
    stream: EventStream<E>,
    number: u64,
    over: bool,
}

impl<E: AnyEvent> ReconnectingEvents<E> {
    /// Goes to the next connection, and returns the report of the gap.
    fn reconnect(&mut self) -> Error {
        match self.shared.connection(self.number, None) {
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

impl<E: AnyEvent> Iterator for ReconnectingEvents<E> {
    type Item = Result<Timestamped<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        Some(self.stream.next().unwrap_or_else(|| Err(self.reconnect())))
    }
}

impl<E> fmt::Debug for ReconnectingEvents<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReconnectingEvents").field("connection", &self.number).finish_non_exhaustive()
    }
}

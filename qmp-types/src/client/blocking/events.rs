//! Waiting for events: for an expected one, and for all.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::connection::BlockingConnection;
use crate::client::Timestamped;
use crate::client::core::{EventWaiter, SubscriptionId};
use crate::client::expectation::Expectation;
use crate::{AnyEvent, Event, Result};

/// An event that is expected since [`Client::expect`](super::Client::expect) was called.
#[must_use = "an expected event has to be waited for"]
pub struct ExpectedEvent<E: Event> {
    connection: Arc<BlockingConnection>,
    expectation: Expectation<E>,
    limit: Option<Duration>,
}

impl<E: Event> ExpectedEvent<E> {
    pub(super) fn new(
        connection: Arc<BlockingConnection>,
        expectation: Expectation<E>,
        limit: Option<Duration>,
    ) -> Self {
        Self { connection, expectation, limit }
    }

    /// Gives up after this time, counted from the call of [`wait`](Self::wait). Default: the client's
    /// [time limit](super::Client::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the event. Returns at once if it has been received already.
    ///
    /// # Errors
    /// If the time limit passes, the connection ends, or an event of this type does not match the schema.
    pub fn wait(mut self) -> Result<Timestamped<E>> {
        let start = Instant::now();
        loop {
            let mut waiter = self.expectation.waiter();
            let remaining = self.limit.map(|limit| limit.saturating_sub(start.elapsed()));
            self.connection.wait(&mut waiter, remaining)?;
            if let Some(result) = self.expectation.check(waiter.event()) {
                return result;
            }
        }
    }
}

impl<E: Event> Drop for ExpectedEvent<E> {
    fn drop(&mut self) {
        self.connection.unsubscribe(self.expectation.subscription);
    }
}

impl<E: Event> fmt::Debug for ExpectedEvent<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedEvent").field("event", &E::NAME).field("timeout", &self.limit).finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
///
/// It is an iterator that waits for each event, and ends when the server closes the connection:
///
/// ```no_run
/// # fn example<Event: qmp_types::AnyEvent + std::fmt::Debug>(vm: qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// for event in vm.events::<Event>() {     // with generated code: `vm.events()`
///     let event = event?;
///     println!("{}: {:?}", event.timestamp, event.event);
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventStream<E> {
    connection: Arc<BlockingConnection>,
    subscription: SubscriptionId,
    limit: Option<Duration>,
    /// The last item was the error that ended the connection.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(
        connection: Arc<BlockingConnection>,
        subscription: SubscriptionId,
        limit: Option<Duration>,
    ) -> Self {
        Self { connection, subscription, limit, over: false, event: PhantomData }
    }

    /// Gives up each wait for an event after this time. The subscription remains.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the next event.
    ///
    /// # Errors
    /// If the time limit passes, the connection ends, or the event does not match the schema; such an event is skipped.
    pub fn next_event(&mut self) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(self.subscription, None);
        self.connection.wait(&mut waiter, self.limit)?;
        Timestamped::decode_any(waiter.event())
    }

    /// Returns the number of events that were lost because the queue was full.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.connection.lost(self.subscription)
    }
}

impl<E: AnyEvent> Iterator for EventStream<E> {
    type Item = Result<Timestamped<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.next_event() {
            Err(error) if error.is_closed() => None,
            Err(error) => {
                self.over = self.connection.is_over();
                Some(Err(error))
            }
            event => Some(event),
        }
    }
}

impl<E> Drop for EventStream<E> {
    fn drop(&mut self) {
        self.connection.unsubscribe(self.subscription);
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("timeout", &self.limit).finish_non_exhaustive()
    }
}

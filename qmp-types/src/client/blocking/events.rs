//! Waiting for events.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::connection::BlockingConnection;
use crate::client::Timestamped;
use crate::client::core::{EventWaiter, SubscriptionId};
use crate::client::expectation::Expectation;
use crate::{AnyEvent, Event, Result};

/// An event that is expected since `Client::expect` was called.
#[must_use = "an event that is not waited for need not be expected"]
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

    /// Gives up after this time, counted from the call of [`wait`](Self::wait).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits until the event is there, which it may be already.
    ///
    /// # Errors
    /// If the time is over, the connection ends, or an event of this name does not fit the schema.
    pub fn wait(mut self) -> Result<Timestamped<E>> {
        let start = Instant::now();
        loop {
            let mut event = self.expectation.next();
            let left = self.limit.map(|limit| limit.saturating_sub(start.elapsed()));
            self.connection.wait(&mut event, left)?;
            if let Some(result) = self.expectation.judge(event.event()) {
                return result;
            }
        }
    }
}

impl<E: Event> Drop for ExpectedEvent<E> {
    fn drop(&mut self) {
        self.connection.unlisten(self.expectation.key);
    }
}

impl<E: Event> fmt::Debug for ExpectedEvent<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedEvent").field("event", &E::NAME).field("timeout", &self.limit).finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
///
/// As an iterator it waits for each event, and ends with the connection.
pub struct EventStream<E> {
    connection: Arc<BlockingConnection>,
    key: SubscriptionId,
    limit: Option<Duration>,
    /// The last item was why there are no more.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(connection: Arc<BlockingConnection>, key: SubscriptionId, limit: Option<Duration>) -> Self {
        Self { connection, key, limit, over: false, event: PhantomData }
    }

    /// Gives up waiting for an event after this time; the subscription stays.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the next event.
    ///
    /// # Errors
    /// If the time is over, the connection ends, or the event does not fit the schema; it is passed over then.
    pub fn next_event(&mut self) -> Result<Timestamped<E>> {
        let mut event = EventWaiter::of(self.key, None);
        self.connection.wait(&mut event, self.limit)?;
        Timestamped::any(event.event())
    }

    /// How many events were lost because nobody took them in time.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.connection.lost(self.key)
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
        self.connection.unlisten(self.key);
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("timeout", &self.limit).finish_non_exhaustive()
    }
}

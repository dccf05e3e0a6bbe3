//! Waiting for events: for an expected one, and for all.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::connection::TokioConnection;
use super::time_limit::TimeLimit;
use crate::client::Timestamped;
use crate::client::core::{EventWaiter, SubscriptionId};
use crate::client::expectation::Expectation;
use crate::{AnyEvent, Event, Result};

/// An event that is expected since [`Client::expect`](super::Client::expect) was called: a future that yields the
/// event.
///
/// # Errors
/// If the time limit passes, the connection ends, or an event of this type does not match the schema.
#[must_use = "an expected event has to be waited for"]
pub struct ExpectedEvent<E: Event> {
    connection: Arc<TokioConnection>,
    expectation: Expectation<E>,
    time_limit: TimeLimit,
}

impl<E: Event> ExpectedEvent<E> {
    pub(super) fn new(connection: Arc<TokioConnection>, expectation: Expectation<E>, limit: Option<Duration>) -> Self {
        Self { connection, expectation, time_limit: TimeLimit::new(limit) }
    }

    /// Gives up after this time, counted from the first poll. Default: the client's [time
    /// limit](super::Client::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.time_limit = TimeLimit::new(Some(limit));
        self
    }
}

// No member is pinned.
impl<E: Event> Unpin for ExpectedEvent<E> {}

impl<E: Event> Future for ExpectedEvent<E> {
    type Output = Result<Timestamped<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let expected = self.get_mut();
        loop {
            let mut waiter = expected.expectation.waiter();
            ready!(expected.connection.poll(cx, &mut waiter, &mut expected.time_limit))?;
            if let Some(result) = expected.expectation.check(waiter.event()) {
                return Poll::Ready(result);
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
        f.debug_struct("ExpectedEvent")
            .field("event", &E::NAME)
            .field("timeout", &self.time_limit.limit())
            .finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
///
/// ```no_run
/// # async fn example<Event: qmp_types::AnyEvent + std::fmt::Debug>(vm: qmp_types::tokio::Client) -> qmp_types::Result<()> {
/// let mut events = vm.events::<Event>();  // with generated code: `vm.events()`
/// while let Some(event) = events.next().await {
///     let event = event?;
///     println!("{}: {:?}", event.timestamp, event.event);
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventStream<E> {
    connection: Arc<TokioConnection>,
    subscription: SubscriptionId,
    limit: Option<Duration>,
    /// The last item was the error that ended the connection.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(connection: Arc<TokioConnection>, subscription: SubscriptionId, limit: Option<Duration>) -> Self {
        Self { connection, subscription, limit, over: false, event: PhantomData }
    }

    /// Gives up each wait for an event after this time. The subscription remains.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the next event. No event is lost if the future is dropped.
    ///
    /// # Errors
    /// If the time limit passes, the connection ends, or the event does not match the schema; such an event is skipped.
    pub async fn next_event(&mut self) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(self.subscription, None);
        self.connection.wait(&mut waiter, self.limit).await?;
        Timestamped::decode_any(waiter.event())
    }

    /// Waits for the next event, for use in a loop: returns `None` after the server has closed the connection.
    /// Otherwise the same as [`next_event`](Self::next_event).
    pub async fn next(&mut self) -> Option<Result<Timestamped<E>>> {
        if self.over {
            return None;
        }
        match self.next_event().await {
            Err(error) if error.is_closed() => None,
            Err(error) => {
                self.over = self.connection.is_over();
                Some(Err(error))
            }
            event => Some(event),
        }
    }

    /// Returns the number of events that were lost because the queue was full.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.connection.lost(self.subscription)
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

//! Waiting for events.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::connection::{TimeLimit, TokioConnection};
use crate::client::Timestamped;
use crate::client::core::{EventWaiter, SubscriptionId};
use crate::client::expectation::Expectation;
use crate::{AnyEvent, Event, Result};

/// An event that is expected since `Client::expect` was called: comes to the event.
///
/// It fails if the time is over, the connection ends, or an event of this name does not fit the schema.
#[must_use = "an event that is not waited for need not be expected"]
pub struct ExpectedEvent<E: Event> {
    connection: Arc<TokioConnection>,
    expectation: Expectation<E>,
    time_limit: TimeLimit,
}

impl<E: Event> ExpectedEvent<E> {
    pub(super) fn new(connection: Arc<TokioConnection>, expectation: Expectation<E>, limit: Option<Duration>) -> Self {
        Self { connection, expectation, time_limit: TimeLimit::new(limit) }
    }

    /// Gives up after this time, counted from the first poll.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.time_limit = TimeLimit::new(Some(limit));
        self
    }
}

// Nothing is pinned: the members are used by reference only.
impl<E: Event> Unpin for ExpectedEvent<E> {}

impl<E: Event> Future for ExpectedEvent<E> {
    type Output = Result<Timestamped<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let expected = self.get_mut();
        loop {
            let mut event = expected.expectation.next();
            ready!(expected.connection.poll(cx, &mut event, &mut expected.time_limit))?;
            if let Some(result) = expected.expectation.judge(event.event()) {
                return Poll::Ready(result);
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
        f.debug_struct("ExpectedEvent")
            .field("event", &E::NAME)
            .field("timeout", &self.time_limit.limit)
            .finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
pub struct EventStream<E> {
    connection: Arc<TokioConnection>,
    key: SubscriptionId,
    limit: Option<Duration>,
    /// The last item was why there are no more.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(connection: Arc<TokioConnection>, key: SubscriptionId, limit: Option<Duration>) -> Self {
        Self { connection, key, limit, over: false, event: PhantomData }
    }

    /// Gives up waiting for an event after this time; the subscription stays.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Waits for the next event. Dropping the future loses none.
    ///
    /// # Errors
    /// If the time is over, the connection ends, or the event does not fit the schema; it is passed over then.
    pub async fn next_event(&mut self) -> Result<Timestamped<E>> {
        let mut event = EventWaiter::of(self.key, None);
        self.connection.wait(&mut event, self.limit).await?;
        Timestamped::any(event.event())
    }

    /// [`next_event`](Self::next_event) for a loop; `None` at the end of the connection.
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

    /// How many events were lost because nobody took them in time.
    #[must_use]
    pub fn lost(&self) -> u64 {
        self.connection.lost(self.key)
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

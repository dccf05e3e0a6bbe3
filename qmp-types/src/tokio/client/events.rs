//! Waiting for events.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use super::connection::{Connection, Patience};
use crate::client::{Expectation, ForEvent, Key, Timed};
use crate::{AnyEvent, Event, Result};

/// An event that is expected since `Client::expect` was called: comes to the event.
///
/// It fails if the time is over, the connection ends, or an event of this name does not fit the schema.
#[must_use = "an event that is not waited for need not be expected"]
pub struct Expected<E: Event> {
    connection: Arc<Connection>,
    expectation: Expectation<E>,
    patience: Patience,
}

impl<E: Event> Expected<E> {
    pub(super) fn new(connection: Arc<Connection>, expectation: Expectation<E>, limit: Option<Duration>) -> Self {
        Self { connection, expectation, patience: Patience::new(limit) }
    }

    /// Gives up after this time, counted from the first poll.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.patience = Patience::new(Some(limit));
        self
    }
}

// Nothing is pinned: the members are used by reference only.
impl<E: Event> Unpin for Expected<E> {}

impl<E: Event> Future for Expected<E> {
    type Output = Result<Timed<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let expected = self.get_mut();
        loop {
            let mut event = expected.expectation.next();
            ready!(expected.connection.poll(cx, &mut event, &mut expected.patience))?;
            if let Some(result) = expected.expectation.judge(event.notice()) {
                return Poll::Ready(result);
            }
        }
    }
}

impl<E: Event> Drop for Expected<E> {
    fn drop(&mut self) {
        self.connection.unlisten(self.expectation.key);
    }
}

impl<E: Event> fmt::Debug for Expected<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expected")
            .field("event", &E::NAME)
            .field("timeout", &self.patience.limit)
            .finish_non_exhaustive()
    }
}

/// A subscription to all events of a connection.
pub struct Events<E> {
    connection: Arc<Connection>,
    key: Key,
    limit: Option<Duration>,
    /// The last item was why there are no more.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> Events<E> {
    pub(super) fn new(connection: Arc<Connection>, key: Key, limit: Option<Duration>) -> Self {
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
    pub async fn next_event(&mut self) -> Result<Timed<E>> {
        let mut event = ForEvent::of(self.key, None);
        self.connection.wait(&mut event, self.limit).await?;
        Timed::any(event.notice())
    }

    /// [`next_event`](Self::next_event) for a loop; `None` at the end of the connection.
    pub async fn next(&mut self) -> Option<Result<Timed<E>>> {
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

impl<E> Drop for Events<E> {
    fn drop(&mut self) {
        self.connection.unlisten(self.key);
    }
}

impl<E> fmt::Debug for Events<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("timeout", &self.limit).finish_non_exhaustive()
    }
}

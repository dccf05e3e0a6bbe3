//! Waiting for events: for an expected one, and for all.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use super::connection::TokioConnection;
use super::wait::Wait;
use crate::Result;
use crate::client::core::EventWaiter;
use crate::client::event_predicate::decoding;
use crate::client::shared_connection::{EventStreamHandle, Subscribed};
use crate::client::{AnyEvent, Timestamped};

/// An event that is expected since [`Client::expect`](super::Client::expect) was called.
///
/// It does not keep the connection open: if the last client is dropped, the event can no longer arrive.
///
/// A future that yields the event.
///
/// # Errors
/// If the time limit passes, the connection ends, or an event of this type does not match the schema.
///
/// # Panics
/// If the predicate has panicked.
#[must_use = "an expected event has to be waited for"]
pub struct ExpectedEvent<E: AnyEvent> {
    subscription: Subscribed<TokioConnection>,
    wait: Wait,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> ExpectedEvent<E> {
    pub(super) fn new(subscription: Subscribed<TokioConnection>, limit: Option<Duration>) -> Self {
        Self { subscription, wait: Wait::new(limit), event: PhantomData }
    }

    /// Gives up after this time, counted from the first poll. Default: the client's [time
    /// limit](super::Client::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.wait = Wait::new(Some(limit));
        self
    }
}

impl<E: AnyEvent> Future for ExpectedEvent<E> {
    type Output = Result<Timestamped<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let expected = self.get_mut();
        let mut waiter = EventWaiter::of(expected.subscription.id(), E::TYPE_NAME);
        ready!(expected.subscription.connection().poll(cx, &mut waiter, &mut expected.wait))?;
        Poll::Ready(waiter.into_event().and_then(|event| Timestamped::decode(&event)))
    }
}

impl<E: AnyEvent> fmt::Debug for ExpectedEvent<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedEvent")
            .field("event", &E::TYPE_NAME)
            .field("timeout", &self.wait.limit())
            .finish_non_exhaustive()
    }
}

/// A subscription to events of a connection: to all, to those of [one type](super::Client::events_of), and of these to
/// the ones with certain [names](Self::named) or properties ([`only`](Self::only)).
///
/// It implements [`Stream`], and has its own [`next`](Self::next) for loops:
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
///
/// An item is an error
/// - if events were lost because the queue was full: their [number](crate::Error::lost_events);
/// - if an event does not match the schema; it is skipped;
/// - if a [time limit](Self::timeout) has passed;
/// - if the connection has failed.
///
/// Except for the last one, the stream continues after it. The stream ends
/// - when the server closes the connection;
/// - when the user closes it with [`Client::close`](super::Client::close), or drops the last client: a stream does not
///   keep the connection open;
/// - when its [handle](Self::handle) stops it. Events in the queue are dropped then. In the other cases they are
///   yielded before the end.
pub struct EventStream<E> {
    subscription: Subscribed<TokioConnection>,
    wait: Wait,
    /// The last item was the error that ended the connection.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(subscription: Subscribed<TokioConnection>, limit: Option<Duration>) -> Self {
        Self { subscription, wait: Wait::new(limit), over: false, event: PhantomData }
    }

    /// Gives up each wait for an event after this time. The subscription remains. Default: the client's
    /// [time limit](super::Client::timeout).
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.wait = Wait::new(Some(limit));
        self
    }

    /// Holds up to this number of events that were not taken yet. If there are more, the oldest are lost. Default:
    /// [`ClientOptions::event_capacity`](crate::ClientOptions::event_capacity). At least 1.
    #[must_use]
    pub fn capacity(self, events: usize) -> Self {
        self.subscription.set_capacity(events);
        self
    }

    /// Yields only events with one of these names. A name may be a pattern: `*` stands for any characters, and `?` for
    /// one. Without names, it yields all events. Events that are queued are filtered, too.
    ///
    /// ```no_run
    /// # async fn example(vm: qmp_types::tokio::Client) {
    /// use qmp_types::OtherEvent;
    ///
    /// let mut events = vm.events::<OtherEvent>().named(["JOB_*", "BLOCK_JOB_ERROR"]);
    /// while let Some(event) = events.next().await {
    ///     println!("{event:?}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn named(self, names: impl IntoIterator<Item: Into<String>>) -> Self {
        self.subscription.set_patterns(names.into_iter().map(Into::into).collect());
        self
    }

    /// Yields only events for which `wanted` returns `true`. A second call replaces the predicate of the first one.
    ///
    /// The predicate runs when an event arrives, so events that are not wanted take no place in the queue. It may run on
    /// any task that uses the connection, and may use the client. If it panics, the task that takes the next event
    /// panics.
    #[must_use]
    pub fn only(self, wanted: impl FnMut(&E) -> bool + Send + 'static) -> Self {
        self.subscription.set_predicate(decoding(wanted));
        self
    }

    /// Returns a handle that can stop the stream from another task.
    ///
    /// # Errors
    /// None: the blocking client's method needs a file descriptor.
    pub fn handle(&self) -> Result<EventStreamHandle> {
        self.subscription.handle()
    }

    /// Waits for the next event. No event is lost if the future is dropped.
    ///
    /// # Errors
    /// See [`EventStream`]. At the end of the stream, the error satisfies [`is_closed`](crate::Error::is_closed).
    pub async fn next_event(&mut self) -> Result<Timestamped<E>> {
        let next = Next(self);
        poll_fn(|cx| next.0.poll_event(cx)).await
    }

    /// Waits for the next event as [`next_event`](Self::next_event) does, from now on with another time limit.
    #[cfg(feature = "qemu")]
    pub(crate) async fn next_event_within(&mut self, limit: Option<Duration>) -> Result<Timestamped<E>> {
        self.wait = Wait::new(limit);
        self.next_event().await
    }

    /// Waits for the next event, for use in a loop: returns `None` at the end of the stream. Otherwise the same as
    /// [`next_event`](Self::next_event).
    pub async fn next(&mut self) -> Option<Result<Timestamped<E>>> {
        let next = Next(self);
        poll_fn(|cx| Pin::new(&mut *next.0).poll_next(cx)).await
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Result<Timestamped<E>>> {
        let mut waiter = EventWaiter::of(self.subscription.id(), E::TYPE_NAME);
        let waited = ready!(self.subscription.connection().poll(cx, &mut waiter, &mut self.wait));
        self.wait.restart();
        self.over = waited.as_ref().err().is_some_and(|error| !error.is_timeout());
        waited?;
        Poll::Ready(waiter.into_event().and_then(|event| Timestamped::decode(&event)))
    }
}

/// A wait for the next item, which ends when this is dropped.
struct Next<'s, E>(&'s mut EventStream<E>);

impl<E> Drop for Next<'_, E> {
    fn drop(&mut self) {
        self.0.wait.restart();
    }
}

impl<E: AnyEvent> Stream for EventStream<E> {
    type Item = Result<Timestamped<E>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        if stream.over {
            return Poll::Ready(None);
        }
        match ready!(stream.poll_event(cx)) {
            Err(error) if error.is_closed() => Poll::Ready(None),
            item => Poll::Ready(Some(item)),
        }
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("timeout", &self.wait.limit()).finish_non_exhaustive()
    }
}

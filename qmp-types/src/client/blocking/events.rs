//! Waiting for events: for an expected one, and for all.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::connection::BlockingConnection;
use crate::Result;
use crate::client::core::EventWaiter;
use crate::client::event_predicate::decoding;
use crate::client::shared_connection::{EventStreamHandle, Subscribed};
use crate::client::{AnyEvent, Timestamped};

/// An event that is expected since [`Client::expect`](super::Client::expect) was called.
///
/// It does not keep the connection open: if the last client is dropped, the event can no longer arrive.
#[must_use = "an expected event has to be waited for"]
pub struct ExpectedEvent<E: AnyEvent> {
    subscription: Subscribed<BlockingConnection>,
    limit: Option<Duration>,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> ExpectedEvent<E> {
    pub(super) fn new(subscription: Subscribed<BlockingConnection>, limit: Option<Duration>) -> Self {
        Self { subscription, limit, event: PhantomData }
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
    ///
    /// # Panics
    /// If the predicate has panicked.
    pub fn wait(self) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(self.subscription.id(), E::TYPE_NAME);
        self.subscription.connection().wait(&mut waiter, self.limit)?;
        Timestamped::decode(&*waiter.into_event()?)
    }
}

impl<E: AnyEvent> fmt::Debug for ExpectedEvent<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedEvent")
            .field("event", &E::TYPE_NAME)
            .field("timeout", &self.limit)
            .finish_non_exhaustive()
    }
}

/// A subscription to events of a connection: to all, to those of [one type](super::Client::events_of), and of these to
/// the ones with certain [names](Self::named) or properties ([`only`](Self::only)).
///
/// It is an iterator that waits for each event:
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
    subscription: Subscribed<BlockingConnection>,
    limit: Option<Duration>,
    /// The last item was the error that ended the connection.
    over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: AnyEvent> EventStream<E> {
    pub(super) fn new(subscription: Subscribed<BlockingConnection>, limit: Option<Duration>) -> Self {
        Self { subscription, limit, over: false, event: PhantomData }
    }

    /// Gives up each wait for an event after this time. The subscription remains. Default: the client's
    /// [time limit](super::Client::timeout).
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
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
    /// # fn example(vm: qmp_types::blocking::Client) {
    /// use qmp_types::OtherEvent;
    ///
    /// for event in vm.events::<OtherEvent>().named(["JOB_*", "BLOCK_JOB_ERROR"]) {
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
    /// any thread that uses the connection, and may use the client. If it panics, the thread that takes the next event
    /// panics.
    #[must_use]
    pub fn only(self, wanted: impl FnMut(&E) -> bool + Send + 'static) -> Self {
        self.subscription.set_predicate(decoding(wanted));
        self
    }

    /// Returns a handle that can stop the stream from another thread.
    ///
    /// # Errors
    /// If the process has run out of file descriptors: a thread that reads is woken through a pipe.
    pub fn handle(&self) -> Result<EventStreamHandle> {
        self.subscription.handle()
    }

    /// Waits for the next event.
    ///
    /// # Errors
    /// See [`EventStream`]. At the end of the stream, the error satisfies [`is_closed`](crate::Error::is_closed).
    pub fn next_event(&mut self) -> Result<Timestamped<E>> {
        self.next_event_within(self.limit)
    }

    /// Waits for the next event as [`next_event`](Self::next_event) does, with another time limit.
    pub(crate) fn next_event_within(&mut self, limit: Option<Duration>) -> Result<Timestamped<E>> {
        let mut waiter = EventWaiter::of(self.subscription.id(), E::TYPE_NAME);
        let waited = self.subscription.connection().wait(&mut waiter, limit);
        self.over = waited.as_ref().err().is_some_and(|error| !error.is_timeout());
        waited?;
        Timestamped::decode(&*waiter.into_event()?)
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
            item => Some(item),
        }
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("timeout", &self.limit).finish_non_exhaustive()
    }
}

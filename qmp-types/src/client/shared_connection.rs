//! The part of a connection that is the same in both twins: its owners, its subscriptions and its end.

use std::fmt;
use std::io;
use std::ops::Deref;
use std::sync::{Arc, OnceLock, Weak};

use super::core::{Core, EventNames, Predicate, SubscriptionId, run_predicates};
use super::process::{OwnedProcess, Process};
use crate::Result;

/// A connection that callers share.
pub(super) trait SharedConnection: Send + Sync + 'static {
    /// Calls a function under the connection's lock.
    fn with_core<R>(&self, change: impl FnOnce(&mut Core) -> R) -> R;

    /// Wakes the callers that can continue.
    fn wake(&self);

    /// Ends the connection for the peer, and wakes a caller that reads.
    fn shutdown(&self);

    /// Makes [`interrupt`](Self::interrupt) effective from now on.
    fn allow_interrupts(&self) -> io::Result<()>;

    /// Wakes the caller that reads, so that it checks again whether it can continue.
    fn interrupt(&self);

    /// Runs the predicates of subscribers on the events that have arrived. The connection must not be locked.
    fn run_predicates(&self) {
        run_predicates(|finished| self.with_core(|core| core.subscriptions().exchange_run(finished)));
        self.wake();
    }

    /// Ends the connection, for all that wait on it.
    fn close(&self) {
        self.with_core(Core::close);
        self.shutdown();
        self.wake();
    }
}

/// A share in a connection, which is closed when the last one is dropped. Clients and their calls have one; streams of
/// events have none.
pub(super) struct Share<C: SharedConnection>(Arc<Owner<C>>);

/// A share that does not keep the connection open.
#[cfg(feature = "qemu")]
pub(super) struct WeakShare<C: SharedConnection>(Weak<Owner<C>>);

struct Owner<C: SharedConnection> {
    connection: Arc<C>,
    /// The server's process, which ends with the connection.
    process: OnceLock<OwnedProcess>,
}

impl<C: SharedConnection> Share<C> {
    pub(super) fn new(connection: C) -> Self {
        Self(Arc::new(Owner { connection: Arc::new(connection), process: OnceLock::new() }))
    }

    /// Takes over the server's process: it ends when the last share is dropped.
    pub(super) fn own(&self, process: OwnedProcess) {
        self.0.process.get_or_init(|| process);
    }

    /// Returns the server's process, if the client has started it.
    pub(super) fn process(&self) -> Option<Process> {
        self.0.process.get().map(|owned| owned.process.clone())
    }

    #[cfg(feature = "qemu")]
    pub(super) fn downgrade(&self) -> WeakShare<C> {
        WeakShare(Arc::downgrade(&self.0))
    }

    /// Subscribes to all events of these names from now on.
    pub(super) fn subscribe(&self, names: EventNames) -> Subscribed<C> {
        let id = self.with_core(|core| core.subscriptions().add(names));
        Subscribed { connection: Arc::clone(&self.0.connection), id }
    }

    /// Subscribes to the first event of these names that the predicate accepts.
    pub(super) fn subscribe_first(&self, names: EventNames, predicate: Predicate) -> Subscribed<C> {
        let id = self.with_core(|core| core.subscriptions().add_first(names, predicate));
        Subscribed { connection: Arc::clone(&self.0.connection), id }
    }
}

#[cfg(feature = "qemu")]
impl<C: SharedConnection> WeakShare<C> {
    /// Returns a share, unless the last one was dropped.
    pub(super) fn upgrade(&self) -> Option<Share<C>> {
        self.0.upgrade().map(Share)
    }
}

impl<C: SharedConnection> Drop for Owner<C> {
    fn drop(&mut self) {
        self.connection.close();
    }
}

impl<C: SharedConnection> Deref for Share<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.0.connection
    }
}

impl<C: SharedConnection> Clone for Share<C> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: SharedConnection + fmt::Debug> fmt::Debug for Share<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.connection.fmt(f)
    }
}

/// A subscription to events, which ends when this is dropped. It does not keep the connection open.
pub(super) struct Subscribed<C: SharedConnection> {
    connection: Arc<C>,
    id: SubscriptionId,
}

impl<C: SharedConnection> Subscribed<C> {
    pub(super) fn connection(&self) -> &C {
        &self.connection
    }

    pub(super) fn id(&self) -> SubscriptionId {
        self.id
    }

    pub(super) fn set_capacity(&self, capacity: usize) {
        self.connection.with_core(|core| core.subscriptions().set_capacity(self.id, capacity));
    }

    pub(super) fn set_patterns(&self, patterns: Vec<String>) {
        self.connection.with_core(|core| core.subscriptions().set_patterns(self.id, patterns));
    }

    pub(super) fn set_predicate(&self, predicate: Predicate) {
        let earlier = self.connection.with_core(|core| core.subscriptions().set_predicate(self.id, predicate));
        drop(earlier);
        self.connection.run_predicates();
    }

    pub(super) fn handle(&self) -> Result<EventStreamHandle> {
        self.connection.allow_interrupts()?;
        let connection: Weak<C> = Arc::downgrade(&self.connection);
        Ok(EventStreamHandle { connection, id: self.id })
    }
}

impl<C: SharedConnection> Drop for Subscribed<C> {
    fn drop(&mut self) {
        // User code: it must not be dropped under the lock.
        let predicate = self.connection.with_core(|core| core.subscriptions().remove(self.id));
        drop(predicate);
    }
}

/// Stops a stream of events from outside, such as from another thread. It keeps neither the stream nor the connection.
///
/// ```no_run
/// # fn example(vm: qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use qmp_types::OtherEvent;
///
/// let events = vm.events::<OtherEvent>();
/// let handle = events.handle()?;
/// let printer = std::thread::spawn(move || events.for_each(|event| println!("{event:?}")));
/// handle.stop();
/// printer.join().unwrap();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct EventStreamHandle {
    connection: Weak<dyn StopSubscription>,
    id: SubscriptionId,
}

impl EventStreamHandle {
    /// Ends the stream at once: events that it has not yielded are dropped. Has no effect if it has ended.
    pub fn stop(&self) {
        if let Some(connection) = self.connection.upgrade() {
            connection.stop(self.id);
        }
    }
}

impl fmt::Debug for EventStreamHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("EventStreamHandle").field(&self.id).finish()
    }
}

/// A connection of either twin.
trait StopSubscription: Send + Sync {
    fn stop(&self, id: SubscriptionId);
}

impl<C: SharedConnection> StopSubscription for C {
    fn stop(&self, id: SubscriptionId) {
        let predicate = self.with_core(|core| core.subscriptions().stop(id));
        drop(predicate);
        self.wake();
        self.interrupt();
    }
}

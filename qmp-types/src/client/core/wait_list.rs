//! The waiters of a connection that sleep, and those of them to wake.

use std::collections::VecDeque;
use std::task::Waker;

use super::Core;
use super::waiter::Awaited;

/// The sleeping waiters of a connection.
///
/// Each is woken when it can continue, and one of them whenever the socket is ready, to drive it on behalf of all.
#[derive(Debug, Default)]
pub(crate) struct WaitList {
    last: u64,
    /// The waiters for replies, by the id of the call.
    replies: Sleepers,
    /// The other waiters, by the order in which they began.
    others: Sleepers,
}

/// Identifies a waiter of a [`WaitList`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WaitKey {
    awaited: Awaited,
    number: u64,
}

impl WaitKey {
    /// Returns the key of the waiter for a reply, of which there is one.
    pub(crate) fn of_reply(awaited: Awaited) -> Option<Self> {
        match awaited {
            Awaited::Reply(number) => Some(Self { awaited, number }),
            _ => None,
        }
    }
}

/// Waiters in ascending order of their numbers.
#[derive(Debug, Default)]
struct Sleepers(VecDeque<Sleeper>);

#[derive(Debug)]
struct Sleeper {
    key: WaitKey,
    /// `None` once the waiter has been woken, until it sleeps again.
    waker: Option<Waker>,
}

/// Which waiters can continue after something has changed, apart from those for replies.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Some that do not wait for replies, such as those for events, may be able to continue.
    pub(super) others: bool,
    /// All can continue, as the connection has ended, or may be able to.
    pub(super) all: bool,
}

impl WaitList {
    /// Returns the key for a new waiter.
    pub(crate) fn key(&mut self, awaited: Awaited) -> WaitKey {
        WaitKey::of_reply(awaited).unwrap_or_else(|| {
            self.last += 1;
            WaitKey { awaited, number: self.last }
        })
    }

    /// Adds a waiter that sleeps, or replaces its waker.
    pub(crate) fn sleep(&mut self, key: WaitKey, waker: &Waker) {
        self.sleepers(key.awaited).insert(key, waker);
    }

    /// Returns whether a waiter sleeps that this waker wakes.
    #[cfg(feature = "tokio")]
    pub(crate) fn is_asleep(&self, key: WaitKey, waker: &Waker) -> bool {
        let sleepers = if matches!(key.awaited, Awaited::Reply(_)) { &self.replies } else { &self.others };
        let waker_of = sleepers.find(key.number).ok().and_then(|at| sleepers.0[at].waker.as_ref());
        waker_of.is_some_and(|same| same.will_wake(waker))
    }

    /// Removes a waiter.
    pub(crate) fn leave(&mut self, key: WaitKey) {
        self.sleepers(key.awaited).remove(key.number);
    }

    /// Takes the waker of the waiter to drive the socket: the one that has begun last, as it is the least likely to have
    /// been forgotten, and rather one for a reply. `can_drive` says whether a waiter of this kind is able to.
    pub(crate) fn take_driver(&mut self, can_drive: impl Fn(Awaited) -> bool) -> Option<(WaitKey, Waker)> {
        self.replies.take_last(&can_drive).or_else(|| self.others.take_last(&can_drive))
    }

    /// Takes the wakers of the waiters for the replies to these calls.
    pub(super) fn take_replies(&mut self, answered: impl Iterator<Item = u64>, ready: &mut Vec<Waker>) {
        ready.extend(answered.filter_map(|id| self.replies.take(id)));
    }

    /// Takes the wakers of all waiters that can continue.
    pub(super) fn take_ready(&mut self, changes: &Changes, core: &Core, ready: &mut Vec<Waker>) {
        if changes.all {
            ready.extend(self.take_all());
        } else if changes.others {
            let others = self.others.0.iter_mut().filter(|sleeper| core.is_ready(sleeper.key.awaited));
            ready.extend(others.filter_map(|sleeper| sleeper.waker.take()));
        }
    }

    /// Takes the wakers of all waiters.
    pub(crate) fn take_all(&mut self) -> impl Iterator<Item = Waker> {
        self.replies.0.iter_mut().chain(&mut self.others.0).filter_map(|sleeper| sleeper.waker.take())
    }

    /// Returns whether a waiter sleeps.
    #[cfg(feature = "tokio")]
    pub(crate) fn has_sleepers(&self) -> bool {
        self.replies.0.iter().chain(&self.others.0).rev().any(|sleeper| sleeper.waker.is_some())
    }

    fn sleepers(&mut self, awaited: Awaited) -> &mut Sleepers {
        match awaited {
            Awaited::Reply(_) => &mut self.replies,
            _ => &mut self.others,
        }
    }
}

impl Sleepers {
    fn insert(&mut self, key: WaitKey, waker: &Waker) {
        match self.find(key.number) {
            Ok(at) => match &mut self.0[at].waker {
                Some(same) if same.will_wake(waker) => {}
                other => *other = Some(waker.clone()),
            },
            Err(at) => self.0.insert(at, Sleeper { key, waker: Some(waker.clone()) }),
        }
    }

    fn remove(&mut self, number: u64) {
        if let Ok(at) = self.find(number) {
            self.0.remove(at);
        }
    }

    fn take(&mut self, number: u64) -> Option<Waker> {
        let at = self.find(number).ok()?;
        self.0[at].waker.take()
    }

    fn take_last(&mut self, can_drive: impl Fn(Awaited) -> bool) -> Option<(WaitKey, Waker)> {
        let mut able = self.0.iter_mut().rev().filter(|sleeper| can_drive(sleeper.key.awaited));
        able.find_map(|sleeper| Some((sleeper.key, sleeper.waker.take()?)))
    }

    fn find(&self, number: u64) -> Result<usize, usize> {
        self.0.binary_search_by_key(&number, |sleeper| sleeper.key.number)
    }
}

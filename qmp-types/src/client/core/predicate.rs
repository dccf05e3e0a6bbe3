//! The predicates of subscribers: user code, which must run outside of all locks.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::raw_event::{RawEvent, SubscriptionId};

/// A subscriber's predicate, which returns whether it wants an event.
pub(crate) type Predicate = Box<dyn FnMut(&RawEvent) -> bool + Send>;

/// The payload of a panic.
pub(crate) type Panic = Box<dyn Any + Send>;

/// The place of a subscription's predicate. A thread that runs it takes it out.
#[derive(Default)]
pub(super) struct PredicateSlot {
    predicate: Option<Predicate>,
    /// How often the predicate was set. A run of an earlier one does not count.
    generation: u64,
    running: bool,
}

/// A predicate and the event to run it on. It is made and finished under the connection's lock, and runs outside of it.
pub(crate) struct PredicateRun {
    pub(super) subscription: SubscriptionId,
    pub(super) event: Arc<RawEvent>,
    predicate: Predicate,
    generation: u64,
    verdict: Option<Result<bool, Panic>>,
}

/// The result of a finished run.
pub(super) enum Verdict {
    Wanted,
    Unwanted,
    Panicked(Panic),
    /// The predicate has been replaced meanwhile.
    Outdated,
}

impl PredicateSlot {
    /// Returns whether there is no predicate, so that all events are wanted.
    pub(super) fn is_empty(&self) -> bool {
        self.predicate.is_none() && !self.running
    }

    /// Returns whether the predicate has been taken out to run.
    pub(super) fn is_running(&self) -> bool {
        self.running
    }

    /// Sets the predicate, and returns the earlier one, to be dropped outside of the lock.
    pub(super) fn set(&mut self, predicate: Predicate) -> Option<Predicate> {
        self.generation += 1;
        self.running = false;
        self.predicate.replace(predicate)
    }

    /// Removes the predicate, to be dropped outside of the lock. All runs are outdated.
    pub(super) fn take(&mut self) -> Option<Predicate> {
        self.generation += 1;
        self.running = false;
        self.predicate.take()
    }

    /// Takes the predicate out for the oldest event, unless it is running.
    pub(super) fn begin(
        &mut self,
        subscription: SubscriptionId,
        unfiltered: &mut VecDeque<Arc<RawEvent>>,
    ) -> Option<PredicateRun> {
        let predicate = self.predicate.take()?;
        let Some(event) = unfiltered.pop_front() else {
            self.predicate = Some(predicate);
            return None;
        };
        self.running = true;
        Some(PredicateRun { subscription, event, predicate, generation: self.generation, verdict: None })
    }

    /// Takes the predicate back. Returns it if it is no longer needed, to be dropped outside of the lock.
    pub(super) fn finish(&mut self, run: PredicateRun) -> (Verdict, Option<Predicate>) {
        if run.generation != self.generation {
            return (Verdict::Outdated, Some(run.predicate));
        }
        self.running = false;
        match run.verdict {
            Some(Err(panic)) => (Verdict::Panicked(panic), Some(run.predicate)),
            verdict => {
                self.predicate = Some(run.predicate);
                (if matches!(verdict, Some(Ok(true))) { Verdict::Wanted } else { Verdict::Unwanted }, None)
            }
        }
    }
}

impl PredicateRun {
    /// Runs the predicate. A panic is caught, for the subscriber.
    fn run(&mut self) {
        let verdict = catch_unwind(AssertUnwindSafe(|| (self.predicate)(&self.event)));
        self.verdict = Some(verdict);
    }

    pub(super) fn into_predicate(self) -> Predicate {
        self.predicate
    }
}

/// Runs predicates until there are no more events for them. `exchange` locks the connection: it takes a finished run, and
/// returns a predicate to drop and the next run.
pub(crate) fn run_all(mut exchange: impl FnMut(Option<PredicateRun>) -> (Option<Predicate>, Option<PredicateRun>)) {
    let mut finished = None;
    loop {
        let (unneeded, next) = exchange(mem::take(&mut finished));
        drop(unneeded);
        let Some(mut run) = next else { return };
        run.run();
        finished = Some(run);
    }
}

impl fmt::Debug for PredicateSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PredicateSlot").field("is_empty", &self.is_empty()).field("running", &self.running).finish()
    }
}

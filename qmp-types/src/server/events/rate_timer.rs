//! The thread that sends events at the end of their intervals.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, Thread};
use std::time::Instant;

use crate::sync::lock;

/// What the timer serves: a server's events.
pub(in crate::server) trait Timed: Send + Sync + 'static {
    fn timer(&self) -> &RateTimer;
    /// Returns when [`on_deadline`](Self::on_deadline) is to be called.
    fn deadline(&self) -> Option<Instant>;
    fn on_deadline(&self, now: Instant);
}

/// The state of the thread. It is started when an interval starts, and ends when none runs any more. A server that
/// limits no event never has it, and neither has one whose author's event loop keeps the time.
#[derive(Debug, Default)]
pub(in crate::server) struct RateTimer {
    /// Whether the server may start a thread.
    enabled: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    thread: Option<Thread>,
}

impl RateTimer {
    /// Allows the thread, and starts it if an interval runs.
    pub(in crate::server) fn enable<T: Timed>(owner: &Arc<T>) {
        let enabled = owner.timer().enabled.swap(true, Ordering::AcqRel);
        if !enabled && owner.deadline().is_some() {
            Self::deadline_changed(owner);
        }
    }

    /// Returns whether the thread serves the deadlines. If not, the author's event loop does.
    pub(in crate::server) fn is_enabled(&self) -> bool {
        self.enabled.load(Ordering::Acquire)
    }

    /// Starts the thread, or wakes it up: an interval has started, which may end earlier than the others.
    pub(in crate::server) fn deadline_changed<T: Timed>(owner: &Arc<T>) {
        if !owner.timer().is_enabled() {
            return;
        }
        let mut state = lock(&owner.timer().state);
        match &state.thread {
            Some(thread) => thread.unpark(),
            None => {
                let weak = Arc::downgrade(owner);
                let run = move || while weak.upgrade().is_some_and(|owner| serve(owner)) {};
                match thread::Builder::new().name("qmp-events".into()).spawn(run) {
                    Ok(started) => state.thread = Some(started.thread().clone()),
                    Err(error) => {
                        tracing::error!(%error, "cannot start a thread for the rates of events; some are sent late");
                    }
                }
            }
        }
    }
}

/// Serves the deadlines that have passed, and sleeps until the next. Returns whether the thread goes on.
fn serve<T: Timed>(owner: Arc<T>) -> bool {
    let now = Instant::now();
    owner.on_deadline(now);
    let mut state = lock(&owner.timer().state);
    let Some(deadline) = owner.deadline() else {
        state.thread = None;
        return false;
    };
    drop(state);
    drop(owner); // the server may end in the meantime
    thread::park_timeout(deadline.saturating_duration_since(Instant::now()));
    true
}

impl Drop for RateTimer {
    fn drop(&mut self) {
        if let Some(thread) = &lock(&self.state).thread {
            thread.unpark();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// Deadlines that were set, and a channel that is told of those that have passed.
    struct Alarm {
        timer: RateTimer,
        deadlines: Mutex<Vec<Instant>>,
        passed: mpsc::Sender<Instant>,
    }

    impl Timed for Alarm {
        fn timer(&self) -> &RateTimer {
            &self.timer
        }

        fn deadline(&self) -> Option<Instant> {
            lock(&self.deadlines).iter().copied().min()
        }

        fn on_deadline(&self, now: Instant) {
            lock(&self.deadlines).retain(|&deadline| deadline > now || self.passed.send(deadline).is_err());
        }
    }

    fn alarm() -> (Arc<Alarm>, mpsc::Receiver<Instant>) {
        let (passed, receiver) = mpsc::channel();
        (Arc::new(Alarm { timer: RateTimer::default(), deadlines: Mutex::default(), passed }), receiver)
    }

    fn set(alarm: &Arc<Alarm>, after: Duration) -> Instant {
        let deadline = Instant::now() + after;
        lock(&alarm.deadlines).push(deadline);
        RateTimer::deadline_changed(alarm);
        deadline
    }

    fn has_thread(alarm: &Alarm) -> bool {
        lock(&alarm.timer.state).thread.is_some()
    }

    #[test]
    fn the_thread_runs_only_while_there_is_a_deadline() {
        let (alarm, passed) = alarm();
        let first = set(&alarm, Duration::from_millis(30));
        assert!(!has_thread(&alarm), "not without leave");
        RateTimer::enable(&alarm);
        assert!(has_thread(&alarm));
        // An earlier deadline wakes the thread up.
        let late = set(&alarm, Duration::from_secs(3600));
        let early = set(&alarm, Duration::from_millis(1));
        assert_eq!(passed.recv_timeout(PATIENCE), Ok(early));
        assert_eq!(passed.recv_timeout(PATIENCE), Ok(first));
        assert!(has_thread(&alarm));

        lock(&alarm.deadlines).retain(|&deadline| deadline != late);
        RateTimer::deadline_changed(&alarm);
        let ends = Instant::now() + PATIENCE;
        while has_thread(&alarm) {
            assert!(Instant::now() < ends, "the thread did not end");
            thread::yield_now();
        }
    }

    #[test]
    fn the_thread_does_not_keep_its_owner() {
        let (alarm, passed) = alarm();
        RateTimer::enable(&alarm);
        set(&alarm, Duration::from_secs(3600));
        drop(alarm);
        // The owner holds the sender, so the channel closes when it is gone.
        assert_eq!(passed.recv_timeout(PATIENCE), Err(mpsc::RecvTimeoutError::Disconnected));
    }
}

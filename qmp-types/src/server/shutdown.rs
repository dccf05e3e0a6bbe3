//! The end of a server: when it was stopped, who is told, and until when running commands may finish.

use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::sync::lock;

/// How long a server that is being stopped waits for running commands and for clients to read, unless its author says
/// otherwise.
const DEFAULT_GRACE: Duration = Duration::from_secs(1);

/// Whether and how a server is being stopped.
pub(super) struct Shutdown {
    stopped: AtomicBool,
    state: Mutex<State>,
}

struct State {
    grace: Duration,
    /// When the connections are closed that have not ended; `None` as long as the server is not stopped, or for ever.
    deadline: Option<Instant>,
    on_stop: Vec<Box<dyn FnOnce() + Send>>,
}

impl Shutdown {
    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Acquire)
    }

    /// Sets how long the server waits when it is stopped.
    pub(super) fn set_grace(&self, grace: Duration) {
        lock(&self.state).grace = grace;
    }

    /// Notes that the server is being stopped, and tells those who want to know. If it is already, a shorter grace period
    /// replaces that of the first time.
    pub(super) fn stop(&self, grace: Option<Duration>) {
        let mut state = lock(&self.state);
        let deadline = Instant::now().checked_add(grace.unwrap_or(state.grace));
        let is_first = !self.stopped.swap(true, Ordering::AcqRel);
        state.deadline = match (state.deadline, deadline) {
            (Some(earlier), Some(deadline)) => Some(earlier.min(deadline)),
            (earlier, deadline) if is_first || earlier.is_none() => deadline,
            (earlier, _) => earlier,
        };
        let on_stop = std::mem::take(&mut state.on_stop);
        drop(state);
        on_stop.into_iter().for_each(|run| run());
    }

    /// Runs the closure when the server is stopped, or now if it is.
    pub(super) fn on_stop(&self, run: impl FnOnce() + Send + 'static) {
        let mut state = lock(&self.state);
        if self.is_stopped() {
            drop(state);
            run();
        } else {
            state.on_stop.push(Box::new(run));
        }
    }

    /// Returns when the connections are closed that have not ended, if the server is being stopped.
    pub(super) fn deadline(&self) -> Option<Instant> {
        if self.is_stopped() { lock(&self.state).deadline } else { None }
    }

    /// Returns whether the grace period is over.
    pub(super) fn is_over(&self) -> bool {
        self.deadline().is_some_and(|deadline| deadline <= Instant::now())
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        let state = State { grace: DEFAULT_GRACE, deadline: None, on_stop: Vec::new() };
        Self { stopped: AtomicBool::new(false), state: Mutex::new(state) }
    }
}

impl fmt::Debug for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shutdown").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

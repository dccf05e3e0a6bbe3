//! The script of a peer, which the test extends while the peer's thread plays it.

use std::collections::VecDeque;
use std::fmt::Write;
use std::panic::Location;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use std::os::fd::OwnedFd;

use super::step::{Postponement, Step};
use crate::sync::lock;
use crate::transport::{Listener, Stream};

/// How often the peer's thread looks at its client while it waits for a step.
const LOOK: Duration = Duration::from_millis(10);

/// What the test and the peer's thread share.
#[derive(Default)]
pub(super) struct Script {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// All steps so far.
    lines: Vec<Line>,
    /// The number of steps that are done.
    done: usize,
    /// No step will be added.
    is_complete: bool,
    failure: Option<Failure>,
    clients: VecDeque<Stream>,
    listener: Option<Listener>,
    fds: Vec<OwnedFd>,
    postponed: usize,
}

/// A step, with what reports show of it.
struct Line {
    /// `None` once the peer's thread has taken it.
    step: Option<Step>,
    description: String,
    location: &'static Location<'static>,
}

/// Why a script was not played to its end.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) expected: String,
    pub(super) found: String,
}

/// What the peer's thread does next.
pub(super) enum Next {
    Step(Step),
    /// There is no step yet.
    Wait,
    /// The script is played to its end.
    End,
}

impl Script {
    /// Adds a step.
    #[track_caller]
    pub(super) fn push(&self, step: Step) {
        let line = Line { description: step.to_string(), step: Some(step), location: Location::caller() };
        self.lock().lines.push(line);
        self.changed.notify_all();
    }

    /// Returns the identity of a command whose answer is postponed.
    pub(super) fn postpone(&self) -> Postponement {
        let mut state = self.lock();
        state.postponed += 1;
        Postponement(state.postponed)
    }

    /// Returns whether the test has added a step.
    pub(super) fn has_steps(&self) -> bool {
        self.lock().lines.len() > 1
    }

    pub(super) fn complete(&self) {
        self.lock().is_complete = true;
        self.changed.notify_all();
    }

    /// Returns the next step. If there is none, waits a short time for one.
    pub(super) fn next(&self) -> Next {
        let mut state = self.lock();
        if state.done == state.lines.len() && !state.is_complete {
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        let done = state.done;
        match state.lines.get_mut(done).and_then(|line| line.step.take()) {
            Some(step) => Next::Step(step),
            None if state.is_complete => Next::End,
            None => Next::Wait,
        }
    }

    pub(super) fn step_done(&self) {
        self.lock().done += 1;
    }

    pub(super) fn fail(&self, failure: Failure) {
        self.lock().failure.get_or_insert(failure);
    }

    pub(super) fn add_client(&self, client: Stream) {
        self.lock().clients.push_back(client);
        self.changed.notify_all();
    }

    pub(super) fn listen(&self, listener: Listener) {
        self.lock().listener = Some(listener);
    }

    /// Returns the next client. If there is none, waits a short time for one.
    pub(super) fn next_client(&self) -> Option<Stream> {
        let mut state = self.lock();
        if state.clients.is_empty() {
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        let accepted = state.listener.as_ref().and_then(|listener| listener.try_accept().ok().flatten());
        state.clients.extend(accepted);
        state.clients.pop_front()
    }

    pub(super) fn add_fds(&self, fds: Vec<OwnedFd>) {
        self.lock().fds.extend(fds);
    }

    pub(super) fn take_fds(&self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.lock().fds)
    }

    /// Returns the report on a failure, if there is one.
    pub(super) fn report(&self) -> Option<String> {
        let state = self.lock();
        let Failure { expected, found } = state.failure.as_ref()?;
        let count = state.lines.len();
        let mut report = match state.lines.get(state.done) {
            Some(line) => format!("the scripted peer failed at step {} of {count} ({})", state.done + 1, line.location),
            None => format!("the scripted peer failed after the last of its {count} steps"),
        };
        let _ = write!(report, "\n  expected: {expected}\n  found:    {found}\nscript:");
        for (index, line) in state.lines.iter().enumerate() {
            let mark = if index == state.done { "->" } else { "  " };
            let _ = write!(report, "\n {mark} {}. {}", index + 1, line.description);
        }
        Some(report)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

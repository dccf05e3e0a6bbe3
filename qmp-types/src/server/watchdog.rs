//! A thread that looks after connections while their own threads run handlers.
//!
//! - Replies that are ready are sent although a handler runs on.
//! - A handler that asks whether it is cancelled learns that the client has disconnected.
//!
//! The thread exists only while there is something to look after. A connection asks for it at most once per burst of
//! requests, so that a command costs no system call.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::shared_session::SharedSession;
use crate::sync::lock;
use crate::transport::Stream;

/// How often the thread looks whether a command takes long.
const PERIOD: Duration = Duration::from_millis(2);

/// A command takes long if it runs at so many looks. Then the replies that are ready are sent.
const LONG: u32 = 2;

/// How long it takes a command to learn that the client has disconnected.
const CHECK_CONNECTION: Duration = Duration::from_millis(20);

/// A connection that executes no command for so many looks is no longer looked after.
const IDLE: u32 = 25;

/// How long the thread waits for another connection to look after.
const LINGER: Duration = Duration::from_secs(1);

/// The commands that the thread of a connection executes, as the watchdog sees them.
#[derive(Debug, Default)]
pub(super) struct Activity {
    /// The number of commands that have begun or ended. It is odd while a command runs.
    changes: AtomicU32,
    /// The watchdog will send replies that are ready.
    flushes: AtomicBool,
    /// The watchdog watches the connection during the command that began with this change.
    watched: AtomicU32,
}

/// Starts and feeds the thread.
#[derive(Default)]
pub(super) struct Watchdog {
    state: Mutex<State>,
    added: Condvar,
}

#[derive(Default)]
struct State {
    has_thread: bool,
    watched: Vec<Watched>,
}

struct Watched {
    session: Arc<SharedSession>,
    activity: Arc<Activity>,
    seen: u32,
    /// At how many looks nothing had changed.
    unchanged: u32,
    task: Task,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// To send the replies that are ready once a command takes long.
    Flush,
    /// To cancel the command if the client disconnects.
    Cancel,
}

impl Activity {
    /// Notes that a command begins. `has_replies` says whether replies to earlier ones have not been sent.
    pub(super) fn begin(self: &Arc<Self>, watchdog: &Arc<Watchdog>, session: &Arc<SharedSession>, has_replies: bool) {
        self.change();
        if has_replies && !self.flushes.load(Ordering::Acquire) {
            self.flushes.store(true, Ordering::Release);
            watchdog.add(session, self, Task::Flush);
        }
    }

    /// Notes that a command has ended.
    pub(super) fn end(&self) {
        self.change();
    }

    /// Begins to watch the connection, until the current command ends.
    pub(super) fn watch(self: &Arc<Self>, watchdog: &Arc<Watchdog>, session: &Arc<SharedSession>) {
        let current = self.changes.load(Ordering::Acquire);
        if current.is_multiple_of(2) || self.watched.swap(current, Ordering::AcqRel) == current {
            return;
        }
        if session.stream().is_some_and(Stream::has_left) {
            session.cancel();
        } else {
            watchdog.add(session, self, Task::Cancel);
        }
    }

    fn change(&self) {
        // Only the connection's thread writes.
        self.changes.store(self.changes.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }
}

impl Watchdog {
    fn add(self: &Arc<Self>, session: &Arc<SharedSession>, activity: &Arc<Activity>, task: Task) {
        let mut state = lock(&self.state);
        let seen = activity.changes.load(Ordering::Acquire);
        state.watched.push(Watched {
            session: Arc::clone(session),
            activity: Arc::clone(activity),
            seen,
            unchanged: 0,
            task,
        });
        if state.has_thread {
            self.added.notify_one();
            return;
        }
        let watchdog = Arc::clone(self);
        match thread::Builder::new().name("qmp-watchdog".into()).spawn(move || watchdog.run()) {
            Ok(_) => state.has_thread = true,
            Err(error) => {
                tracing::error!(%error, "cannot start a thread, replies may wait for a handler that takes long");
                state.watched.iter().for_each(Watched::give_up);
                state.watched.clear();
            }
        }
    }

    fn run(&self) {
        let mut state = lock(&self.state);
        let mut looked = Instant::now();
        loop {
            let until = match &*state.watched {
                [] => Instant::now() + LINGER,
                watched if watched.iter().any(|watched| watched.task == Task::Flush) => looked + PERIOD,
                _ => looked + CHECK_CONNECTION,
            };
            let left = until.saturating_duration_since(Instant::now());
            if !left.is_zero() {
                let waited = self.added.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
                state = waited.0;
                if !waited.1.timed_out() {
                    continue;
                }
            }
            if state.watched.is_empty() {
                state.has_thread = false;
                return;
            }
            looked = Instant::now();
            state.watched.retain_mut(Watched::look);
        }
    }
}

impl Watched {
    /// Does what there is to do, and returns whether to look again.
    fn look(&mut self) -> bool {
        let now = self.activity.changes.load(Ordering::Acquire);
        let is_same = std::mem::replace(&mut self.seen, now) == now;
        self.unchanged = if is_same { self.unchanged + 1 } else { 0 };
        match self.task {
            Task::Flush if self.unchanged < if now.is_multiple_of(2) { IDLE } else { LONG } => true,
            Task::Flush => {
                self.give_up();
                false
            }
            Task::Cancel if !is_same => false,
            Task::Cancel => {
                let has_left = self.session.stream().is_some_and(Stream::has_left);
                if has_left {
                    self.session.cancel();
                }
                !has_left
            }
        }
    }

    /// Leaves the connection alone, after sending what is ready.
    fn give_up(&self) {
        self.activity.flushes.store(false, Ordering::Release);
        if matches!(self.task, Task::Flush) {
            self.session.flush_or_notify();
        }
    }
}

impl fmt::Debug for Watchdog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watchdog").finish_non_exhaustive()
    }
}

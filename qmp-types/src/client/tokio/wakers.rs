//! The tasks that wait on a connection.

use std::mem;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};

use crate::sync::lock;

/// The tasks to wake when the socket is ready.
///
/// All tasks are woken, because none can be relied on to read: a future that was polled once may never be polled again
/// and yet not be dropped (the losing branch of a `select!`). The first task that runs reads on behalf of all.
#[derive(Debug, Default)]
pub(super) struct TaskWakers(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    /// How often all tasks were woken.
    round: u64,
    tasks: Vec<Waker>,
}

impl TaskWakers {
    /// Returns the current round, for [`add`](Self::add).
    pub(super) fn round(&self) -> u64 {
        lock(&self.0).round
    }

    /// Adds a task. Returns `false` if all tasks have been woken since `round`, so that the task has to check again.
    pub(super) fn add(&self, round: u64, task: &Waker) -> bool {
        let mut waiting = lock(&self.0);
        if waiting.round != round {
            return false;
        }
        if !waiting.tasks.iter().any(|other| other.will_wake(task)) {
            waiting.tasks.push(task.clone());
        }
        true
    }

    /// Wakes all tasks, which ends the round.
    pub(super) fn wake_all(&self) {
        let mut waiting = lock(&self.0);
        waiting.round += 1;
        let tasks = mem::take(&mut waiting.tasks);
        drop(waiting);
        tasks.into_iter().for_each(Waker::wake);
    }
}

impl Wake for TaskWakers {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}

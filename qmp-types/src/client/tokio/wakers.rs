//! The tasks that wait for a connection.

use std::mem;
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};

use crate::sync::lock;

/// The tasks to wake when the socket is ready.
///
/// All of them, because none can be relied on: a future that was polled once may never be again, and yet not be dropped (the
/// losing side of a `select!`). The first to run reads for all, the others find what is theirs. QMP has few wakers.
#[derive(Debug, Default)]
pub(super) struct TaskWakers(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    /// How many times all were woken.
    round: u64,
    tasks: Vec<Waker>,
}

impl TaskWakers {
    /// The round that a task may wait in.
    pub(super) fn round(&self) -> u64 {
        lock(&self.0).round
    }

    /// Adds a task; `false` if the round is over, and the task has to look again.
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

    /// Ends the round.
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

//! The tasks that wait on a connection: which of them drives it.

use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Wake, Waker};
use std::time::Duration;

use ::tokio::runtime::Handle;
use ::tokio::time::sleep;

use crate::client::core::{Awaited, Core, WaitKey, WaitList};
use crate::sync::lock;

/// How long a task that was called to drive the connection may take to do so before all tasks are woken.
const PATIENCE: Duration = Duration::from_millis(2);

/// The tasks that wait on a connection.
///
/// Whenever the socket is ready, one task is called to drive it: to send and receive on behalf of all. No task can be
/// relied on to do so, because a future that was polled may never be polled again and yet not be dropped (the losing branch
/// of a `select!`). If a task does not come, all others are woken. Until it is polled again, it is not called any more.
#[derive(Debug)]
pub(super) struct WaitingTasks {
    state: Mutex<State>,
    runtime: Handle,
}

#[derive(Debug, Default)]
struct State {
    list: WaitList,
    /// The task that was called last, as long as no task has driven the connection since.
    called: Option<WaitKey>,
    /// The number of calls, which tells two of them apart.
    round: u64,
    /// A task of the runtime will look whether the called task has come.
    is_watched: bool,
}

impl WaitingTasks {
    /// # Panics
    /// Outside of a tokio runtime.
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { state: Mutex::default(), runtime: Handle::current() })
    }

    /// Returns the number of calls so far, for [`sleep`](Self::sleep).
    pub(super) fn round(&self) -> u64 {
        lock(&self.state).round
    }

    /// Makes a task sleep that has driven the connection. Returns `false` if a task was called since `round`: this one has
    /// to look at the socket again.
    fn sleep(&self, round: u64, key: WaitKey, task: &Waker) -> bool {
        let mut state = lock(&self.state);
        if state.round != round {
            return false;
        }
        state.called = None;
        state.list.sleep(key, task);
        true
    }

    /// Returns whether a task sleeps and need not be polled: no task is called, so the socket is watched.
    fn is_asleep(&self, key: WaitKey, task: &Waker) -> bool {
        let state = lock(&self.state);
        state.called.is_none() && state.list.is_asleep(key, task)
    }

    /// Makes a task sleep that has not driven the connection. If no task is called already, it calls itself: it is polled
    /// again after the other tasks that can run now.
    fn postpone(self: &Arc<Self>, key: WaitKey, task: &Waker) {
        let mut state = lock(&self.state);
        match state.called {
            Some(_) => state.list.sleep(key, task),
            None => {
                state.called = Some(key);
                state.round += 1;
                task.wake_by_ref();
            }
        }
        self.watch(state);
    }

    /// Removes a task that has its result. `has_driven` says whether it has received from the socket just now. Returns
    /// whether the socket has to be watched for others.
    pub(super) fn leave(&self, place: Option<Place>, has_driven: bool) -> bool {
        if !has_driven {
            // Dropping the place suffices.
            return false;
        }
        let mut state = lock(&self.state);
        state.called = None;
        if let Some(place) = &place {
            state.list.leave(place.key);
        }
        state.list.has_sleepers()
    }

    /// Calls a task to drive the connection.
    pub(super) fn call(self: &Arc<Self>) {
        let mut state = lock(&self.state);
        state.round += 1;
        let (called, waker) = state.list.take_driver(|_| true).unzip();
        state.called = called;
        if called.is_some() {
            self.watch(state);
        }
        // The lock is not held any more: wakers may run any code.
        waker.inspect(Waker::wake_by_ref);
    }

    /// Takes the wakers of the tasks that can continue.
    pub(super) fn take_ready(&self, core: &mut Core, ready: &mut Vec<Waker>) {
        core.take_ready(&mut lock(&self.state).list, ready);
    }

    /// Makes sure that the other tasks are woken if the called one does not come.
    fn watch(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        if state.is_watched || !state.list.has_sleepers() {
            return;
        }
        state.is_watched = true;
        drop(state);
        let tasks = Arc::clone(self);
        self.runtime.spawn(async move {
            // Mostly, the called task has been polled before this one, and no timer is needed.
            let mut late = tasks.check(None);
            while let Some(round) = late {
                sleep(PATIENCE).await;
                late = tasks.check(Some(round));
            }
        });
    }

    /// Wakes all tasks if the task that was called in this round has not come. Returns the round to check later if another
    /// task was called that has not come yet.
    fn check(&self, round: Option<u64>) -> Option<u64> {
        let mut state = lock(&self.state);
        if state.called.is_some() && round != Some(state.round) {
            return Some(state.round);
        }
        state.is_watched = false;
        let late = state.called.is_some();
        let tasks: Vec<_> = if late { state.list.take_all().collect() } else { Vec::new() };
        drop(state);
        if late {
            tracing::debug!("a task that waits for the connection was woken but not polled; others are woken");
        }
        tasks.into_iter().for_each(Waker::wake);
        None
    }
}

impl Wake for WaitingTasks {
    fn wake(self: Arc<Self>) {
        self.call();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.call();
    }
}

/// A place among the waiting tasks, which is given up when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    tasks: Arc<WaitingTasks>,
    key: WaitKey,
}

impl Place {
    pub(super) fn new(tasks: &Arc<WaitingTasks>, awaited: Awaited) -> Self {
        // Calls are the hot path, and need no lock here.
        let key = WaitKey::of_reply(awaited).unwrap_or_else(|| lock(&tasks.state).list.key(awaited));
        Self { tasks: Arc::clone(tasks), key }
    }

    /// See [`WaitingTasks::sleep`].
    pub(super) fn sleep(&self, round: u64, task: &Waker) -> bool {
        self.tasks.sleep(round, self.key, task)
    }

    /// See [`WaitingTasks::is_asleep`].
    pub(super) fn is_asleep(&self, task: &Waker) -> bool {
        self.tasks.is_asleep(self.key, task)
    }

    /// See [`WaitingTasks::postpone`].
    pub(super) fn postpone(&self, task: &Waker) {
        self.tasks.postpone(self.key, task);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = lock(&self.tasks.state);
        state.list.leave(self.key);
        let was_called = state.called == Some(self.key);
        drop(state);
        if was_called {
            self.tasks.call();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A task that counts how often it is woken.
    struct Task {
        place: Place,
        woken: Arc<Count>,
    }

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    impl Task {
        fn new(tasks: &Arc<WaitingTasks>, call: u64) -> Self {
            Self { place: Place::new(tasks, Awaited::Reply(call)), woken: Arc::default() }
        }

        fn sleep(&self) {
            let tasks = &self.place.tasks;
            assert!(self.place.sleep(tasks.round(), &Waker::from(Arc::clone(&self.woken))));
        }

        fn woken(&self) -> usize {
            self.woken.0.load(Ordering::Relaxed)
        }
    }

    /// Returns three tasks that sleep, the one that began last at the end.
    fn three() -> (Arc<WaitingTasks>, [Task; 3]) {
        let waiting = WaitingTasks::new();
        let tasks = [1, 2, 3].map(|call| Task::new(&waiting, call));
        tasks.iter().for_each(Task::sleep);
        (waiting, tasks)
    }

    #[tokio::test]
    async fn a_task_that_has_not_come_is_not_called_again() {
        let (waiting, tasks) = three();
        for woken in [[0, 0, 1], [0, 1, 1], [1, 1, 1], [1, 1, 1]] {
            waiting.call();
            assert_eq!(tasks.each_ref().map(Task::woken), woken);
        }
        tasks[0].sleep();
        waiting.call();
        assert_eq!(tasks.each_ref().map(Task::woken), [2, 1, 1]);
    }

    #[tokio::test]
    async fn a_task_that_is_dropped_passes_its_call_on() {
        let (waiting, [first, second, third]) = three();
        drop(second);
        assert_eq!(first.woken(), 0);
        waiting.call();
        drop(third);
        assert_eq!(first.woken(), 1);
    }

    #[tokio::test]
    async fn all_are_woken_if_the_called_task_does_not_come() {
        let (waiting, tasks) = three();
        waiting.call();
        sleep(20 * PATIENCE).await;
        assert_eq!(tasks.each_ref().map(Task::woken), [1, 1, 1]);

        let (waiting, tasks) = three();
        waiting.call();
        tasks[2].sleep();
        sleep(20 * PATIENCE).await;
        assert_eq!(tasks.each_ref().map(Task::woken), [0, 0, 1]);
    }

    #[tokio::test]
    async fn a_call_in_between_is_noticed() {
        let (waiting, [task, ..]) = three();
        let round = waiting.round();
        waiting.call();
        assert!(!task.place.sleep(round, Waker::noop()));
    }
}

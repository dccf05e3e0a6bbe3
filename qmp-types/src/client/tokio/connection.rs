//! A connection that tasks share: a task that is polled reads on behalf of all.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::mem;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use ::tokio::sync::OnceCell;

use super::bursts::Bursts;
use super::socket::Socket;
use super::tasks::{Place, WaitingTasks};
use super::wait::Wait;
use crate::client::core::{Core, GreetingWaiter, Request, SentCall, SyncWaiter, Waiter};
use crate::client::deadline::Deadline;
use crate::client::introspection::Introspection;
use crate::client::shared_connection::SharedConnection;
use crate::client::{ClientOptions, Greeting};
use crate::record::Field;
use crate::sync::lock;
use crate::transport::Stream;
use crate::{Error, Result};

/// A connection that any number of tasks share.
pub(super) struct TokioConnection {
    socket: Socket,
    state: Mutex<State>,
    /// How long a command without a success reply is waited for.
    silence: Duration,
    greeting: OnceLock<Greeting>,
    /// What the server supports, once it was asked.
    pub(super) introspection: OnceCell<Arc<Introspection>>,
    tasks: Arc<WaitingTasks>,
    /// Calls one of the `tasks` to drive the connection: the one waker that is registered with the socket.
    waker: Waker,
}

struct State {
    core: Core,
    bursts: Bursts,
}

impl TokioConnection {
    /// Creates a connection on which nothing was sent or received.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO enabled.
    pub(super) fn new(stream: Stream, options: &ClientOptions) -> Result<Self> {
        let tasks = WaitingTasks::new();
        Ok(Self {
            socket: Socket::new(stream)?,
            state: Mutex::new(State { core: Core::new(options), bursts: Bursts::default() }),
            silence: options.silence,
            greeting: OnceLock::new(),
            introspection: OnceCell::new(),
            waker: Arc::clone(&tasks).into(),
            tasks,
        })
    }

    /// Synchronises with the guest agent.
    pub(super) async fn synchronize(&self, limit: Option<Duration>) -> Result<()> {
        self.with_core(|core| core.begin_sync("the connection was synchronised anew before the reply"))?;
        self.wake();
        self.wait(&mut SyncWaiter, limit).await
    }

    /// Returns how long to wait for the reply to a request.
    pub(super) fn call_limit(&self, request: Request<'_>, limit: Option<Duration>) -> Option<Duration> {
        request.time_limit(limit, self.silence)
    }

    /// Waits for the greeting, which is available from now on.
    pub(super) async fn receive_greeting(&self, deadline: Deadline) -> Result<&Greeting> {
        match self.wait(&mut GreetingWaiter, Some(deadline.before_probe())).await {
            Err(error) if error.is_timeout() => {
                self.lock().core.probe();
                let result = self.wait(&mut GreetingWaiter, Some(deadline.remaining())).await;
                result.map_err(|error| deadline.explain_greeting(error))?;
            }
            result => result?,
        }
        let greeting = self.lock().core.greeting().cloned().ok_or_else(Error::closed)?;
        Ok(self.greeting.get_or_init(|| greeting))
    }

    /// Returns whether the peer seems to be gone.
    pub(super) fn has_left(&self) -> bool {
        self.socket.has_left()
    }

    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.get()
    }

    /// Appends a command to the bytes that a [`poll`](Self::poll) sends: the first one of this wait, or a later one if
    /// other tasks are likely to call, too.
    pub(super) fn begin(
        &self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
        wait: &mut Wait,
    ) -> Result<SentCall> {
        if fd.is_some() {
            self.socket.check_carries_fds().map_err(|error| Error::from(error).in_call(request.name, None))?;
        }
        let mut state = self.lock();
        let call = state.core.begin(request, arguments, fd)?;
        wait.is_postponed = state.bursts.request();
        Ok(call)
    }

    /// Gives up a call: its reply is dropped when it arrives.
    pub(super) fn abandon(&self, call: SentCall) {
        let mut state = self.lock();
        if state.core.abandon(call) {
            self.flush(&mut state);
        }
        self.wake_ready(state);
    }

    /// Sends a descriptor. If the socket does not accept it now, it is sent with the next command.
    pub(super) fn send_fd(&self, fd: OwnedFd) -> Result<()> {
        self.socket.check_carries_fds()?;
        let mut state = self.lock();
        state.core.push_fd(fd);
        self.flush(&mut state);
        let sent = state.core.check_open(&"the descriptor was sent");
        self.wake_ready(state);
        sent
    }

    /// Sends a command whose reply is dropped. If the socket does not accept it now, it is sent with the next command.
    #[cfg(feature = "qemu")]
    pub(super) fn post(&self, request: Request<'_>, arguments: &dyn Field) -> Result<()> {
        let mut state = self.lock();
        state.core.post(request, arguments)?;
        self.flush(&mut state);
        self.wake_ready(state);
        Ok(())
    }

    /// Waits until the waiter has its result, or the time limit has passed.
    pub(super) async fn wait<W: Waiter>(&self, waiter: &mut W, limit: Option<Duration>) -> Result<()> {
        let mut wait = Wait::new(limit);
        poll_fn(|cx| self.poll(cx, waiter, &mut wait)).await
    }

    /// Polls a waiter: its result, or an error once the time limit has passed.
    pub(super) fn poll(&self, cx: &mut Context<'_>, waiter: &mut dyn Waiter, wait: &mut Wait) -> Poll<Result<()>> {
        if mem::take(&mut wait.is_postponed) {
            self.place(waiter, wait).postpone(cx.waker());
        } else if wait.place.as_ref().is_some_and(|place| place.is_asleep(cx.waker())) {
            // Polled with others of the same task: nothing has changed.
        } else if let Poll::Ready(result) = self.drive(cx.waker(), waiter, wait) {
            return Poll::Ready(result);
        }
        let limit = ready!(wait.poll_limit(cx));
        let mut state = self.lock();
        let result = waiter.time_out(&mut state.core, limit);
        // Another command may have taken its place.
        self.flush(&mut state);
        self.wake_ready(state);
        wait.place = None;
        Poll::Ready(result)
    }

    /// Sends and receives what the socket allows, on behalf of all waiters.
    fn drive(&self, task: &Waker, waiter: &mut dyn Waiter, wait: &mut Wait) -> Poll<Result<()>> {
        let mut state = self.lock();
        let mut has_read = false;
        let result = loop {
            if has_read {
                // The server may take more commands now.
                self.flush(&mut state);
            }
            // A task that has its result leaves the requests of a burst to the task that was called to send them.
            if let Some(result) = waiter.poll(&mut state.core) {
                break Poll::Ready(result);
            }
            self.flush(&mut state);
            let round = self.tasks.round();
            // After the end, it waits only for predicates that run in other tasks.
            let received = match state.core.is_over() {
                true => Poll::Pending,
                false => self.socket.poll_recv(&mut self.context(), state.core.incoming.space()),
            };
            match received {
                Poll::Ready(received) => {
                    has_read = true;
                    state.bursts.received();
                    state.core.received(received, waiter);
                    if state.core.subscriptions().has_unfiltered() {
                        self.wake_ready(state);
                        // Another task may have to read, as a predicate may take long.
                        self.watch();
                        self.run_predicates();
                        state = self.lock();
                    }
                }
                Poll::Pending if self.place(waiter, wait).sleep(round, task) => break Poll::Pending,
                Poll::Pending => {}
            }
        };
        self.wake_ready(state);
        if result.is_ready() && self.tasks.leave(wait.place.take(), has_read) {
            self.watch();
        }
        result
    }

    /// Returns the place of a waiter among the tasks that wait.
    fn place<'w>(&self, waiter: &dyn Waiter, wait: &'w mut Wait) -> &'w mut Place {
        wait.place.get_or_insert_with(|| Place::new(&self.tasks, waiter.awaited()))
    }

    /// Makes sure that a task is called when there are bytes to receive, although the one that has received will not be
    /// polled.
    fn watch(&self) {
        if self.socket.is_readable(&mut self.context()) {
            self.tasks.call();
        }
    }

    /// Sends what the socket accepts. A task is called when it accepts more.
    fn flush(&self, State { core, bursts }: &mut State) {
        bursts.flush();
        while let Some(piece) = core.outgoing.next() {
            match self.socket.poll_send(&mut self.context(), &piece) {
                Poll::Ready(Ok(count)) => core.sent(count),
                Poll::Ready(Err(error)) => return core.send_failed(&error),
                Poll::Pending => return,
            }
        }
    }

    /// Wakes the tasks that can continue.
    fn wake_ready(&self, mut state: MutexGuard<'_, State>) {
        if !state.core.has_changes() {
            return;
        }
        let mut ready = Vec::new();
        self.tasks.take_ready(&mut state.core, &mut ready);
        drop(state);
        ready.into_iter().for_each(Waker::wake);
    }

    fn context(&self) -> Context<'_> {
        Context::from_waker(&self.waker)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl SharedConnection for TokioConnection {
    fn with_core<R>(&self, change: impl FnOnce(&mut Core) -> R) -> R {
        change(&mut self.lock().core)
    }

    fn wake(&self) {
        let mut state = self.lock();
        state.core.events_changed();
        self.wake_ready(state);
    }

    fn shutdown(&self) {
        self.socket.shutdown();
    }

    fn allow_interrupts(&self) -> io::Result<()> {
        Ok(())
    }

    /// No task blocks while it reads: all were woken.
    fn interrupt(&self) {}
}

impl fmt::Debug for TokioConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokioConnection")
            .field("socket", &self.socket)
            .field("greeting", &self.greeting.get())
            .field("in_flight", &self.lock().core.in_flight())
            .finish()
    }
}

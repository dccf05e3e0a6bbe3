//! A connection that tasks share: a task that is polled reads on behalf of all.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use ::tokio::sync::OnceCell;

use super::socket::Socket;
use super::time_limit::TimeLimit;
use super::wakers::TaskWakers;
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
    core: Mutex<Core>,
    /// How long a command without a success reply is waited for.
    silence: Duration,
    greeting: OnceLock<Greeting>,
    /// What the server supports, once it was asked.
    pub(super) introspection: OnceCell<Arc<Introspection>>,
    wakers: Arc<TaskWakers>,
    /// Wakes all `wakers`: the one waker that is registered with the socket.
    waker: Waker,
}

impl TokioConnection {
    /// Creates a connection on which nothing was sent or received.
    ///
    /// # Panics
    /// Outside of a tokio runtime with IO enabled.
    pub(super) fn new(stream: Stream, options: &ClientOptions) -> Result<Self> {
        let wakers = Arc::new(TaskWakers::default());
        Ok(Self {
            socket: Socket::new(stream)?,
            core: Mutex::new(Core::new(options)),
            silence: options.silence,
            greeting: OnceLock::new(),
            introspection: OnceCell::new(),
            waker: Arc::clone(&wakers).into(),
            wakers,
        })
    }

    /// Synchronises with the guest agent.
    pub(super) async fn synchronize(&self, limit: Option<Duration>) -> Result<()> {
        lock(&self.core).begin_sync("the connection was synchronised anew before the reply")?;
        self.wakers.wake_all();
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
                lock(&self.core).probe();
                let result = self.wait(&mut GreetingWaiter, Some(deadline.remaining())).await;
                result.map_err(|error| deadline.explain_greeting(error))?;
            }
            result => result?,
        }
        let greeting = lock(&self.core).greeting().cloned().ok_or_else(Error::closed)?;
        Ok(self.greeting.get_or_init(|| greeting))
    }

    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.get()
    }

    /// Appends a command to the bytes that the next [`poll`](Self::poll) sends.
    pub(super) fn begin(&self, request: Request<'_>, arguments: &dyn Field, fd: Option<OwnedFd>) -> Result<SentCall> {
        if fd.is_some() {
            self.socket.check_carries_fds()?;
        }
        lock(&self.core).begin(request, arguments, fd)
    }

    /// Gives up a call: its reply is dropped when it arrives.
    pub(super) fn abandon(&self, call: SentCall) {
        let mut core = lock(&self.core);
        core.abandon(call);
        // Another command may have taken its place.
        self.flush(&mut core);
    }

    /// Sends a descriptor. If the socket does not accept it now, it is sent with the next command.
    pub(super) fn send_fd(&self, fd: OwnedFd) -> Result<()> {
        self.socket.check_carries_fds()?;
        let mut core = lock(&self.core);
        core.push_fd(fd);
        self.flush(&mut core);
        core.check_open(&"the descriptor was sent")
    }

    /// Sends a command whose reply is dropped. If the socket does not accept it now, it is sent with the next command.
    #[cfg(feature = "qemu")]
    pub(super) fn post(&self, request: Request<'_>, arguments: &dyn Field) -> Result<()> {
        let mut core = lock(&self.core);
        core.post(request, arguments)?;
        self.flush(&mut core);
        Ok(())
    }

    /// Waits until the waiter has its result, or the time limit has passed.
    pub(super) async fn wait<W: Waiter>(&self, waiter: &mut W, limit: Option<Duration>) -> Result<()> {
        let mut time_limit = TimeLimit::new(limit);
        poll_fn(|cx| self.poll(cx, waiter, &mut time_limit)).await
    }

    /// Polls a waiter: its result, or an error once the time limit has passed.
    pub(super) fn poll(
        &self,
        cx: &mut Context<'_>,
        waiter: &mut dyn Waiter,
        time_limit: &mut TimeLimit,
    ) -> Poll<Result<()>> {
        if let Poll::Ready(result) = self.drive(cx.waker(), waiter) {
            return Poll::Ready(result);
        }
        let limit = ready!(time_limit.poll(cx));
        let mut core = lock(&self.core);
        let result = waiter.time_out(&mut core, limit);
        // Another command may have taken its place.
        self.flush(&mut core);
        Poll::Ready(result)
    }

    /// Sends and receives what the socket allows, on behalf of all waiters.
    fn drive(&self, task: &Waker, waiter: &mut dyn Waiter) -> Poll<Result<()>> {
        let mut core = lock(&self.core);
        let mut has_read = false;
        let result = loop {
            self.flush(&mut core);
            if let Some(result) = waiter.poll(&mut core) {
                break Poll::Ready(result);
            }
            let round = self.wakers.round();
            // After the end, it waits only for predicates that run in other tasks.
            let received = match core.is_over() {
                true => Poll::Pending,
                false => self.socket.poll_recv(&mut Context::from_waker(&self.waker), core.incoming.space()),
            };
            match received {
                Poll::Ready(received) => {
                    core.received(received, waiter);
                    has_read = true;
                    if core.subscriptions().has_unfiltered() {
                        drop(core);
                        self.run_predicates();
                        core = lock(&self.core);
                    }
                }
                Poll::Pending if self.wakers.add(round, task) => break Poll::Pending,
                Poll::Pending => {}
            }
        };
        drop(core);
        if has_read {
            self.wakers.wake_all();
        }
        result
    }

    /// Sends what the socket accepts. All tasks are woken when it accepts more.
    fn flush(&self, core: &mut Core) {
        while let Some(piece) = core.outgoing.next() {
            match self.socket.poll_send(&mut Context::from_waker(&self.waker), &piece) {
                Poll::Ready(Ok(count)) => core.outgoing.sent(count),
                Poll::Ready(Err(error)) => return core.send_failed(&error),
                Poll::Pending => return,
            }
        }
    }
}

impl SharedConnection for TokioConnection {
    fn with_core<R>(&self, change: impl FnOnce(&mut Core) -> R) -> R {
        change(&mut lock(&self.core))
    }

    fn wake(&self) {
        self.wakers.wake_all();
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
            .field("in_flight", &lock(&self.core).in_flight())
            .finish()
    }
}

//! How tasks share a connection: whichever runs reads, for all.

use std::fmt;
use std::future::poll_fn;
use std::os::fd::OwnedFd;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use ::tokio::time::{Sleep, sleep};
use serde_json::Value;

use super::call::UntypedCall;
use super::socket::Socket;
use super::wakers::TaskWakers;
use crate::client::core::{Core, GreetingWaiter, HandshakeCommand, Request, SentCall, SubscriptionId, Waiter};
use crate::client::{ClientOptions, Greeting};
use crate::record::Field;
use crate::sync::lock;
use crate::transport::Stream;
use crate::{Error, Result};

/// A connection that any number of tasks use.
pub(super) struct TokioConnection {
    socket: Socket,
    core: Mutex<Core>,
    greeting: OnceLock<Greeting>,
    wakers: Arc<TaskWakers>,
    /// Wakes the `wakers`: all that the socket knows of them.
    waker: Waker,
}

/// How long to wait, counted from the first poll.
#[derive(Debug)]
pub(super) struct TimeLimit {
    pub(super) limit: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl TokioConnection {
    /// Greeting and negotiation.
    pub(super) async fn open(stream: Stream, options: &ClientOptions) -> Result<Arc<Self>> {
        let wakers = Arc::new(TaskWakers::default());
        let connection = Arc::new(Self {
            socket: Socket::new(stream)?,
            core: Mutex::new(Core::new(options)),
            greeting: OnceLock::new(),
            waker: Arc::clone(&wakers).into(),
            wakers,
        });
        let limit = Some(options.greeting_timeout);
        let step = if options.guest_agent {
            lock(&connection.core).resync();
            HandshakeCommand::synchronize()
        } else {
            connection.wait(&mut GreetingWaiter, limit).await?;
            let greeting = lock(&connection.core).greeting().cloned().ok_or_else(Error::closed)?;
            HandshakeCommand::negotiate(options, connection.greeting.get_or_init(|| greeting))?
        };
        let mut call = UntypedCall::new(Arc::clone(&connection), Request::named(step.command), TimeLimit::new(limit));
        let mut returned = Value::Null;
        poll_fn(|cx| call.poll(cx, &step.arguments, &mut returned)).await?;
        step.check(&returned)?;
        Ok(connection)
    }

    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.get()
    }

    /// Adds a command to what is to be sent: by the next [`poll`](Self::poll).
    pub(super) fn begin(&self, request: Request<'_>, arguments: &dyn Field, fd: Option<OwnedFd>) -> Result<SentCall> {
        lock(&self.core).begin(request, arguments, fd)
    }

    /// Nobody waits for the reply any more.
    pub(super) fn abandon(&self, call: SentCall) {
        lock(&self.core).abandon(call);
    }

    /// Sends a descriptor; what the socket does not take at once goes ahead of the next command.
    pub(super) fn send_fd(&self, fd: OwnedFd) -> Result<()> {
        let mut core = lock(&self.core);
        core.outgoing.fd(fd);
        self.flush(&mut core);
        core.alive(&"the descriptor was sent")
    }

    /// Listens to events from now on.
    pub(super) fn listen(&self, name: Option<&'static str>) -> SubscriptionId {
        lock(&self.core).subscriptions().add(name)
    }

    /// Listens no more.
    pub(super) fn unlisten(&self, key: SubscriptionId) {
        lock(&self.core).subscriptions().remove(key);
    }

    /// How many events the subscription has lost.
    pub(super) fn lost(&self, key: SubscriptionId) -> u64 {
        lock(&self.core).subscriptions().lost(key)
    }

    /// Whether nothing more will come.
    pub(super) fn is_over(&self) -> bool {
        lock(&self.core).is_over()
    }

    /// Waits until it is over, or the time is.
    pub(super) async fn wait<W: Waiter>(&self, waiter: &mut W, limit: Option<Duration>) -> Result<()> {
        let mut time_limit = TimeLimit::new(limit);
        poll_fn(|cx| self.poll(cx, waiter, &mut time_limit)).await
    }

    /// One look at what is waited for.
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
        waiter.cancel(&mut lock(&self.core));
        Poll::Ready(Err(Error::timed_out(waiter.too_late(limit))))
    }

    /// Sends and reads what can be, for all.
    fn drive(&self, task: &Waker, waiter: &mut dyn Waiter) -> Poll<Result<()>> {
        let mut core = lock(&self.core);
        let mut served = false;
        let result = loop {
            self.flush(&mut core);
            if let Some(result) = waiter.poll(&mut core) {
                break Poll::Ready(result);
            }
            let round = self.wakers.round();
            match self.socket.poll_recv(&mut Context::from_waker(&self.waker), core.incoming.space()) {
                Poll::Ready(received) => {
                    core.received(received, waiter);
                    served = true;
                }
                Poll::Pending if self.wakers.add(round, task) => break Poll::Pending,
                Poll::Pending => {}
            }
        };
        drop(core);
        if served {
            self.wakers.wake_all();
        }
        result
    }

    /// Sends what the socket takes. All are woken when it takes more.
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

impl TimeLimit {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        Self { limit, sleep: None }
    }

    /// Ready when the time is over: how long that was.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Duration> {
        let Some(limit) = self.limit else { return Poll::Pending };
        self.sleep.get_or_insert_with(|| Box::pin(sleep(limit))).as_mut().poll(cx).map(|()| limit)
    }
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

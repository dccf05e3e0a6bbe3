//! A connection that threads share: one of the waiting threads reads on behalf of all.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, OnceLock, PoisonError};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};
use std::{fmt, mem};

use serde_json::Value;

use super::sync::{Condvar, Mutex, MutexGuard};
use super::transport::Transport;
use crate::client::core::{
    Core, GreetingWaiter, NEGOTIATION, ReplyWaiter, Request, SentCall, SyncWaiter, WaitList, Waiter,
    negotiation_arguments,
};
use crate::client::deadline::Deadline;
use crate::client::introspection::Introspection;
use crate::client::shared_connection::SharedConnection;
use crate::client::{ClientOptions, Greeting};
use crate::record::Field;
use crate::transport::{Interest, Stream};
use crate::{Error, Result};

/// A connection that any number of threads share.
///
/// The methods that generic code of clients calls are never inlined, so that they are compiled once, in this crate.
pub(super) struct BlockingConnection<T: Transport = Stream> {
    stream: T,
    state: Mutex<State>,
    /// How long a command without a success reply is waited for.
    silence: Duration,
    greeting: OnceLock<Greeting>,
    /// What the server supports, once it was asked.
    introspection: Mutex<Option<Arc<Introspection>>>,
    interrupt: OnceLock<T::Interrupt>,
}

struct State {
    core: Core,
    /// A thread is reading. It has taken the receive buffer, and does not hold the lock.
    reading: bool,
    /// The threads that wait while another one reads.
    parked: WaitList,
}

/// Wakes a thread that waits while another one reads.
#[derive(Default)]
struct ParkedThread(Condvar);

impl Wake for ParkedThread {
    fn wake(self: Arc<Self>) {
        self.0.notify_one();
    }
}

/// How long a thread waits for the socket to accept bytes before it checks whether it has to read, as no other thread
/// can wake it.
const SEND_WAIT: Duration = Duration::from_millis(20);

impl<T: Transport> BlockingConnection<T> {
    /// Receives the greeting and negotiates, or synchronises with a guest agent.
    pub(super) fn open(stream: T, options: &ClientOptions, deadline: Deadline) -> Result<Self> {
        let state = State { core: Core::new(options), reading: false, parked: WaitList::default() };
        let (state, silence, interrupt) = (Mutex::new(state), options.silence, OnceLock::new());
        let connection =
            Self { stream, state, silence, greeting: OnceLock::new(), introspection: Mutex::default(), interrupt };
        if options.guest_agent {
            connection
                .synchronize(Some(deadline.remaining()))
                .map_err(|error| SyncWaiter::explain(error, deadline.limit()))?;
            return Ok(connection);
        }
        let arguments = negotiation_arguments(options, connection.receive_greeting(deadline)?)?;
        let limit = Some(deadline.remaining());
        let result = connection.call(Request::named(NEGOTIATION), &arguments, None, &mut Value::Null, limit);
        result.map_err(|error| deadline.explain(error, NEGOTIATION))?;
        Ok(connection)
    }

    /// Synchronises with the guest agent.
    pub(super) fn synchronize(&self, limit: Option<Duration>) -> Result<()> {
        let mut state = self.lock();
        state.core.begin_sync("the connection was synchronised anew before the reply")?;
        state.wake_ready();
        self.wait_in(state, &mut SyncWaiter, limit, None)
    }

    /// Waits for the greeting, which is available from now on.
    fn receive_greeting(&self, deadline: Deadline) -> Result<&Greeting> {
        match self.wait(&mut GreetingWaiter, Some(deadline.before_probe())) {
            Err(error) if error.is_timeout() => {
                self.lock().core.probe();
                let result = self.wait(&mut GreetingWaiter, Some(deadline.remaining()));
                result.map_err(|error| deadline.explain_greeting(error))?;
            }
            result => result?,
        }
        let greeting = self.lock().core.greeting().cloned().ok_or_else(Error::closed)?;
        Ok(self.greeting.get_or_init(|| greeting))
    }

    /// Returns what the server supports. It is asked by the first caller, for which others wait.
    pub(super) fn introspection(&self, ask: impl FnOnce() -> Result<Introspection>) -> Result<Arc<Introspection>> {
        let mut known = self.introspection.lock().unwrap_or_else(PoisonError::into_inner);
        let found = match &*known {
            Some(found) => Arc::clone(found),
            None => Arc::new(ask()?),
        };
        *known = Some(Arc::clone(&found));
        Ok(found)
    }

    /// Returns whether the peer seems to be gone.
    pub(super) fn has_left(&self) -> bool {
        self.stream.has_left()
    }

    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.get()
    }

    /// Sends a command, with a descriptor if there is one, and waits for its return value.
    #[inline(never)]
    pub(super) fn call(
        &self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
        value: &mut dyn Field,
        limit: Option<Duration>,
    ) -> Result<()> {
        if fd.is_some() {
            self.stream.check_carries_fds().map_err(|error| Error::from(error).in_call(request.name, None))?;
        }
        let mut state = self.lock();
        let call = state.core.begin(request, arguments, fd)?;
        let limit = self.call_limit(request, limit);
        self.wait_in(state, &mut ReplyWaiter::new(call, request.name, value), limit, None)
    }

    /// Adds a command to the bytes that the next thread to wait sends.
    #[inline(never)]
    pub(super) fn begin(&self, request: Request<'_>, arguments: &dyn Field, fd: Option<OwnedFd>) -> Result<SentCall> {
        if fd.is_some() {
            self.stream.check_carries_fds()?;
        }
        self.lock().core.begin(request, arguments, fd)
    }

    /// Returns how long to wait for the reply to a request.
    pub(super) fn call_limit(&self, request: Request<'_>, limit: Option<Duration>) -> Option<Duration> {
        request.time_limit(limit, self.silence)
    }

    /// Gives up a call: its reply is dropped when it arrives.
    #[inline(never)]
    pub(super) fn abandon(&self, call: SentCall) {
        let mut state = self.lock();
        if state.core.abandon(call) {
            self.flush(&mut state.core);
        }
        state.wake_ready();
    }

    /// Sends a descriptor. If the socket does not accept it now, it is sent with the next command.
    pub(super) fn send_fd(&self, fd: OwnedFd) -> Result<()> {
        self.stream.check_carries_fds()?;
        let mut state = self.lock();
        state.core.push_fd(fd);
        self.flush(&mut state.core);
        state.core.check_open(&"the descriptor was sent")
    }

    /// Sends a command whose reply is dropped. If the socket does not accept it now, it is sent with the next command.
    #[cfg(feature = "qemu")]
    pub(super) fn post(&self, request: Request<'_>, arguments: &dyn Field) -> Result<()> {
        let mut state = self.lock();
        state.core.post(request, arguments)?;
        self.flush(&mut state.core);
        Ok(())
    }

    /// Waits until the waiter has its result, or the time limit has passed.
    #[inline(never)]
    pub(super) fn wait(&self, waiter: &mut dyn Waiter, limit: Option<Duration>) -> Result<()> {
        self.wait_in(self.lock(), waiter, limit, None)
    }

    /// Waits until the waiter has its result, or the time limit has passed since the wait was `begun`.
    #[inline(never)]
    pub(super) fn wait_since(&self, waiter: &mut dyn Waiter, limit: Option<Duration>, begun: Instant) -> Result<()> {
        self.wait_in(self.lock(), waiter, limit, Some(begun))
    }

    fn wait_in<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &mut dyn Waiter,
        limit: Option<Duration>,
        begun: Option<Instant>,
    ) -> Result<()> {
        let deadline = limit.and_then(|limit| begun.unwrap_or_else(Instant::now).checked_add(limit));
        let result = loop {
            self.flush(&mut state.core);
            if let Some(result) = waiter.poll(&mut state.core) {
                break result;
            }
            if let Some(limit) = limit.filter(|_| deadline.is_some_and(|deadline| deadline <= Instant::now())) {
                let result = waiter.time_out(&mut state.core, limit);
                // Another command may have taken its place.
                self.flush(&mut state.core);
                break result;
            }
            state = match state.reading || state.core.is_filtering(waiter.awaited()) {
                true => self.park(state, waiter, deadline),
                false => self.read(state, waiter, deadline),
            };
        };
        state.wake_ready();
        state.hand_over();
        result
    }

    /// Sends what the socket accepts.
    fn flush(&self, core: &mut Core) {
        while let Some(piece) = core.outgoing.next() {
            let sent = match piece.fd {
                None => self.stream.try_send(piece.bytes),
                Some(fd) => self.stream.try_send_with_fds(piece.bytes, &[fd.as_fd()]),
            };
            match sent {
                Ok(count) => core.sent(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => return core.send_failed(&error),
            }
        }
    }

    /// Reads once, on behalf of all waiters. Other threads may send meanwhile.
    fn read<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &mut dyn Waiter,
        deadline: Option<Instant>,
    ) -> MutexGuard<'a, State> {
        state.reading = true;
        let unsent = state.core.outgoing.has_sendable();
        let mut incoming = mem::take(&mut state.core.incoming);
        drop(state);
        let received = self.receive(incoming.space(), unsent, deadline);
        let mut state = self.lock();
        state.reading = false;
        state.core.incoming = incoming;
        match received {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => state.core.received(result, waiter),
        }
        state.wake_ready();
        if state.core.subscriptions().has_unfiltered() {
            // Another thread may have to read, as a predicate may take long.
            state.hand_over();
            drop(state);
            self.run_predicates();
            state = self.lock();
        }
        state
    }

    /// Waits for bytes. Fails with `WouldBlock` at the deadline, or if the socket accepts the `unsent` bytes.
    fn receive(&self, space: &mut [u8], unsent: bool, deadline: Option<Instant>) -> io::Result<usize> {
        if let Some(interrupt) = self.interrupt.get() {
            if !self.stream.wait_or_interrupt(interrupt, unsent, deadline)? {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        } else if unsent || deadline.is_some() {
            let interest = if unsent { Interest::Both } else { Interest::Read };
            if !self.stream.wait(interest, deadline)?.read {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        self.stream.recv_bytes(space)
    }

    /// Waits until the reading thread wakes this one, or until the socket accepts unsent bytes.
    fn park<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &dyn Waiter,
        deadline: Option<Instant>,
    ) -> MutexGuard<'a, State> {
        if state.core.outgoing.has_sendable() {
            drop(state);
            let soon = Instant::now() + SEND_WAIT;
            let waited = self.stream.wait(Interest::Write, Some(deadline.map_or(soon, |deadline| deadline.min(soon))));
            state = self.lock();
            if let Err(error) = waited {
                state.core.send_failed(&error);
            }
            return state;
        }
        let thread = Arc::new(ParkedThread::default());
        let key = state.parked.key(waiter.awaited());
        state.parked.sleep(key, &Waker::from(Arc::clone(&thread)));
        let remaining = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
        state = thread.0.wait_timeout(state, remaining).unwrap_or_else(PoisonError::into_inner).0;
        state.parked.leave(key);
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Transport> SharedConnection for BlockingConnection<T> {
    fn with_core<R>(&self, change: impl FnOnce(&mut Core) -> R) -> R {
        change(&mut self.lock().core)
    }

    fn wake(&self) {
        let mut state = self.lock();
        state.core.events_changed();
        state.wake_ready();
        // None of the waiting threads may have been able to read, as they waited for predicates.
        state.hand_over();
    }

    fn shutdown(&self) {
        self.stream.shutdown_both();
        self.interrupt();
    }

    fn allow_interrupts(&self) -> io::Result<()> {
        if self.interrupt.get().is_none() {
            self.interrupt.get_or_init({
                let interrupt = T::new_interrupt()?;
                || interrupt
            });
        }
        Ok(())
    }

    fn interrupt(&self) {
        if let Some(interrupt) = self.interrupt.get() {
            self.stream.interrupt(interrupt);
        }
    }
}

impl State {
    /// Wakes the threads that can continue.
    fn wake_ready(&mut self) {
        let mut ready = Vec::new();
        self.core.take_ready(&mut self.parked, &mut ready);
        ready.into_iter().for_each(Waker::wake);
    }

    /// Wakes another thread to read, as this one has its result.
    fn hand_over(&mut self) {
        if !self.reading {
            let next = self.parked.take_driver(|awaited| !self.core.is_filtering(awaited));
            next.inspect(|(_, thread)| thread.wake_by_ref());
        }
    }
}

impl<T: Transport> fmt::Debug for BlockingConnection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingConnection")
            .field("stream", &self.stream)
            .field("greeting", &self.greeting.get())
            .field("in_flight", &self.lock().core.in_flight())
            .finish()
    }
}

//! How threads share a connection: one of those that wait reads, for all.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, mem};

use serde_json::Value;

use crate::client::core::{
    Awaited, Core, GreetingWaiter, HandshakeCommand, ReplyWaiter, Request, SubscriptionId, Waiter,
};
use crate::client::{ClientOptions, Greeting};
use crate::record::Field;
use crate::sync::lock;
use crate::transport::{Interest, Stream};
use crate::{Error, Result};

/// A connection that any number of threads use.
pub(super) struct BlockingConnection {
    stream: Stream,
    state: Mutex<State>,
    greeting: OnceLock<Greeting>,
}

struct State {
    core: Core,
    /// Whether a thread reads now. It has the receiving buffer then, and does not hold the lock.
    reading: bool,
    parked: Vec<Parked>,
}

/// A thread that lets another one read.
struct Parked {
    awaited: Awaited,
    bell: Arc<Condvar>,
}

/// How often a thread that waits for room to send looks whether it has to read: nobody can tell it.
const LOOK_AROUND: Duration = Duration::from_millis(20);

impl BlockingConnection {
    /// Greeting and negotiation.
    pub(super) fn open(stream: Stream, options: &ClientOptions) -> Result<Self> {
        let state = State { core: Core::new(options), reading: false, parked: Vec::new() };
        let connection = Self { stream, state: Mutex::new(state), greeting: OnceLock::new() };
        let limit = Some(options.greeting_timeout);
        let step = if options.guest_agent {
            connection.lock().core.resync();
            HandshakeCommand::synchronize()
        } else {
            connection.wait(&mut GreetingWaiter, limit)?;
            let greeting = connection.lock().core.greeting().cloned().ok_or_else(Error::closed)?;
            HandshakeCommand::negotiate(options, connection.greeting.get_or_init(|| greeting))?
        };
        let mut returned = Value::Null;
        connection.call(Request::named(step.command), &step.arguments, None, &mut returned, limit)?;
        step.check(&returned)?;
        Ok(connection)
    }

    pub(super) fn greeting(&self) -> Option<&Greeting> {
        self.greeting.get()
    }

    /// Sends a command, perhaps with a descriptor, and waits for what it returns.
    pub(super) fn call(
        &self,
        request: Request<'_>,
        arguments: &dyn Field,
        fd: Option<OwnedFd>,
        value: &mut dyn Field,
        limit: Option<Duration>,
    ) -> Result<()> {
        let mut state = self.lock();
        let started = state.core.begin(request, arguments, fd)?;
        self.wait_in(state, &mut ReplyWaiter::new(started, request.name, value), limit)
    }

    /// Sends a descriptor; what the socket does not take at once goes ahead of the next command.
    pub(super) fn send_fd(&self, fd: OwnedFd) -> Result<()> {
        let mut state = self.lock();
        state.core.outgoing.fd(fd);
        self.flush(&mut state.core);
        state.core.alive(&"the descriptor was sent")
    }

    /// Listens to events from now on.
    pub(super) fn listen(&self, name: Option<&'static str>) -> SubscriptionId {
        self.lock().core.subscriptions().add(name)
    }

    /// Listens no more.
    pub(super) fn unlisten(&self, key: SubscriptionId) {
        self.lock().core.subscriptions().remove(key);
    }

    /// How many events the subscription has lost.
    pub(super) fn lost(&self, key: SubscriptionId) -> u64 {
        self.lock().core.subscriptions().lost(key)
    }

    /// Whether nothing more will come.
    pub(super) fn is_over(&self) -> bool {
        self.lock().core.is_over()
    }

    /// Waits until it is over, or the time is.
    pub(super) fn wait(&self, waiter: &mut dyn Waiter, limit: Option<Duration>) -> Result<()> {
        self.wait_in(self.lock(), waiter, limit)
    }

    fn wait_in<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &mut dyn Waiter,
        limit: Option<Duration>,
    ) -> Result<()> {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        let result = loop {
            self.flush(&mut state.core);
            if let Some(result) = waiter.poll(&mut state.core) {
                break result;
            }
            if let Some(limit) = limit.filter(|_| deadline.is_some_and(|deadline| deadline <= Instant::now())) {
                waiter.cancel(&mut state.core);
                break Err(Error::timed_out(waiter.too_late(limit)));
            }
            state = match state.reading {
                true => self.park(state, waiter, deadline),
                false => self.read(state, waiter, deadline),
            };
        };
        state.hand_over();
        result
    }

    /// Sends what the socket takes.
    fn flush(&self, core: &mut Core) {
        while let Some(piece) = core.outgoing.next() {
            let sent = match piece.fd {
                None => self.stream.try_send(piece.bytes),
                Some(fd) => self.stream.try_send_with_fds(piece.bytes, &[fd.as_fd()]),
            };
            match sent {
                Ok(count) => core.outgoing.sent(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => return core.send_failed(&error),
            }
        }
    }

    /// Reads once, for all. Meanwhile others may send.
    fn read<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &mut dyn Waiter,
        deadline: Option<Instant>,
    ) -> MutexGuard<'a, State> {
        state.reading = true;
        let blocked = !state.core.outgoing.is_empty();
        let mut incoming = mem::take(&mut state.core.incoming);
        drop(state);
        let received = self.receive(incoming.space(), blocked, deadline);
        let mut state = self.lock();
        state.reading = false;
        state.core.incoming = incoming;
        match received {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            result => state.core.received(result, waiter),
        }
        state.wake_served();
        state
    }

    /// Waits for bytes; `WouldBlock` if there are none but it is time to look around, be it to send what is `blocked`.
    fn receive(&self, space: &mut [u8], blocked: bool, deadline: Option<Instant>) -> io::Result<usize> {
        if blocked || deadline.is_some() {
            let interest = if blocked { Interest::Both } else { Interest::Read };
            if !self.stream.wait(interest, deadline)?.read {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        self.stream.recv_bytes(space)
    }

    /// Waits for the thread that reads, or for a chance to send.
    fn park<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        waiter: &dyn Waiter,
        deadline: Option<Instant>,
    ) -> MutexGuard<'a, State> {
        if !state.core.outgoing.is_empty() {
            drop(state);
            let soon = Instant::now() + LOOK_AROUND;
            let waited = self.stream.wait(Interest::Write, Some(deadline.map_or(soon, |deadline| deadline.min(soon))));
            state = self.lock();
            if let Err(error) = waited {
                state.core.send_failed(&error);
            }
            return state;
        }
        let bell = Arc::new(Condvar::new());
        state.parked.push(Parked { awaited: waiter.awaited(), bell: Arc::clone(&bell) });
        let left = deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()));
        state = bell.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        state.parked.retain(|parked| !Arc::ptr_eq(&parked.bell, &bell));
        state
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    /// Wakes the threads for which something has come.
    fn wake_served(&mut self) {
        let core = &self.core;
        self.parked.retain(|parked| {
            let served = core.has(parked.awaited);
            if served {
                parked.bell.notify_one();
            }
            !served
        });
    }

    /// A thread leaves: another one has to read.
    fn hand_over(&mut self) {
        if !self.reading && !self.parked.is_empty() {
            self.parked.remove(0).bell.notify_one();
        }
    }
}

impl fmt::Debug for BlockingConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingConnection")
            .field("stream", &self.stream)
            .field("greeting", &self.greeting.get())
            .field("in_flight", &self.lock().core.in_flight())
            .finish()
    }
}

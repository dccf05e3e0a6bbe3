//! A connection whose client has enabled out-of-band execution: requests are read while an in-band command runs.
//!
//! The connection's thread reads, and executes what overtakes. A second thread executes the in-band commands.

use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::server::erased::{DRAIN_CHECK, ErasedServer};
use crate::server::service::Service;
use crate::server::session::{Session, Task};
use crate::sync::lock;
use crate::transport::{Interest, Stream};

/// How often the connection is checked while there is nothing to read, because too many requests wait.
const CHECK_CONNECTION: Duration = Duration::from_millis(20);

/// Continues a connection, to its end.
///
/// # Errors
/// If the connection fails.
pub(super) fn run(server: &ErasedServer, stream: &Stream, session: Session) -> io::Result<()> {
    let lanes = Lanes {
        server,
        stream,
        state: Mutex::new(State { session, task: None, is_overtaking: false, is_over: false }),
        changed: Condvar::new(),
    };
    thread::scope(|scope| {
        thread::Builder::new().name("qmp-in-band".into()).spawn_scoped(scope, || lanes.execute_in_band())?;
        let ended = lanes.read();
        lanes.end();
        ended
    })?;
    lanes.drain()
}

/// What the two threads of a connection share.
struct Lanes<'c> {
    server: &'c ErasedServer,
    stream: &'c Stream,
    state: Mutex<State>,
    /// There is a task, a task has ended, or everything is over.
    changed: Condvar,
}

struct State {
    session: Session,
    /// The in-band command to be executed next.
    task: Option<Task>,
    /// Whether a command is executed out of band. The requests after it wait for its reply.
    is_overtaking: bool,
    is_over: bool,
}

impl Lanes<'_> {
    /// Reads requests, and executes those that overtake.
    fn read(&self) -> io::Result<()> {
        loop {
            let mut state = self.execute();
            state.session.on_deadline(Instant::now());
            let waiting = state.session.flush()?;
            if state.session.is_finished() {
                return Ok(());
            }
            if state.session.can_proceed() {
                continue;
            }
            let deadline = state.session.deadline();
            let interest = match (state.session.wants_input(), waiting) {
                (true, 0) => Some(Interest::Read),
                (true, _) => Some(Interest::Both),
                (false, _) if state.session.is_output_full() => Some(Interest::Write),
                (false, _) => None,
            };
            match interest {
                Some(interest) => {
                    drop(state);
                    if self.stream.wait(interest, deadline)?.read && interest != Interest::Write {
                        self.receive()?;
                    }
                }
                None => {
                    let until_deadline = deadline.map(|at| at.saturating_duration_since(Instant::now()));
                    let pause = until_deadline.map_or(CHECK_CONNECTION, |pause| pause.min(CHECK_CONNECTION));
                    let waited = self.changed.wait_timeout(state, pause);
                    drop(waited.unwrap_or_else(PoisonError::into_inner));
                    self.check_connected()?;
                }
            }
        }
    }

    /// Executes the requests that overtake, and gives the next of the others to the other thread.
    fn execute(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.state);
        while let Some(request) = state.session.next() {
            let is_overtaking = request.is_oob();
            let Some(task) = request.detach(&self.server.service) else { continue };
            if is_overtaking {
                state.is_overtaking = true;
                drop(state);
                task.run();
                state = lock(&self.state);
                state.is_overtaking = false;
            } else {
                state.task = Some(task);
                self.changed.notify_all();
            }
        }
        state
    }

    fn receive(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        let mut fds = Vec::new();
        let count = match self.stream.try_recv(state.session.space(), &mut fds) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            received => received?,
        };
        state.session.receive_fds(fds);
        if count > 0 {
            state.session.received(count);
            return Ok(());
        }
        state.session.finish();
        // No further command begins once the running one has learnt that it is cancelled.
        let connected = self.check_connected();
        state.is_over = connected.is_err();
        if self.stream.has_left() {
            state.session.shared().cancel();
        }
        connected
    }

    /// Fails if the client has disconnected, so that the requests that wait are not executed.
    fn check_connected(&self) -> io::Result<()> {
        if self.stream.is_hung_up() { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }

    /// Executes in-band commands until the connection is over.
    fn execute_in_band(&self) {
        let mut state = lock(&self.state);
        loop {
            if let Some(task) = state.task.take() {
                drop(state);
                task.run();
                state = lock(&self.state);
                if !state.is_over {
                    state.find_in_band(&self.server.service);
                    // The other thread waits for input, and does not send the errors of malformed messages.
                    state.session.shared().flush_or_notify();
                }
                self.changed.notify_all();
            } else if state.is_over {
                return;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Executes no further command, and cancels the running one.
    fn end(&self) {
        let mut state = lock(&self.state);
        state.is_over = true;
        state.task = None;
        if !state.session.is_finished() {
            state.session.shared().cancel();
        }
        self.changed.notify_all();
    }

    /// Sends all replies. Once the server is being stopped, a client that reads nothing during the grace period is
    /// disconnected.
    fn drain(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        while state.session.flush()? > 0 {
            self.stream.wait(Interest::Write, Some(Instant::now() + DRAIN_CHECK))?;
            state.session.on_deadline(Instant::now());
            if self.server.connections.shutdown.is_over() {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }
}

impl State {
    /// Takes the next request, unless it overtakes, which is for the other thread.
    fn find_in_band(&mut self, service: &Arc<dyn Service>) {
        while self.task.is_none()
            && !self.is_overtaking
            && let Some(request) = self.session.next()
            && !request.is_oob()
        {
            self.task = request.detach(service);
        }
    }
}

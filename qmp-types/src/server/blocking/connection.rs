//! A connection of the blocking server: its thread waits in system calls.
//!
//! One read takes all requests that have arrived, and their replies are sent together. An exchange without contention
//! thus costs one receive and one send, however many requests are in flight.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::oob;
use crate::server::erased::{BATCH, ConnectionCheck, DRAIN_CHECK, ErasedServer};
use crate::server::events::RateTimer;
use crate::server::session::Session;
use crate::server::shared_session::{Change, Link, SharedSession};
use crate::server::watchdog::{Activity, Watchdog};
use crate::transport::{Interest, Stream};

/// A session that may not execute anything yet looks this often whether the server is being stopped.
const PAUSE: Duration = Duration::from_millis(50);

/// How many bytes of each buffer an idle connection keeps.
const KEPT: usize = 16 << 10;

/// Serves a connection until the client disconnects or the server is stopped.
///
/// # Errors
/// If the connection fails.
pub(super) fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    RateTimer::enable(&server.connections);
    let watchdog = Arc::clone(&server.watchdog);
    let link = Arc::new(BlockingLink { stream, watchdog, activity: Arc::default() });
    let session = server.session(link.clone());
    let mut connection = Connection { server, link: &link, session, check: ConnectionCheck::new() };
    match connection.run()? {
        Exit::Finished => Ok(()),
        Exit::OobEnabled => oob::run(server, &link.stream, connection.session),
    }
}

/// The socket of a connection, and what its thread does.
struct BlockingLink {
    stream: Stream,
    watchdog: Arc<Watchdog>,
    activity: Arc<Activity>,
}

impl Link for BlockingLink {
    fn stream(&self) -> Option<&Stream> {
        Some(&self.stream)
    }

    fn notify(&self, session: &Arc<SharedSession>, change: Change) {
        match change {
            Change::Output => start_flusher(session),
            Change::Stopped => self.stream.shutdown_read(),
            // The thread that has executed the command looks for the next one.
            Change::CommandEnded => {}
        }
    }

    fn watch(&self, session: &Arc<SharedSession>) {
        self.activity.watch(&self.watchdog, session);
    }
}

/// The session of a connection and the thread that drives it.
struct Connection<'c> {
    server: &'c ErasedServer,
    link: &'c BlockingLink,
    session: Session,
    check: ConnectionCheck,
}

/// Why the thread does not go on.
enum Exit {
    /// Everything was executed and sent.
    Finished,
    /// The client has enabled out-of-band execution, which takes another thread.
    OobEnabled,
}

impl Connection<'_> {
    fn run(&mut self) -> io::Result<Exit> {
        loop {
            self.execute()?;
            if self.session.is_oob() {
                return Ok(Exit::OobEnabled);
            }
            if self.session.is_finished() {
                self.drain(0)?;
                return Ok(Exit::Finished);
            }
            if self.session.can_proceed() {
                continue;
            }
            if self.session.wants_input() {
                self.receive()?;
            } else if let Some(until) = self.session.delayed_until() {
                self.pause(until)?;
            }
        }
    }

    /// Executes the requests that have arrived.
    fn execute(&mut self) -> io::Result<()> {
        let BlockingLink { stream, watchdog, activity } = self.link;
        while !self.session.is_oob()
            && let Some(request) = self.session.next()
        {
            activity.begin(watchdog, request.session(), request.has_earlier_replies());
            request.run(&*self.server.service);
            activity.end();
            if self.session.waiting() >= BATCH {
                self.flush()?;
            }
            self.check.check(stream)?;
        }
        if self.session.is_output_full() { self.flush() } else { Ok(()) }
    }

    /// Sends replies. If too many wait, most of them are sent.
    fn flush(&mut self) -> io::Result<()> {
        self.session.flush()?;
        if self.session.is_output_full() { self.drain(self.session.output_target()) } else { Ok(()) }
    }

    /// Waits until the session's rate of commands allows the next one, or for a moment: the server may be stopped.
    fn pause(&mut self, until: Instant) -> io::Result<()> {
        self.session.shared().flush_or_notify();
        let until = until.min(Instant::now() + PAUSE);
        self.link.stream.wait(Interest::HangUp, Some(until))?;
        self.check.check(&self.link.stream).map(drop)
    }

    /// Sends replies and receives requests.
    fn receive(&mut self) -> io::Result<()> {
        loop {
            self.flush()?;
            let waiting = self.session.waiting();
            if waiting == 0
                && let Some(limit) = self.session.idle_limit()
            {
                if self.link.stream.wait_for_input(limit)? {
                    break;
                }
                self.session.end_idleness();
                return Ok(());
            }
            let deadline = self.session.deadline();
            if waiting == 0 && deadline.is_none() {
                break;
            }
            // A client may send more requests before it reads replies, as long as few bytes wait.
            let interest = if waiting == 0 { Interest::Read } else { Interest::Both };
            let ready = self.link.stream.wait(interest, deadline)?;
            if ready.read {
                break;
            }
            if !ready.write {
                self.session.on_deadline(Instant::now());
                return Ok(());
            }
        }
        if self.session.is_larger_than(KEPT) {
            self.session.shrink(KEPT);
        }
        let mut fds = Vec::new();
        let count = self.link.stream.recv(self.session.space(), &mut fds)?;
        self.session.receive_fds(fds);
        match count {
            0 => self.session.finish(),
            count => self.session.received(count),
        }
        self.check = ConnectionCheck::new();
        Ok(())
    }

    /// Sends until at most `remaining` bytes wait. A client that has not read them at the end of the grace
    /// period of a server that is being stopped is disconnected.
    fn drain(&mut self, remaining: usize) -> io::Result<()> {
        while self.session.flush()? > remaining {
            self.link.stream.wait(Interest::Write, Some(Instant::now() + DRAIN_CHECK))?;
            self.session.on_deadline(Instant::now());
            if self.server.connections.shutdown.is_over() {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }
}

/// Starts a thread that sends the waiting bytes: the connection's own thread may be waiting for requests or running a
/// handler.
fn start_flusher(session: &Arc<SharedSession>) {
    if !session.start_flusher() {
        return;
    }
    let flushed = Arc::clone(session);
    let started = thread::Builder::new().name("qmp-flush".into()).spawn(move || {
        let Some(stream) = flushed.stream() else { return };
        while flushed.flush_from_flusher(stream).is_ok_and(|remaining| remaining > 0) {
            if stream.wait(Interest::Write, None).is_err() {
                return;
            }
        }
    });
    if let Err(error) = started {
        tracing::error!(%error, "cannot start a thread to send events, disconnecting the client");
        session.close();
    }
}

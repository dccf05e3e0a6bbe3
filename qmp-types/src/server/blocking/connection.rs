//! A connection of the blocking server: its thread waits in system calls.
//!
//! One read takes all requests that have arrived, and their replies are sent together. An exchange without contention
//! thus costs one receive and one send, however many requests are in flight.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::server::erased::{BATCH, ConnectionCheck, ErasedServer, SHUTDOWN_GRACE};
use crate::server::session::Session;
use crate::server::shared_session::{Change, Link, SharedSession};
use crate::transport::{Interest, Stream};

/// Serves a connection until the client disconnects or the server is stopped.
///
/// # Errors
/// If the connection fails.
pub(super) fn serve(server: &ErasedServer, stream: Stream) -> io::Result<()> {
    let socket = Arc::new(Socket(stream));
    let session = server.session(socket.clone());
    Connection { server, socket: &socket.0, session, check: ConnectionCheck::new() }.run()
}

/// The socket of a connection.
struct Socket(Stream);

impl Link for Socket {
    fn stream(&self) -> Option<&Stream> {
        Some(&self.0)
    }

    fn notify(&self, session: &Arc<SharedSession>, change: Change) {
        match change {
            Change::Output => start_flusher(session),
            Change::Stopped => self.0.shutdown_read(),
            Change::CommandEnded => {}
        }
    }

    fn watch(&self, session: &SharedSession) {
        if self.0.is_hung_up() {
            session.cancel();
        }
    }
}

/// The session of a connection and the thread that drives it.
struct Connection<'c> {
    server: &'c ErasedServer,
    socket: &'c Stream,
    session: Session,
    check: ConnectionCheck,
}

impl Connection<'_> {
    fn run(&mut self) -> io::Result<()> {
        loop {
            self.execute()?;
            if self.session.is_finished() {
                return self.drain(0);
            }
            if self.session.wants_input() {
                self.receive()?;
            }
        }
    }

    /// Executes the requests that have arrived.
    fn execute(&mut self) -> io::Result<()> {
        while let Some(request) = self.session.next() {
            request.run(&*self.server.service);
            if self.session.waiting() >= BATCH {
                self.flush()?;
            }
            self.check.check(self.socket)?;
        }
        if self.session.is_output_full() { self.flush() } else { Ok(()) }
    }

    /// Sends replies. If too many wait, most of them are sent.
    fn flush(&mut self) -> io::Result<()> {
        let limit = self.session.shared().output_limit();
        if self.session.flush()? >= limit { self.drain(limit / 2) } else { Ok(()) }
    }

    /// Sends replies and receives requests.
    fn receive(&mut self) -> io::Result<()> {
        // A client may send more requests before it reads replies, as long as few bytes wait.
        loop {
            self.flush()?;
            if self.session.waiting() == 0 || self.socket.wait(Interest::Both, None)?.read {
                break;
            }
        }
        let mut fds = Vec::new();
        let count = self.socket.recv(self.session.space(), &mut fds)?;
        self.session.receive_fds(fds);
        match count {
            0 => self.session.finish(),
            count => self.session.received(count),
        }
        self.check = ConnectionCheck::new();
        Ok(())
    }

    /// Sends until at most `remaining` bytes wait. Once the server is being stopped, a client that reads nothing during
    /// the grace period is disconnected.
    fn drain(&mut self, remaining: usize) -> io::Result<()> {
        while self.session.flush()? > remaining {
            let ready = self.socket.wait(Interest::Write, Some(Instant::now() + SHUTDOWN_GRACE))?;
            if !ready.write && self.server.connections.is_stopped() {
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

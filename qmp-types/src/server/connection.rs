//! A session on a socket, for an event loop of one's own.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use super::erased::{BATCH, disconnected};
use super::receive::receive;
use super::service::Executor;
use super::session::{Request, Session};
use super::shared_session::{Change, Link, SharedSession};
use super::waker_link::WakerLink;
use crate::transport::Stream;

/// How many bytes of each buffer an idle connection keeps.
const KEPT: usize = 512;

/// A [`Session`] on a socket, for an event loop of one's own: [`Server::connection`](crate::Server::connection) creates
/// it.
///
/// It never waits and starts no thread. The loop polls the descriptor ([`AsFd`], and [`Stream::output_fd`] of the
/// [`stream`](Self::stream)) for what [`wants_read`](Self::wants_read) and [`wants_write`](Self::wants_write) say, in either
/// mode of its poller, and calls [`on_ready`](Self::on_ready) after each event, after the [waker](Self::set_waker) was woken,
/// and at the [`deadline`](Self::deadline). Once the connection [is finished](Self::is_finished), it is dropped.
///
/// # Examples
///
/// A loop for one client, with `poll`. `examples/own_loop.rs` serves any number of clients, with `mio`, on a state that stays
/// on one thread: see [`Local`](crate::server::Local).
///
/// ```
/// use std::time::Instant;
///
/// use qmp_types::Server;
/// use qmp_types::transport::Stream;
/// use rustix::event::{PollFd, PollFlags, Timespec, poll};
///
/// fn serve<Vm: Send + Sync>(server: &Server<Vm>, stream: Stream) -> std::io::Result<()> {
///     let mut client = server.connection(stream);
///     loop {
///         client.on_ready(server)?;
///         if client.is_finished() {
///             return Ok(());
///         }
///         let mut wanted = PollFlags::empty();
///         wanted.set(PollFlags::IN, client.wants_read());
///         wanted.set(PollFlags::OUT, client.wants_write());
///         let left = client.deadline().map(|at| at.saturating_duration_since(Instant::now()));
///         let left = left.and_then(|left| Timespec::try_from(left).ok());
///         poll(&mut [PollFd::new(&client, wanted)], left.as_ref())?;
///     }
/// }
/// ```
pub struct Connection {
    session: Session,
    link: Arc<LoopLink>,
    /// The connection has ended, whatever else there was to do.
    is_closed: bool,
}

/// The socket of a connection, and the way to its loop.
struct LoopLink {
    stream: Stream,
    waker: WakerLink,
}

impl Connection {
    /// Creates a connection whose session is made from its link.
    pub(super) fn new(stream: Stream, session: impl FnOnce(Arc<dyn Link>) -> Session) -> Self {
        let link = Arc::new(LoopLink { stream, waker: WakerLink::default() });
        Self { session: session(link.clone()), link, is_closed: false }
    }

    /// Receives what has arrived, executes the requests that are complete, sends what the socket accepts, and does what is
    /// due at the [`deadline`](Self::deadline), if that has passed.
    ///
    /// # Errors
    /// If the connection fails. A client that disconnects is not an error: the connection then is
    /// [finished](Self::is_finished).
    pub fn on_ready(&mut self, mut executor: impl Executor) -> io::Result<()> {
        if self.deadline().is_some() {
            self.on_deadline(Instant::now());
        }
        loop {
            while let Some(request) = self.session.next() {
                request.run(&mut executor);
                if self.session.waiting() >= BATCH {
                    self.send()?;
                }
            }
            self.send()?;
            if !self.receive()? {
                self.session.shrink(KEPT);
                return Ok(());
            }
        }
    }

    /// Receives what has arrived, as far as the session can use it now. Returns whether there may be further
    /// requests.
    ///
    /// [`on_ready`](Self::on_ready) does this, too. It is for loops that execute requests in another way.
    ///
    /// # Errors
    /// As for [`on_ready`](Self::on_ready).
    pub fn receive(&mut self) -> io::Result<bool> {
        if self.is_closed {
            return Ok(false);
        }
        if self.session.can_proceed() {
            return Ok(true);
        }
        if !self.session.wants_input() {
            if self.link.stream.has_left() {
                self.session.shared().cancel();
            }
            self.is_closed |= self.link.stream.is_hung_up();
            return Ok(false);
        }
        match receive(&self.link.stream, &mut self.session) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
            Err(error) => self.end(error).map(|()| false),
        }
    }

    /// Returns the next request to be executed: see [`Session::next`].
    ///
    /// # Examples
    ///
    /// A loop that gives each request to a pool of threads.
    ///
    /// ```
    /// # use qmp_types::server::{Connection, Task};
    /// # fn example<Vm: Send + Sync>(
    /// #     client: &mut Connection, server: &qmp_types::Server<Vm>, spawn: impl Fn(Task),
    /// # ) -> std::io::Result<()> {
    /// while client.receive()? {
    ///     while let Some(request) = client.next() {
    ///         request.detach(server).map(&spawn); // the pool calls `Task::run`
    ///     }
    /// }
    /// client.send()?;
    /// # Ok(())
    /// # }
    /// ```
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot lend")]
    pub fn next(&mut self) -> Option<Request<'_>> {
        if self.is_closed { None } else { self.session.next() }
    }

    /// Returns whether [`next`](Self::next) may return a request that was received before.
    #[cfg(feature = "proxy")]
    pub(crate) fn can_proceed(&self) -> bool {
        !self.is_closed && self.session.can_proceed()
    }

    /// Sends what the socket accepts. [`on_ready`](Self::on_ready) does this, too.
    ///
    /// # Errors
    /// As for [`on_ready`](Self::on_ready).
    pub fn send(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        match self.session.flush() {
            Ok(_) => Ok(()),
            Err(error) => self.end(error),
        }
    }

    /// Returns whether the loop should wait until the descriptor is readable.
    #[must_use]
    pub fn wants_read(&self) -> bool {
        !self.is_closed && self.session.wants_input()
    }

    /// Returns whether the loop should wait until the descriptor is writable.
    #[must_use]
    pub fn wants_write(&self) -> bool {
        !self.is_closed && self.session.has_output()
    }

    /// Returns when to call [`on_ready`](Self::on_ready), if something has to be done at a certain time.
    #[must_use]
    pub fn deadline(&mut self) -> Option<Instant> {
        if self.is_closed { None } else { self.session.deadline() }
    }

    /// Does what is due, of which replies may be the result. Nothing happens before the [`deadline`](Self::deadline).
    ///
    /// [`on_ready`](Self::on_ready) does this, too. It is for loops that execute requests in another way.
    pub fn on_deadline(&mut self, now: Instant) {
        self.session.on_deadline(now);
    }

    /// Returns whether nothing is left to do: the client has disconnected or the server is being stopped, and all replies
    /// were sent. The connection may be dropped.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.is_closed || self.session.is_finished() && !self.session.has_output()
    }

    /// Sets the waker that is woken whenever another thread has changed the session: see [`Session::set_waker`].
    pub fn set_waker(&mut self, waker: &Waker) {
        self.session.set_waker(waker);
    }

    /// Returns the socket.
    #[must_use]
    pub fn stream(&self) -> &Stream {
        &self.link.stream
    }

    /// Ends the connection, because it has failed or the client has disconnected.
    fn end(&mut self, error: io::Error) -> io::Result<()> {
        self.is_closed = true;
        self.session.shared().cancel();
        if disconnected(&error) { Ok(()) } else { Err(error) }
    }
}

impl Link for LoopLink {
    fn stream(&self) -> Option<&Stream> {
        Some(&self.stream)
    }

    fn notify(&self, session: &Arc<SharedSession>, change: Change) {
        self.waker.notify(session, change);
    }

    /// The loop is called when the client disconnects.
    fn watch(&self, session: &Arc<SharedSession>) {
        if self.stream.has_left() {
            session.cancel();
        }
    }

    fn set_waker(&self, waker: &Waker) {
        self.waker.set_waker(waker);
    }
}

impl AsFd for Connection {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.link.stream.as_fd()
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("session", &self.session).field("closed", &self.is_closed).finish()
    }
}

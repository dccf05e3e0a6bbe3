//! A socket that tokio watches, and the way from a session to the task that drives it.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::Notify;

use crate::server::receive::receive;
use crate::server::session::Session;
use crate::server::shared_session::{Change, Link, SharedSession};
use crate::transport::{self, Stream, watch};

/// The socket of a connection, with tokio's registration.
pub(super) struct TokioLink {
    socket: AsyncFd<Stream>,
    /// What is written to, if that is another descriptor.
    output: Option<AsyncFd<OwnedFd>>,
    changed: Notify,
    /// There may be bytes to receive of which tokio does not know.
    has_unread: AtomicBool,
}

impl TokioLink {
    pub(super) fn new(stream: Stream) -> io::Result<Arc<Self>> {
        let output = match stream.output_fd().as_raw_fd() == stream.as_raw_fd() {
            true => None,
            false => Some(watch(stream.output_fd().try_clone_to_owned()?, Interest::WRITABLE)?),
        };
        let socket = watch(stream, Interest::READABLE | Interest::WRITABLE)?;
        Ok(Arc::new(Self { socket, output, changed: Notify::new(), has_unread: AtomicBool::new(false) }))
    }

    /// Waits until another thread has changed the session.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    pub(super) fn stream(&self) -> &Stream {
        self.socket.get_ref()
    }

    /// Waits for bytes and gives those that have arrived to the session.
    pub(super) async fn receive(&self, session: &mut Session) -> io::Result<()> {
        if self.has_unread.load(Ordering::Relaxed) {
            match receive(self.stream(), session) {
                // From now on, tokio knows.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.has_unread.store(false, Ordering::Relaxed);
                }
                result => return result,
            }
        }
        self.socket.async_io(Interest::READABLE, |stream| receive(stream, session)).await
    }

    /// Waits until the socket accepts bytes, or the client has disconnected.
    pub(super) async fn writable(&self) -> io::Result<()> {
        // What tokio has cached may be out of date, so the system is asked.
        let poll = |stream: &Stream| match stream.is_ready(transport::Interest::Write)? {
            true => Ok(()),
            false => Err(io::ErrorKind::WouldBlock.into()),
        };
        self.output_ready(Interest::WRITABLE, poll).await
    }

    /// Waits until the client has disconnected, or seems to have.
    ///
    /// tokio then no longer knows whether the socket accepts bytes, so sending has to be tried before
    /// [`writable`](Self::writable) is awaited, and not at the same time.
    pub(super) async fn left(&self) -> io::Result<()> {
        // Readiness to read stays once a client has closed its sending side, so it cannot tell what happens after that.
        let watched = if self.stream().tells_hang_up() { Interest::WRITABLE } else { Interest::READABLE };
        let poll = |stream: &Stream| match stream.has_left() {
            true => Ok(()),
            false => {
                self.has_unread.fetch_or(watched == Interest::READABLE, Ordering::Relaxed);
                Err(io::ErrorKind::WouldBlock.into())
            }
        };
        self.output_ready(watched, poll).await
    }

    /// Waits until `poll` succeeds, which watches what is written to.
    async fn output_ready(&self, watched: Interest, poll: impl Fn(&Stream) -> io::Result<()>) -> io::Result<()> {
        match &self.output {
            None => self.socket.async_io(watched, poll).await,
            Some(output) => output.async_io(Interest::WRITABLE, |_| poll(self.stream())).await,
        }
    }
}

impl Link for TokioLink {
    fn stream(&self) -> Option<&Stream> {
        Some(self.stream())
    }

    fn notify(&self, _: &Arc<SharedSession>, _: Change) {
        self.changed.notify_one();
    }

    /// Does nothing: the task watches always.
    fn watch(&self, _: &Arc<SharedSession>) {}
}

//! One connection, as its driver, its handlers and the emitters of events share it.

use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

use super::Hub;
use super::outbox::Outbox;
use crate::sync::lock;
use crate::transport::Stream;

type Attend = Box<dyn Fn(&Arc<Link>) + Send + Sync>;

/// A connection. Whoever has something to send appends it and sends what the client takes at once; nobody waits under
/// the lock.
pub(crate) struct Link {
    stream: Stream,
    hub: Arc<Hub>,
    outbox: Mutex<Outbox>,
    /// The bound of the outbox.
    limit: usize,
    /// Descriptors that were received and not taken yet.
    fds: Mutex<Vec<OwnedFd>>,
    /// Gets somebody to send the rest when the client reads on; see [`Link::send_rest`].
    attend: Attend,
}

impl Link {
    pub(crate) fn new(
        stream: Stream,
        hub: Arc<Hub>,
        limit: usize,
        attend: impl Fn(&Arc<Self>) + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (outbox, fds) = Default::default();
        Arc::new(Self { stream, hub, outbox, limit, fds, attend: Box::new(attend) })
    }

    pub(crate) fn stream(&self) -> &Stream {
        &self.stream
    }

    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Appends replies; how much waits now.
    pub(crate) fn reply(&self, bytes: &mut Vec<u8>) -> usize {
        let mut outbox = lock(&self.outbox);
        outbox.reply(bytes);
        outbox.len()
    }

    /// Appends the reply to a successful negotiation; from now on there are events.
    pub(crate) fn admit(&self, bytes: &mut Vec<u8>) -> usize {
        let mut outbox = lock(&self.outbox);
        outbox.reply(bytes);
        outbox.wants_events = true;
        outbox.len()
    }

    /// Sends an event, or keeps it; disconnects a client that does not read.
    pub(super) fn event(self: &Arc<Self>, bytes: &[u8]) {
        let mut outbox = lock(&self.outbox);
        if !outbox.wants_events {
            return;
        }
        if !outbox.event(bytes, self.limit) {
            tracing::warn!(limit = self.limit, "a client does not read its events, disconnecting it");
            outbox.close();
            self.stream.shutdown_both();
            return;
        }
        drop(outbox);
        self.flush_or_attend();
    }

    /// Sends what the client takes, and gets somebody to send the rest; how much that is.
    pub(crate) fn flush_or_attend(self: &Arc<Self>) -> usize {
        let mut outbox = lock(&self.outbox);
        let left = outbox.flush(&self.stream).unwrap_or(0);
        if left > 0 && !std::mem::replace(&mut outbox.attended, true) {
            drop(outbox);
            (self.attend)(self);
        }
        left
    }

    /// Sends what the client takes; how much is left. Fails when the client is gone.
    pub(crate) fn flush(&self) -> io::Result<usize> {
        lock(&self.outbox).flush(&self.stream)
    }

    /// [`flush`](Self::flush) for who attends to a waiting outbox; when nothing is left, somebody else may have to.
    pub(crate) fn send_rest(&self) -> io::Result<usize> {
        let mut outbox = lock(&self.outbox);
        let left = outbox.flush(&self.stream);
        outbox.attended = left.as_ref().is_ok_and(|left| *left > 0);
        left
    }

    /// How much may wait before no more is read.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// New descriptors take the place of those that still wait.
    pub(crate) fn replace_fds(&self, fds: Vec<OwnedFd>) {
        *lock(&self.fds) = fds;
    }

    pub(crate) fn take_fds(&self) -> Vec<OwnedFd> {
        std::mem::take(&mut lock(&self.fds))
    }

    /// Ends the connection.
    pub(crate) fn close(&self) {
        lock(&self.outbox).close();
        self.stream.shutdown_both();
        drop(self.take_fds());
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("stream", &self.stream).finish_non_exhaustive()
    }
}

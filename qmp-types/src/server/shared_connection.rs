//! One connection, as its driver, its handlers and the emitters of events share it.

use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

use super::connections::Connections;
use super::output_buffer::OutputBuffer;
use crate::sync::lock;
use crate::transport::Stream;

type Attend = Box<dyn Fn(&Arc<SharedConnection>) + Send + Sync>;

/// A connection. Whoever has something to send appends it and sends what the client takes at once; nobody waits under
/// the lock.
pub(crate) struct SharedConnection {
    stream: Stream,
    connections: Arc<Connections>,
    output: Mutex<OutputBuffer>,
    /// The bound of the output.
    limit: usize,
    /// Descriptors that were received and not taken yet.
    fds: Mutex<Vec<OwnedFd>>,
    /// Gets somebody to send the rest when the client reads on; see [`SharedConnection::flush_remaining`].
    attend: Attend,
}

impl SharedConnection {
    pub(crate) fn new(
        stream: Stream,
        connections: Arc<Connections>,
        limit: usize,
        attend: impl Fn(&Arc<Self>) + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (output, fds) = Default::default();
        Arc::new(Self { stream, connections, output, limit, fds, attend: Box::new(attend) })
    }

    pub(crate) fn stream(&self) -> &Stream {
        &self.stream
    }

    pub(crate) fn connections(&self) -> &Arc<Connections> {
        &self.connections
    }

    /// Appends replies; how much waits now.
    pub(crate) fn reply(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = lock(&self.output);
        output.reply(bytes);
        output.len()
    }

    /// Appends the reply to a successful negotiation; from now on there are events.
    pub(crate) fn admit(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = lock(&self.output);
        output.reply(bytes);
        output.wants_events = true;
        output.len()
    }

    /// Sends an event, or keeps it; disconnects a client that does not read.
    pub(super) fn event(self: &Arc<Self>, bytes: &[u8]) {
        let mut output = lock(&self.output);
        if !output.wants_events {
            return;
        }
        if !output.event(bytes, self.limit) {
            tracing::warn!(limit = self.limit, "a client does not read its events, disconnecting it");
            output.close();
            self.stream.shutdown_both();
            return;
        }
        drop(output);
        self.flush_or_request();
    }

    /// Sends what the client takes, and gets somebody to send the rest; how much that is.
    pub(crate) fn flush_or_request(self: &Arc<Self>) -> usize {
        let mut output = lock(&self.output);
        let left = output.flush(&self.stream).unwrap_or(0);
        if left > 0 && !std::mem::replace(&mut output.flush_requested, true) {
            drop(output);
            (self.attend)(self);
        }
        left
    }

    /// Sends what the client takes; how much is left. Fails when the client is gone.
    pub(crate) fn flush(&self) -> io::Result<usize> {
        lock(&self.output).flush(&self.stream)
    }

    /// [`flush`](Self::flush) for who attends to a waiting output; when nothing is left, somebody else may have to.
    pub(crate) fn flush_remaining(&self) -> io::Result<usize> {
        let mut output = lock(&self.output);
        let left = output.flush(&self.stream);
        output.flush_requested = left.as_ref().is_ok_and(|left| *left > 0);
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
        lock(&self.output).close();
        self.stream.shutdown_both();
        drop(self.take_fds());
    }
}

impl fmt::Debug for SharedConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedConnection").field("stream", &self.stream).finish_non_exhaustive()
    }
}

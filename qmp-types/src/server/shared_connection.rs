//! A connection as its driver, its handlers and the emitters of events share it.

use std::fmt;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

use super::output_buffer::OutputBuffer;
use crate::sync::lock;
use crate::transport::Stream;

/// Starts what calls [`SharedConnection::flush_from_flusher`] whenever the socket accepts more bytes.
type StartFlusher = Box<dyn Fn(&Arc<SharedConnection>) + Send + Sync>;

/// The socket of one client, with the bytes on their way to it and the file descriptors that came from it.
///
/// A thread that has a message for the client appends it and sends what the socket accepts. No thread blocks while it
/// holds a lock.
pub(super) struct SharedConnection {
    stream: Stream,
    output: Mutex<OutputBuffer>,
    output_limit: usize,
    /// Descriptors that were received and that no command has taken yet.
    fds: Mutex<Vec<OwnedFd>>,
    start_flusher: StartFlusher,
}

impl SharedConnection {
    pub(super) fn new(
        stream: Stream,
        output_limit: usize,
        start_flusher: impl Fn(&Arc<Self>) + Send + Sync + 'static,
    ) -> Arc<Self> {
        let (output, fds) = Default::default();
        Arc::new(Self { stream, output, output_limit, fds, start_flusher: Box::new(start_flusher) })
    }

    pub(super) fn stream(&self) -> &Stream {
        &self.stream
    }

    /// Returns how many bytes may wait before the connection stops reading requests.
    pub(super) fn output_limit(&self) -> usize {
        self.output_limit
    }

    /// Appends replies, and returns the number of bytes that wait to be sent.
    pub(super) fn push_reply(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = lock(&self.output);
        output.push_reply(bytes);
        output.len()
    }

    /// Appends the reply to a successful negotiation, after which the client receives events. Returns the number of
    /// bytes that wait to be sent.
    pub(super) fn push_reply_before_events(&self, bytes: &mut Vec<u8>) -> usize {
        let mut output = lock(&self.output);
        output.push_reply(bytes);
        output.wants_events = true;
        output.len()
    }

    /// Sends an event, as far as the socket accepts it now. A client that lets more than the output limit wait is
    /// disconnected.
    pub(super) fn send_event(self: &Arc<Self>, bytes: &[u8]) {
        let mut output = lock(&self.output);
        if !output.wants_events {
            return;
        }
        if !output.push_event(bytes, self.output_limit) {
            tracing::warn!(limit = self.output_limit, "a client does not read its events, disconnecting it");
            output.close();
            self.stream.shutdown_both();
            return;
        }
        drop(output);
        self.flush_or_start_flusher();
    }

    /// Sends what the socket accepts, starts the flusher if bytes remain, and returns how many do.
    pub(super) fn flush_or_start_flusher(self: &Arc<Self>) -> usize {
        let mut output = lock(&self.output);
        let remaining = output.flush(&self.stream).unwrap_or(0);
        if remaining > 0 && !std::mem::replace(&mut output.flusher_active, true) {
            drop(output);
            (self.start_flusher)(self);
        }
        remaining
    }

    /// Sends what the socket accepts, and returns how many bytes remain.
    ///
    /// # Errors
    /// If the connection has failed or was closed.
    pub(super) fn flush(&self) -> io::Result<usize> {
        lock(&self.output).flush(&self.stream)
    }

    /// [`flush`](Self::flush) for the flusher, which has finished when nothing remains or the connection has failed.
    pub(super) fn flush_from_flusher(&self) -> io::Result<usize> {
        let mut output = lock(&self.output);
        let remaining = output.flush(&self.stream);
        output.flusher_active = remaining.as_ref().is_ok_and(|remaining| *remaining > 0);
        remaining
    }

    /// Stores received descriptors, in place of those that no command has taken.
    pub(super) fn replace_fds(&self, fds: Vec<OwnedFd>) {
        *lock(&self.fds) = fds;
    }

    pub(super) fn take_fds(&self) -> Vec<OwnedFd> {
        std::mem::take(&mut lock(&self.fds))
    }

    /// Ends the connection.
    pub(super) fn close(&self) {
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

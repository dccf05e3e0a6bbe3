//! The bytes on their way to one client.

use std::io;

use super::output_style::OutputStyle;

/// A buffer that grew larger than this is freed once everything has been sent.
const KEPT_CAPACITY: usize = 1 << 20;

/// Whole messages that wait to be sent.
#[derive(Debug, Default)]
pub(super) struct OutputBuffer {
    bytes: Vec<u8>,
    sent: usize,
    /// Upper bound of how many of the waiting bytes belong to events.
    event_bytes: usize,
    style: OutputStyle,
    /// The client has negotiated, so it receives events.
    pub(super) wants_events: bool,
    /// The connection's flusher has been started and has not finished.
    pub(super) flusher_active: bool,
    /// Sending has failed or was given up: all further messages are dropped.
    closed: bool,
}

impl OutputBuffer {
    pub(super) fn new(style: OutputStyle) -> Self {
        Self { style, ..Self::default() }
    }

    /// Returns the number of bytes that wait to be sent.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() - self.sent
    }

    /// Appends replies and empties `bytes`, if it is large by taking it over: a large reply is in memory once, and is
    /// freed after it has been sent.
    pub(super) fn push_reply(&mut self, bytes: &mut Vec<u8>) {
        self.style.apply(bytes);
        if bytes.len() <= KEPT_CAPACITY {
            self.push(bytes);
            bytes.clear();
        } else if self.bytes.is_empty() && !self.closed {
            self.bytes = std::mem::take(bytes);
        } else {
            self.push(&std::mem::take(bytes));
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        if !self.closed {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Appends an event. Returns `false`, and appends nothing, if more than `limit` bytes of events would wait.
    pub(super) fn push_event(&mut self, bytes: &[u8], limit: usize) -> bool {
        let bytes = self.style.applied(bytes);
        let fits = self.event_bytes + bytes.len() <= limit;
        if fits {
            self.push(&bytes);
            self.event_bytes += bytes.len();
        }
        fits
    }

    /// Sets whether messages are pretty. The messages that wait become so, too, if nothing of them was sent.
    pub(super) fn set_pretty(&mut self, pretty: bool) {
        if pretty && !self.style.pretty && self.sent == 0 {
            OutputStyle { pretty, ..self.style }.apply(&mut self.bytes);
        }
        self.style.pretty = pretty;
    }

    /// Passes the waiting bytes to `send` until it fails with `WouldBlock`, and returns how many still wait.
    ///
    /// # Errors
    /// If sending has failed or the buffer was closed.
    pub(super) fn flush(&mut self, mut send: impl FnMut(&[u8]) -> io::Result<usize>) -> io::Result<usize> {
        while self.len() > 0 {
            match send(&self.bytes[self.sent..]) {
                Ok(sent) => self.sent += sent,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    self.close();
                    return Err(error);
                }
            }
        }
        // At most as many bytes are moved as were sent, so moving them costs constant time per byte.
        if self.sent * 2 >= self.bytes.len() {
            self.bytes.drain(..self.sent);
            self.sent = 0;
        }
        if self.bytes.is_empty() && self.bytes.capacity() > KEPT_CAPACITY {
            self.bytes = Vec::new();
        }
        self.event_bytes = self.event_bytes.min(self.len());
        if self.closed { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(self.len()) }
    }

    /// Takes all waiting bytes.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.drain(..std::mem::take(&mut self.sent));
        self.event_bytes = 0;
        bytes
    }

    /// Drops all messages, those that wait and all further ones.
    pub(super) fn close(&mut self) {
        *self = Self { closed: true, flusher_active: self.flusher_active, ..Self::default() };
    }
}

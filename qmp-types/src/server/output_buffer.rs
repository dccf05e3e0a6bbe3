//! What is on its way to one client.

use std::io;

use crate::transport::Stream;

/// More memory than this is given back when everything has been sent.
const KEEP: usize = 1 << 20;

/// Whole messages, waiting to be sent.
#[derive(Debug, Default)]
pub(super) struct OutputBuffer {
    bytes: Vec<u8>,
    sent: usize,
    /// At most this many of the waiting bytes are events.
    events: usize,
    /// The client has negotiated: it is sent events.
    pub(super) wants_events: bool,
    /// Somebody is waiting for the client to read on.
    pub(super) flush_requested: bool,
    /// Sending has failed, or is given up: everything is dropped.
    closed: bool,
}

impl OutputBuffer {
    /// How many bytes wait.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() - self.sent
    }

    /// Adds a reply. A large one is taken over, so that it is in memory once, and not kept when it has been sent.
    pub(super) fn reply(&mut self, bytes: &mut Vec<u8>) {
        if bytes.len() <= KEEP {
            self.add(bytes);
        } else if self.bytes.is_empty() && !self.closed {
            self.bytes = std::mem::take(bytes);
        } else {
            self.add(&std::mem::take(bytes));
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        if !self.closed {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// Adds an event; `false` if too many wait already.
    pub(super) fn event(&mut self, bytes: &[u8], limit: usize) -> bool {
        let fits = self.events + bytes.len() <= limit;
        if fits {
            self.add(bytes);
            self.events += bytes.len();
        }
        fits
    }

    /// Sends what the client takes without waiting; how much is left. Fails when nothing can be sent any more.
    pub(super) fn flush(&mut self, stream: &Stream) -> io::Result<usize> {
        while self.len() > 0 {
            match stream.try_send(&self.bytes[self.sent..]) {
                Ok(sent) => self.sent += sent,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => {
                    self.close();
                    return Err(error);
                }
            }
        }
        // What is moved has been paid for by what was sent.
        if self.sent * 2 >= self.bytes.len() {
            self.bytes.drain(..self.sent);
            self.sent = 0;
        }
        if self.bytes.is_empty() && self.bytes.capacity() > KEEP {
            self.bytes = Vec::new();
        }
        self.events = self.events.min(self.len());
        if self.closed { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(self.len()) }
    }

    /// Drops everything, now and from now on.
    pub(super) fn close(&mut self) {
        *self = Self { closed: true, flush_requested: self.flush_requested, ..Self::default() };
    }
}

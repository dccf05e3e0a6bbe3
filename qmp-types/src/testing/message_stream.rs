//! A peer's end of a connection, as messages.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use super::message_splitter::{MessageSplitter, Piece};
use crate::transport::{Interest, Stream};

/// How long a peer waits for a client to read.
const SEND_LIMIT: Duration = Duration::from_secs(10);

/// A peer's end of a connection, as messages.
pub(super) struct MessageStream {
    stream: Stream,
    splitter: MessageSplitter,
    /// The received descriptors that have not been taken yet.
    fds: Vec<OwnedFd>,
}

/// What was received.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Received {
    Piece(Piece),
    /// The client has closed the connection.
    End,
    /// The deadline has passed.
    TimedOut,
}

impl MessageStream {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, splitter: MessageSplitter::new(), fds: Vec::new() }
    }

    /// Waits for the next message. The byte by which clients of guest agents synchronise is skipped.
    pub(super) fn receive(&mut self, deadline: Option<Instant>) -> io::Result<Received> {
        loop {
            match self.splitter.next() {
                Some(Piece::Resync) => continue,
                Some(piece) => return Ok(Received::Piece(piece)),
                None => {}
            }
            if !self.stream.has_buffered() && !self.stream.wait(Interest::Read, deadline)?.read {
                return Ok(Received::TimedOut);
            }
            let mut bytes = [0; 16 << 10];
            match self.stream.try_recv(&mut bytes, &mut self.fds) {
                Ok(0) => return Ok(Received::End),
                Ok(count) => self.splitter.push(&bytes[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(Received::End),
                Err(error) => return Err(error),
            }
        }
    }

    /// Sends all bytes.
    ///
    /// # Errors
    /// If the client has closed the connection, or does not read.
    pub(super) fn send(&self, mut bytes: &[u8]) -> io::Result<()> {
        let deadline = Instant::now() + SEND_LIMIT;
        while !bytes.is_empty() {
            match self.stream.try_send(bytes) {
                Ok(count) => bytes = &bytes[count..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if !self.stream.wait(Interest::Write, Some(deadline))?.write {
                        return Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not read"));
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Takes the descriptors received so far.
    pub(super) fn take_fds(&mut self) -> Vec<OwnedFd> {
        std::mem::take(&mut self.fds)
    }

    /// Ends the connection.
    pub(super) fn close(&self) {
        self.stream.shutdown_both();
    }
}

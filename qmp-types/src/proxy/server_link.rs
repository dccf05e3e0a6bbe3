//! The proxy's connection to the server: bytes and descriptors out, messages in.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use super::outgoing::Outgoing;
use crate::client::{MessageDecoder, RawMessage};
use crate::record::Writer;
use crate::transport::Stream;
use crate::{Error, Result};

/// A request as it is sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub(super) id: u64,
    pub(super) name: &'a str,
    /// The arguments, an object as JSON text.
    pub(super) arguments: &'a str,
    pub(super) oob: bool,
}

/// A connection to the server.
#[derive(Debug)]
pub(super) struct ServerLink {
    stream: Stream,
    incoming: MessageDecoder,
    outgoing: Outgoing,
}

impl ServerLink {
    pub(super) fn new(stream: Stream) -> Self {
        Self { stream, incoming: MessageDecoder::default(), outgoing: Outgoing::default() }
    }

    /// Adds a request to the bytes to be sent, with the descriptor that its command takes.
    pub(super) fn push(&mut self, request: Request<'_>, fd: Option<OwnedFd>) {
        let mut out = Writer::append_to(Vec::with_capacity(request.name.len() + request.arguments.len() + 64));
        // Servers read byte by byte, so there is no white space.
        out.literal(if request.oob { "{\"exec-oob\":" } else { "{\"execute\":" });
        out.string(request.name);
        if request.arguments != "{}" {
            out.literal(",\"arguments\":");
            out.literal(request.arguments);
        }
        out.literal(",\"id\":");
        out.unsigned(request.id);
        out.literal("}\n");
        let fd = fd.filter(|_| {
            let carries_fds = self.stream.carries_fds();
            if !carries_fds {
                tracing::warn!("a client has sent a descriptor, and the server's socket carries none");
            }
            carries_fds
        });
        self.outgoing.push(out.bytes_mut(), fd);
    }

    /// Adds bytes that are not a request to those to be sent.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        self.outgoing.push(bytes, None);
    }

    /// Drops what is received up to a byte 0xFF.
    pub(super) fn resync(&mut self) {
        self.incoming.resync();
    }

    /// Sends what the socket accepts.
    ///
    /// # Errors
    /// If the connection has failed.
    pub(super) fn send(&mut self) -> io::Result<()> {
        self.outgoing.send(&self.stream)
    }

    /// Receives once what has arrived, and passes on the messages that are complete.
    ///
    /// # Errors
    /// If the connection has ended or failed, or the server does not speak QMP.
    pub(super) fn receive(&mut self, mut pass_on: impl FnMut(RawMessage<'_>) -> Result<()>) -> Result<()> {
        loop {
            match self.stream.try_recv_bytes(self.incoming.space()) {
                Ok(0) => return Err(Error::closed()),
                Ok(count) => _ = self.incoming.received(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            }
            while let Some(message) = self.incoming.next()? {
                pass_on(RawMessage::of(message)?)?;
            }
            if !self.stream.has_buffered() {
                return Ok(());
            }
        }
    }

    /// Returns whether bytes wait to be sent.
    pub(super) fn wants_write(&self) -> bool {
        !self.outgoing.is_empty()
    }

    /// Returns the descriptor to poll for writing.
    pub(super) fn output_fd(&self) -> BorrowedFd<'_> {
        self.stream.output_fd()
    }
}

impl AsFd for ServerLink {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

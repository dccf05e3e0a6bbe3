//! What is to be sent: bytes, and the file descriptors that travel with some of them.

use std::collections::VecDeque;
use std::os::fd::OwnedFd;

use crate::Command;
use crate::record::{Field, Writer};

/// A command to send, without its arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'n> {
    pub(crate) name: &'n str,
    /// Executed out of band: overtakes the commands before it.
    pub(crate) oob: bool,
    /// `success-response: false`: the server replies only if the command fails.
    pub(crate) silent: bool,
}

impl<'n> Request<'n> {
    /// A command of the schema.
    pub(crate) fn of<C: Command>() -> Self {
        Self { silent: !C::SPEC.success_response, ..Self::named(C::SPEC.name) }
    }

    /// A command that the schema need not have; the server replies to it.
    pub(crate) fn named(name: &'n str) -> Self {
        Self { name, oob: false, silent: false }
    }

    /// The same command, executed out of band.
    pub(crate) fn out_of_band(self) -> Self {
        Self { oob: true, ..self }
    }
}

/// Bytes that wait to be sent. Whoever waits for something sends them, so a request is never cut short by the end of its
/// caller's patience.
#[derive(Debug, Default)]
pub(crate) struct SendBuffer {
    writer: Writer,
    /// How many bytes are sent already.
    sent: usize,
    /// Where in the bytes descriptors go along, in order.
    fds: VecDeque<(usize, OwnedFd)>,
}

/// What to send next.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: &'a [u8],
    /// Goes with the first of the bytes.
    pub(crate) fd: Option<&'a OwnedFd>,
}

impl SendBuffer {
    /// Adds a command.
    pub(crate) fn request(&mut self, request: Request<'_>, arguments: &dyn Field, id: u64) {
        const ARGUMENTS: &str = ", \"arguments\": ";
        self.writer.literal(if request.oob { "{\"exec-oob\": " } else { "{\"execute\": " });
        self.writer.string(request.name);
        let before = self.writer.bytes_mut().len();
        self.writer.literal(ARGUMENTS);
        arguments.write(&mut self.writer);
        if &self.writer.bytes_mut()[before + ARGUMENTS.len()..] == b"{}" {
            self.writer.bytes_mut().truncate(before);
        }
        self.writer.literal(", \"id\": ");
        self.writer.unsigned(id);
        // No server needs the end of line, but people read along.
        self.writer.literal("}\n");
    }

    /// Adds bytes that are no command.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.writer.bytes_mut().extend_from_slice(bytes);
    }

    /// Adds a descriptor, with a space to travel with: the next command that takes one finds it.
    pub(crate) fn fd(&mut self, fd: OwnedFd) {
        self.fds.push_back((self.writer.bytes_mut().len(), fd));
        self.bytes(b" ");
    }

    /// What to send next; nothing if all is sent.
    pub(crate) fn next(&mut self) -> Option<Piece<'_>> {
        let bytes = self.writer.bytes_mut();
        if self.sent == bytes.len() {
            return None;
        }
        let (end, fd) = match self.fds.front() {
            Some((at, fd)) if *at == self.sent => (self.fds.get(1).map_or(bytes.len(), |(at, _)| *at), Some(fd)),
            Some((at, _)) => (*at, None),
            None => (bytes.len(), None),
        };
        Some(Piece { bytes: &bytes[self.sent..end], fd })
    }

    /// `count` bytes of the last [piece](Self::next) are sent, and with the first one its descriptor.
    pub(crate) fn sent(&mut self, count: usize) {
        if count > 0 && self.fds.front().is_some_and(|(at, _)| *at == self.sent) {
            self.fds.pop_front();
        }
        self.sent += count;
        if self.sent == self.writer.bytes_mut().len() {
            self.clear();
        }
    }

    /// Whether all is sent.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.writer.bytes_mut().is_empty()
    }

    /// Forgets what is not sent. The buffer stays, for the next request, unless it is large.
    pub(crate) fn clear(&mut self) {
        const KEPT: usize = 64 << 10;
        let mut bytes = std::mem::take(&mut self.writer).into_bytes();
        bytes.clear();
        bytes.shrink_to(KEPT);
        self.writer = Writer::append_to(bytes);
        self.sent = 0;
        self.fds.clear();
    }
}

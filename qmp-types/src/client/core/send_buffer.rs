//! The bytes that are still to be sent, and the file descriptors that accompany some of them.

use std::collections::VecDeque;
use std::os::fd::OwnedFd;

use super::request::Request;
use crate::record::{Field, Writer};

/// The bytes that are still to be sent.
///
/// Every waiting caller sends them, even if they belong to another caller's request. A request is therefore sent completely
/// even if its own caller times out.
#[derive(Debug, Default)]
pub(crate) struct SendBuffer {
    writer: Writer,
    /// The number of bytes that have been sent.
    sent: usize,
    /// The positions of bytes that a descriptor accompanies, in ascending order.
    fds: VecDeque<(usize, OwnedFd)>,
}

/// The next bytes to send in one system call.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: &'a [u8],
    /// The descriptor that accompanies the first byte.
    pub(crate) fd: Option<&'a OwnedFd>,
}

impl SendBuffer {
    /// Appends a command.
    pub(super) fn push_request(&mut self, request: Request<'_>, arguments: &dyn Field, id: u64) {
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
        // Servers do not need the line break. It makes a log of the bytes readable.
        self.writer.literal("}\n");
    }

    /// Appends bytes that are not a command.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        self.writer.bytes_mut().extend_from_slice(bytes);
    }

    /// Appends a descriptor, with a space that it accompanies. The next command that takes a descriptor gets it.
    pub(crate) fn push_fd(&mut self, fd: OwnedFd) {
        self.fds.push_back((self.writer.bytes_mut().len(), fd));
        self.push_bytes(b" ");
    }

    /// Returns the next bytes to send, if any.
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

    /// Removes `count` bytes of the last [piece](Self::next), and its descriptor, after they have been sent.
    pub(crate) fn sent(&mut self, count: usize) {
        if count > 0 && self.fds.front().is_some_and(|(at, _)| *at == self.sent) {
            self.fds.pop_front();
        }
        self.sent += count;
        if self.sent == self.writer.bytes_mut().len() {
            self.clear();
        }
    }

    /// Returns whether everything has been sent.
    pub(crate) fn is_empty(&mut self) -> bool {
        self.writer.bytes_mut().is_empty()
    }

    /// Removes everything. The allocation is kept for the next request, unless it is large.
    pub(super) fn clear(&mut self) {
        const KEPT_CAPACITY: usize = 64 << 10;
        let bytes = self.writer.bytes_mut();
        bytes.clear();
        bytes.shrink_to(KEPT_CAPACITY);
        self.sent = 0;
        self.fds.clear();
    }
}

//! The bytes that are still to be sent, and the file descriptors that accompany some of them.

use std::collections::VecDeque;
use std::ops::Range;
use std::os::fd::OwnedFd;

use super::request::Request;
use crate::record::{Field, Writer};

/// The bytes that are still to be sent: first those that may be sent now, then the queue of those that have to wait.
///
/// Every waiting caller sends them, even if they belong to another caller's request. A request is therefore sent completely
/// even if its own caller times out.
#[derive(Debug, Default)]
pub(crate) struct SendBuffer {
    writer: Writer,
    /// The number of bytes that have been sent.
    sent: usize,
    /// The end of the last [piece](Self::next). These bytes may be on their way, as a TLS record for example.
    offered: usize,
    /// The unsent parts, in order and without gaps.
    parts: VecDeque<Part>,
    /// The number of parts that may be sent. The others are queued.
    released: usize,
    /// The positions of bytes that a descriptor accompanies, in ascending order.
    fds: VecDeque<(usize, OwnedFd)>,
}

/// Bytes that are sent or removed together.
#[derive(Debug)]
struct Part {
    bytes: Range<usize>,
    /// The id of the request, or `None` for bytes that are not a request.
    request: Option<u64>,
}

/// The next bytes to send in one system call.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    pub(crate) bytes: &'a [u8],
    /// The descriptor that accompanies the first byte.
    pub(crate) fd: Option<&'a OwnedFd>,
}

impl SendBuffer {
    /// Appends a command to the queue, with a descriptor if there is one. `id` is sent if `sends_id`.
    pub(super) fn push_request(
        &mut self,
        request: Request<'_>,
        arguments: &dyn Field,
        id: u64,
        sends_id: bool,
        fd: Option<OwnedFd>,
    ) {
        let start = self.len();
        if let Some(fd) = fd {
            self.push_accompanied(fd);
        }
        write_request(&mut self.writer, request, arguments, sends_id.then_some(id));
        self.push_part(start, Some(id));
    }

    /// Inserts the command that was appended last before all queued ones. It may be sent now.
    pub(super) fn overtake(&mut self) {
        let Some(mut part) = self.parts.pop_back() else { return };
        let at = self.parts.get(self.released).map_or(part.bytes.start, |queued| queued.bytes.start);
        let (length, moved) = (part.bytes.len(), at..part.bytes.start);
        self.writer.bytes_mut()[at..].rotate_right(length);
        self.parts.iter_mut().skip(self.released).for_each(|queued| shift(&mut queued.bytes, length));
        for (position, _) in &mut self.fds {
            match *position {
                position_of_other if moved.contains(&position_of_other) => *position += length,
                own if own >= moved.end => *position -= moved.len(),
                _ => {}
            }
        }
        self.fds.make_contiguous().sort_by_key(|(position, _)| *position);
        part.bytes = at..at + length;
        self.parts.insert(self.released, part);
        self.released += 1;
    }

    /// Appends bytes that are not a command to the queue.
    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        let start = self.len();
        self.writer.bytes_mut().extend_from_slice(bytes);
        self.push_part(start, None);
    }

    /// Appends a descriptor to the queue, with a space that it accompanies. The next command that takes a descriptor gets
    /// it.
    pub(super) fn push_fd(&mut self, fd: OwnedFd) {
        let start = self.len();
        self.push_accompanied(fd);
        self.push_part(start, None);
    }

    fn push_accompanied(&mut self, fd: OwnedFd) {
        let at = self.len();
        self.fds.push_back((at, fd));
        self.writer.bytes_mut().push(b' ');
    }

    fn push_part(&mut self, start: usize, request: Option<u64>) {
        let bytes = start..self.len();
        self.parts.push_back(Part { bytes, request });
    }

    /// Returns the first part of the queue: the id of the request, or `None` if it is none.
    pub(super) fn queued(&self) -> Option<Option<u64>> {
        self.parts.get(self.released).map(|part| part.request)
    }

    /// Takes the first part out of the queue: it may be sent now.
    pub(super) fn release(&mut self) {
        self.released = (self.released + 1).min(self.parts.len());
    }

    /// Removes a request, unless a part of it may have been sent. Returns whether it was removed.
    pub(super) fn cancel(&mut self, id: u64) -> bool {
        let Some(at) = self.parts.iter().position(|part| part.request == Some(id)) else { return false };
        let bytes = self.parts[at].bytes.clone();
        if bytes.start < self.sent.max(self.offered) {
            return false;
        }
        self.writer.bytes_mut().drain(bytes.clone());
        self.fds.retain(|(position, _)| !bytes.contains(position));
        self.parts.remove(at);
        self.released -= usize::from(at < self.released);
        for later in self.parts.iter_mut().skip(at) {
            later.bytes.start -= bytes.len();
            later.bytes.end -= bytes.len();
        }
        self.fds.iter_mut().filter(|(position, _)| *position >= bytes.end).for_each(|(at, _)| *at -= bytes.len());
        self.clear_if_sent();
        true
    }

    /// Returns the next bytes to send, if any may be sent now.
    pub(crate) fn next(&mut self) -> Option<Piece<'_>> {
        let end = self.sendable_end();
        if self.sent == end {
            return None;
        }
        let (end, fd) = match self.fds.front() {
            Some((at, fd)) if *at == self.sent => (self.fds.get(1).map_or(end, |(at, _)| end.min(*at)), Some(fd)),
            Some((at, _)) => (end.min(*at), None),
            None => (end, None),
        };
        self.offered = end;
        Some(Piece { bytes: &self.writer.bytes_mut()[self.sent..end], fd })
    }

    /// Removes `count` bytes of the last [piece](Self::next), and its descriptor, after they have been sent.
    pub(crate) fn sent(&mut self, count: usize) {
        if count > 0 && self.fds.front().is_some_and(|(at, _)| *at == self.sent) {
            self.fds.pop_front();
        }
        self.sent += count;
        while self.parts.front().is_some_and(|part| part.bytes.end <= self.sent) {
            self.parts.pop_front();
            self.released -= 1;
        }
        self.clear_if_sent();
    }

    /// Returns whether there are bytes that may be sent now.
    pub(crate) fn has_sendable(&self) -> bool {
        self.sent < self.sendable_end()
    }

    /// Removes everything. The allocation is kept for the next request, unless it is large.
    pub(super) fn clear(&mut self) {
        const KEPT_CAPACITY: usize = 4 << 10;
        let bytes = self.writer.bytes_mut();
        bytes.clear();
        bytes.shrink_to(KEPT_CAPACITY);
        (self.sent, self.offered, self.released) = (0, 0, 0);
        self.parts.clear();
        self.fds.clear();
    }

    fn len(&mut self) -> usize {
        self.writer.bytes_mut().len()
    }

    fn sendable_end(&self) -> usize {
        self.released.checked_sub(1).map_or(self.sent, |last| self.parts[last].bytes.end)
    }

    /// Frees the memory of the bytes that have been sent, if that is cheap or worth it.
    fn clear_if_sent(&mut self) {
        const WORTH_MOVING: usize = 16 << 10;
        if self.parts.is_empty() {
            self.clear();
        } else if self.sent >= WORTH_MOVING && self.sent >= self.len() / 2 {
            let sent = self.sent;
            self.writer.bytes_mut().drain(..sent);
            for part in &mut self.parts {
                // The first part may have been sent in part.
                part.bytes = part.bytes.start.saturating_sub(sent)..part.bytes.end - sent;
            }
            self.fds.iter_mut().for_each(|(at, _)| *at -= sent);
            self.offered = self.offered.saturating_sub(sent);
            self.sent = 0;
        }
    }
}

fn shift(range: &mut Range<usize>, by: usize) {
    range.start += by;
    range.end += by;
}

/// Writes a command as short as possible: servers read requests byte by byte.
pub(crate) fn write_request(writer: &mut Writer, request: Request<'_>, arguments: &dyn Field, id: Option<u64>) {
    const ARGUMENTS: &str = ", \"arguments\": ";
    writer.literal(if request.oob { "{\"exec-oob\": " } else { "{\"execute\": " });
    writer.string(request.name);
    let before = writer.bytes_mut().len();
    writer.literal(ARGUMENTS);
    arguments.write(writer);
    if &writer.bytes_mut()[before + ARGUMENTS.len()..] == b"{}" {
        writer.bytes_mut().truncate(before);
    }
    if let Some(id) = id {
        writer.literal(", \"id\": ");
        writer.unsigned(id);
    }
    // Servers do not need the line break. It makes a log of the bytes readable.
    writer.literal("}\n");
}

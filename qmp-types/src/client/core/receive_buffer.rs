//! What arrives: bytes in, whole messages out.

use super::framer::{Framer, Garbage, Member};
use crate::Error;

/// How much a read takes at once.
const CHUNK: usize = 16 << 10;
/// A buffer that had to grow larger than this goes when it is empty.
const KEPT: usize = 1 << 20;
/// No reply is as long: a peer that sends more does so without end.
const LONGEST: usize = 1 << 30;
/// What a guest agent sends to say that it starts anew.
pub(crate) const RESYNC: u8 = 0xFF;

/// The receiving buffer and the message in it.
#[derive(Debug, Default)]
pub(crate) struct ReceiveBuffer {
    /// Initialised throughout; what was received is at `start..end`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    framer: Framer,
    /// Everything is noise up to a byte 0xFF.
    resyncing: bool,
}

/// A message, and where its outermost members are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) text: &'a [u8],
    pub(crate) members: &'a [Member],
}

impl ReceiveBuffer {
    /// Where to receive into, never empty.
    pub(crate) fn space(&mut self) -> &mut [u8] {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            if self.buffer.len() > KEPT {
                self.buffer = Vec::new();
            }
        }
        if self.end == self.buffer.len() && self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        if self.end == self.buffer.len() {
            self.buffer.resize((self.end * 2).max(CHUNK), 0);
        }
        &mut self.buffer[self.end..]
    }

    /// `count` bytes have been received into [`space`](Self::space).
    pub(crate) fn received(&mut self, count: usize) {
        self.end += count;
    }

    /// Drops everything up to a byte 0xFF.
    pub(crate) fn resync(&mut self) {
        self.resyncing = true;
    }

    /// The next message; `None` if more bytes are needed.
    ///
    /// # Errors
    /// If the peer does not speak QMP.
    pub(crate) fn next(&mut self) -> Result<Option<Message<'_>>, Error> {
        if self.resyncing && !self.found_resync() {
            return Ok(None);
        }
        if self.framer.is_new() {
            self.skip_space();
        }
        let text = &self.buffer[self.start..self.end];
        let length = match self.framer.advance(text) {
            Ok(Some(length)) => length,
            Ok(None) if text.len() > LONGEST => return Err(Error::protocol("the peer sends a message without end")),
            Ok(None) => return Ok(None),
            Err(Garbage) => return Err(not_qmp(text)),
        };
        self.start += length;
        Ok(Some(Message { text: &text[..length], members: self.framer.members() }))
    }

    fn found_resync(&mut self) -> bool {
        let received = &self.buffer[self.start..self.end];
        match received.iter().position(|&byte| byte == RESYNC) {
            Some(at) => {
                self.start += at + 1;
                self.resyncing = false;
            }
            None => self.start = self.end,
        }
        !self.resyncing
    }

    /// Passes over what may stand between messages: white space, and the byte that answers `guest-sync-delimited`.
    fn skip_space(&mut self) {
        let between = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r' | b'\n' | RESYNC);
        self.start += self.buffer[self.start..self.end].iter().take_while(between).count();
    }
}

/// The error that shows how the garbage begins.
#[cold]
pub(crate) fn not_qmp(text: &[u8]) -> Error {
    const SHOWN: usize = 60;
    let shown = String::from_utf8_lossy(&text[..text.len().min(SHOWN)]).into_owned();
    Error::protocol(format!("the peer does not speak QMP, it sent {shown:?}"))
}

//! Splits a client's byte stream into requests.
//!
//! Malformed input is handled as QEMU does, with one difference: a broken message causes only one error, and the rest of it
//! is skipped.

use std::ops::Range;

use crate::json::{Broken, Dialect, Framer, Member, MessageLimits, Progress, ReceiveBuffer, echo};

/// The size of a read.
const CHUNK: usize = 64 << 10;

/// A message of this size is not copied to store it, although what was received after it then has to be copied.
const LARGE: usize = 64 << 10;

/// Splits a byte stream into messages.
///
/// The caller receives bytes into [`space`](Self::space), reports their number with [`received`](Self::received), and calls
/// [`next`](Self::next) until there is no further message.
#[derive(Debug)]
pub(in crate::server) struct RequestDecoder {
    limits: MessageLimits,
    buffer: ReceiveBuffer,
    framer: Framer,
    /// The number of bytes of the stream that have been consumed.
    consumed: u64,
    skip: Option<Skip>,
    /// The length of the last message.
    length: usize,
    /// Whether the last message may have members.
    is_well_formed: bool,
}

/// Says that a message of the byte stream, or an error in it, was found.
#[derive(Debug)]
pub(in crate::server) struct Frame {
    /// QEMU's description of the malformed input, unless it is a [message](RequestDecoder::message).
    pub(in crate::server) found: Result<(), String>,
    /// The number of bytes of the stream that have been consumed, including this frame.
    pub(in crate::server) position: u64,
}

/// A message that has ended, with the bracket that completes it or with one that does not match.
///
/// Its tokens are correct. If it has `members`, its brackets match and the outermost object is in order. Nothing else has
/// been checked.
#[derive(Debug, Clone, Copy)]
pub(in crate::server) struct Message<'a> {
    /// The text, possibly with white space before it.
    pub(in crate::server) text: &'a [u8],
    /// The members of the outermost object, or `None` if the message is not an object or is malformed.
    pub(in crate::server) members: Option<&'a [Member]>,
}

/// A message that owns its memory.
#[derive(Debug)]
pub(in crate::server) struct StoredMessage {
    memory: Vec<u8>,
    text: Range<usize>,
    members: Option<Vec<Member>>,
}

/// The input that is skipped after an error.
#[derive(Debug)]
enum Skip {
    /// The bytes before one that may start a message, or before a control byte.
    Garbage,
    /// The rest of a broken message, up to the bracket that balances it or to a control byte.
    Message { depth: usize, quote: Option<u8>, escaped: bool },
}

impl RequestDecoder {
    /// Creates a decoder at the start of a stream.
    pub(in crate::server) fn new(limits: MessageLimits) -> Self {
        let (buffer, framer) = (ReceiveBuffer::new(CHUNK), Framer::new(Dialect::Qemu, limits));
        Self { limits, buffer, framer, consumed: 0, skip: None, length: 0, is_well_formed: false }
    }

    /// Returns the space to receive into, which is never empty.
    pub(in crate::server) fn space(&mut self) -> &mut [u8] {
        self.buffer.space()
    }

    /// Adds the first `count` bytes of the [space](Self::space).
    pub(in crate::server) fn received(&mut self, count: usize) {
        self.buffer.received(count);
    }

    /// Adds bytes.
    pub(in crate::server) fn append(&mut self, bytes: &[u8]) {
        self.buffer.append(bytes);
    }

    /// Sets the limits of messages, from the next on.
    pub(in crate::server) fn set_limits(&mut self, limits: MessageLimits) {
        self.limits = limits;
        self.framer.set_limits(limits);
    }

    /// Returns the size of the buffer.
    pub(in crate::server) fn memory(&self) -> usize {
        self.buffer.memory()
    }

    /// Frees the memory that is not used, if it has more than `kept` bytes. The last message is forgotten.
    pub(in crate::server) fn shrink(&mut self, kept: usize) {
        if self.buffer.unused().is_empty() {
            self.buffer.shrink(kept);
            self.framer.shrink();
            self.length = 0;
            self.is_well_formed = false;
        }
    }

    /// Returns the next message or error, or `None` if more bytes are needed.
    #[allow(clippy::should_implement_trait, reason = "an iterator cannot lend")]
    pub(in crate::server) fn next(&mut self) -> Option<Frame> {
        if self.buffer.unused().is_empty() || self.skip.is_some() && !self.skip() {
            return None;
        }
        match self.framer.advance(self.buffer.unused()) {
            Progress::Complete(end) => Some(self.found(end, true)),
            Progress::Broken(Broken::Mismatch(end)) => {
                self.skip_rest(None);
                Some(self.found(end, false))
            }
            Progress::Broken(Broken::TooLarge { end, description }) => {
                self.skip_rest(None);
                Some(self.error(end, description.into()))
            }
            Progress::Broken(Broken::Stray { start, end, quote }) => Some(self.stray(start, end, quote)),
            Progress::More => self.more(),
        }
    }

    /// Returns the message that was found last, until more bytes are received.
    pub(in crate::server) fn message(&self) -> Message<'_> {
        let members = if self.is_well_formed { self.framer.members() } else { None };
        Message { text: self.buffer.taken(self.length), members }
    }

    /// Returns the message that was found last as one that owns its memory. A large one is not copied.
    pub(in crate::server) fn store(&mut self) -> StoredMessage {
        let Message { text, members } = self.message();
        let members = members.map(<[_]>::to_vec);
        if self.length < LARGE {
            return StoredMessage { memory: text.to_vec(), text: 0..self.length, members };
        }
        let (memory, text) = self.buffer.give_away(self.length);
        StoredMessage { memory, text, members }
    }

    /// Returns the last `count` bytes that were received, if nothing was taken since.
    pub(in crate::server) fn last_received(&self, count: usize) -> &[u8] {
        let bytes = self.buffer.unused();
        &bytes[bytes.len() - count..]
    }

    /// Returns whether the bytes so far end inside a message.
    pub(in crate::server) fn is_partial(&self) -> bool {
        self.framer.begun().is_some() || matches!(self.skip, Some(Skip::Message { .. }))
    }

    /// Drops what was received.
    pub(in crate::server) fn clear(&mut self) {
        self.take(self.buffer.unused().len());
        self.skip = None;
    }

    /// Returns how many bytes of the stream have been received.
    pub(in crate::server) fn received_bytes(&self) -> u64 {
        self.consumed + self.buffer.unused().len() as u64
    }

    /// Returns the last message or error after the stream has ended.
    pub(in crate::server) fn finish(&mut self) -> Option<Frame> {
        if self.skip.is_some() {
            return None;
        }
        self.framer.begun()?;
        let rest = self.buffer.unused().len();
        match self.framer.finish() {
            true => Some(self.found(rest, true)),
            false => Some(self.error(rest, "JSON parse error, premature EOI".into())),
        }
    }

    /// Takes a message out of the buffer. A malformed one has no members, and the check of its grammar then finds the
    /// mistake.
    fn found(&mut self, end: usize, is_well_formed: bool) -> Frame {
        self.consumed += end as u64;
        self.buffer.take(end);
        (self.length, self.is_well_formed) = (end, is_well_formed);
        Frame { found: Ok(()), position: self.consumed }
    }

    /// Takes malformed input out of the buffer.
    fn error(&mut self, end: usize, description: String) -> Frame {
        self.take(end);
        Frame { found: Err(description), position: self.consumed }
    }

    /// Handles an incomplete message. It is an error if the message is too long already.
    fn more(&mut self) -> Option<Frame> {
        let received = self.buffer.unused().len();
        let Some(size) = self.framer.begun() else {
            self.take(received);
            return None;
        };
        let white = received - size;
        if size < self.limits.bytes && white < self.limits.bytes {
            return None;
        }
        self.skip_rest(self.framer.partial_string());
        if self.skip.is_none() {
            self.skip = Some(Skip::Garbage);
        }
        Some(self.error(received, "JSON token size limit exceeded".into()))
    }

    /// Returns the error for a byte that can neither start nor continue a token, and begins to skip.
    fn stray(&mut self, start: usize, end: usize, quote: Option<u8>) -> Frame {
        let token = &self.buffer.unused()[start..end];
        let description = format!("JSON parse error, stray '{}'", echo(token));
        let is_over = token.last().is_some_and(|&byte| resyncs(byte)) || self.framer.depth() == 0;
        // Outside of a string, the byte is skipped as part of the message, because it may be a bracket or a quote.
        let used = if is_over || quote.is_some() { end } else { end - 1 };
        if is_over {
            self.skip = Some(Skip::Garbage);
        } else {
            self.skip_rest(quote.map(|quote| (quote, false)));
        }
        self.error(used, description)
    }

    /// Begins to skip the rest of the message. If the rest begins inside a string, `string` is its quote, and whether the
    /// first byte is escaped.
    fn skip_rest(&mut self, string: Option<(u8, bool)>) {
        let depth = self.framer.depth();
        let (quote, escaped) = string.map_or((None, false), |(quote, escaped)| (Some(quote), escaped));
        self.skip = (depth > 0 || quote.is_some()).then_some(Skip::Message { depth, quote, escaped });
    }

    /// Takes bytes out of the buffer.
    fn take(&mut self, count: usize) {
        self.buffer.take(count);
        self.consumed += count as u64;
        self.framer.reset();
    }

    /// Skips input. Returns whether its end was found.
    fn skip(&mut self) -> bool {
        let bytes = self.buffer.unused();
        let stop = match &mut self.skip {
            None => Some(0),
            Some(Skip::Garbage) => bytes.iter().position(|&byte| resyncs(byte) || b"{}[]:,".contains(&byte)),
            Some(Skip::Message { depth, quote, escaped }) => skip_message(bytes, depth, quote, escaped),
        };
        self.take(stop.unwrap_or(bytes.len()));
        if stop.is_some() {
            self.skip = None;
        }
        stop.is_some()
    }
}

/// Returns the end of a broken message: after the bracket that balances it, or at a byte that resynchronises.
fn skip_message(bytes: &[u8], depth: &mut usize, quote: &mut Option<u8>, escaped: &mut bool) -> Option<usize> {
    for (at, &byte) in bytes.iter().enumerate() {
        if resyncs(byte) {
            return Some(at);
        }
        match (*quote, byte) {
            (Some(_), _) if *escaped => *escaped = false,
            (Some(_), b'\\') => *escaped = true,
            (Some(open), _) if open == byte => *quote = None,
            (Some(_), _) => continue,
            (None, b'"' | b'\'') => *quote = Some(byte),
            (None, b'{' | b'[') => *depth += 1,
            (None, b'}' | b']') => *depth -= 1,
            (None, _) => continue,
        }
        if *depth == 0 && quote.is_none() {
            return Some(at + 1);
        }
    }
    None
}

/// Returns whether the byte ends any malformed input: a control byte other than TAB, or a byte that UTF-8 does not have.
fn resyncs(byte: u8) -> bool {
    matches!(byte, 0..0x20 | 0xFE..) && byte != b'\t'
}

impl<'a> Message<'a> {
    /// Returns whether the message is an object, even a malformed one.
    pub(super) fn is_object(self) -> bool {
        self.text.trim_ascii_start().starts_with(b"{")
    }

    /// Returns the bytes of a member's key or value.
    pub(super) fn part(self, range: &Range<usize>) -> &'a [u8] {
        &self.text[range.clone()]
    }
}

impl StoredMessage {
    pub(in crate::server) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns the message.
    pub(in crate::server) fn message(&self) -> Message<'_> {
        Message { text: &self.memory[self.text.clone()], members: self.members.as_deref() }
    }
}

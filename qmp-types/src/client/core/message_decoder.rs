//! Splits a server's byte stream into messages.

use crate::error::{Offence, ProtocolError};
use crate::json::{Dialect, Framer, Member, MessageLimits, Progress, ReceiveBuffer};

/// The size of a read.
const CHUNK: usize = 16 << 10;
/// The maximum size of the buffer of an idle connection.
const IDLE_BUFFER: usize = 4 << 10;
/// The maximum length of a message. No reply is this long, so a longer message would probably never end.
const MAX_LENGTH: usize = 1 << 30;
/// The maximum nesting of a message. It is far deeper than the reader accepts, and only limits the memory for open brackets.
const MAX_DEPTH: usize = 1 << 16;

/// The byte that resynchronises a guest agent with its client. Each end sends it, and the other end drops what it has
/// received before it.
pub(crate) const RESYNC: u8 = 0xFF;

/// Splits a byte stream into messages.
///
/// The caller receives bytes into [`space`](Self::space), reports their number with [`received`](Self::received), and takes
/// messages from [`next`](Self::next).
#[derive(Debug)]
pub(crate) struct MessageDecoder {
    buffer: ReceiveBuffer,
    framer: Framer,
    /// Whether everything up to a byte 0xFF is dropped.
    resyncing: bool,
}

/// A complete message, which is an object.
///
/// The values of its members have not been checked. A malformed value is an error only for the caller that reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) text: &'a [u8],
    /// The members of the outermost object.
    pub(crate) members: &'a [Member],
}

impl Default for MessageDecoder {
    fn default() -> Self {
        Self { buffer: ReceiveBuffer::new(CHUNK), framer: framer(), resyncing: false }
    }
}

impl MessageDecoder {
    /// Returns the space to receive into, which is never empty.
    pub(crate) fn space(&mut self) -> &mut [u8] {
        self.buffer.space()
    }

    /// Adds the first `count` bytes of the [space](Self::space), and returns them.
    pub(crate) fn received(&mut self, count: usize) -> &[u8] {
        self.buffer.received(count);
        let unused = self.buffer.unused();
        &unused[unused.len() - count..]
    }

    /// Adds bytes that were received elsewhere.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.buffer.append(bytes);
    }

    /// Frees memory that a large message needed, unless a part of the next one has arrived.
    pub(crate) fn shrink(&mut self) {
        self.buffer.shrink(IDLE_BUFFER);
        self.framer.shrink();
    }

    /// Drops everything up to the next byte 0xFF.
    pub(crate) fn resync(&mut self) {
        self.framer = framer();
        self.resyncing = true;
    }

    /// Returns the next message, or `None` if more bytes are needed.
    ///
    /// # Errors
    /// If the peer does not speak QMP: it sends something other than an object, which might never end.
    pub(crate) fn next(&mut self) -> Result<Option<Message<'_>>, ProtocolError> {
        if self.resyncing && !self.found_resync() {
            return Ok(None);
        }
        if self.framer.begun().is_none() {
            self.skip_space();
        }
        let text = self.buffer.unused();
        let progress = match text.first() {
            None => return Ok(None),
            Some(b'{') => self.framer.advance(text),
            Some(_) => return Err(not_qmp(text)),
        };
        match progress {
            Progress::Complete(end) => {
                let text = self.buffer.take(end);
                let members = self.framer.members().ok_or_else(|| not_qmp(text))?;
                Ok(Some(Message { text, members }))
            }
            Progress::More if self.framer.is_disordered() => Err(not_qmp(text)),
            Progress::More if text.len() > MAX_LENGTH => {
                Err(ProtocolError::new("the peer sends a message without end"))
            }
            Progress::More => Ok(None),
            Progress::Broken(_) => Err(not_qmp(text)),
        }
    }

    fn found_resync(&mut self) -> bool {
        let received = self.buffer.unused();
        let found = received.iter().position(|&byte| byte == RESYNC);
        self.resyncing = found.is_none();
        let used = found.map_or(received.len(), |at| at + 1);
        self.buffer.take(used);
        !self.resyncing
    }

    /// Skips the bytes that may be between messages: white space, and the byte before the reply to `guest-sync-delimited`.
    fn skip_space(&mut self) {
        let between = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r' | b'\n' | RESYNC);
        let count = self.buffer.unused().iter().take_while(between).count();
        self.buffer.take(count);
    }
}

fn framer() -> Framer {
    let limits = MessageLimits { bytes: MAX_LENGTH, tokens: usize::MAX, depth: MAX_DEPTH };
    Framer::new(Dialect::Rfc8259, limits)
}

/// Returns the error for malformed input, which quotes the beginning of the input.
#[cold]
pub(crate) fn not_qmp(text: &[u8]) -> ProtocolError {
    ProtocolError::received("the peer does not speak QMP", Offence::new(None, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the members of the message that arrives in pieces of `step` bytes.
    fn decode(text: &str, step: usize) -> Result<Option<Vec<(String, String)>>, ProtocolError> {
        let mut decoder = MessageDecoder::default();
        for piece in text.as_bytes().chunks(step) {
            decoder.space()[..piece.len()].copy_from_slice(piece);
            decoder.received(piece.len());
            if let Some(message) = decoder.next()? {
                let part =
                    |range: &std::ops::Range<usize>| String::from_utf8_lossy(&message.text[range.clone()]).into();
                return Ok(Some(message.members.iter().map(|m| (part(&m.key), part(&m.value))).collect()));
            }
        }
        Ok(None)
    }

    #[test]
    fn finds_members_wherever_the_bytes_are_split() {
        let value = "{\"a\": [1, {\"b\": \"}\\\"{\\\\\"}], \"c\":{}, \"inf\": -inf}";
        let text = format!(" {{\"return\": {value},\r\n  \"id\" : 7}} {{");
        for step in [1, 2, 3, 7, text.len()] {
            let members = decode(&text, step).unwrap().unwrap();
            assert_eq!(members, [("\"return\"".into(), value.into()), ("\"id\"".into(), "7".into())]);
        }
        assert_eq!(decode("{}", 1).unwrap(), Some(vec![]));
        // A malformed number is an error only for the caller that reads it.
        assert!(decode("{\"return\": -inf, \"id\": 01}", 1).unwrap().is_some());
    }

    #[test]
    fn never_waits_for_an_end_that_cannot_come() {
        for text in [
            "HTTP/1.1 400",
            "{\"a\": [1}",
            "{]",
            "[1",
            "{<html>",
            "{\"a\n",
            "}",
            "{\"a\",",
            "{\"a\":1:",
            "12",
            "{\"a\\\n",
        ] {
            assert!(decode(text, 1).is_err(), "{text}");
        }
    }

    #[test]
    fn waits_for_an_end_that_can() {
        for text in ["", " \n", "{", "{\"a", "{\"a\\", "{\"a\": [", "{\"a\": {}"] {
            assert!(decode(text, 1).unwrap().is_none(), "{text}");
        }
    }
}

//! Messages out of a server's byte stream.

use crate::Error;
use crate::json::{Dialect, Framer, Member, MessageLimits, Progress, ReceiveBuffer};

/// The size of a read.
const CHUNK: usize = 16 << 10;
/// No reply is this long: a server that sends more sends a message without end.
const LONGEST: usize = 1 << 30;
/// No reply is this deep: its values could not be read. Deeper nesting would only take memory.
const DEEPEST: usize = 1 << 16;
/// The byte that a guest agent sends to announce that it starts anew.
pub(crate) const RESYNC: u8 = 0xFF;

/// Cuts a byte stream into messages.
///
/// Bytes are received into [`space`](Self::space), messages come out of [`next`](Self::next).
#[derive(Debug)]
pub(crate) struct MessageDecoder {
    buffer: ReceiveBuffer,
    framer: Framer,
    /// Everything is noise up to a byte 0xFF.
    resyncing: bool,
}

/// A complete message: an object.
///
/// Whether a value is good JSON shows when it is read, and concerns only the caller that reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message<'a> {
    pub(crate) text: &'a [u8],
    /// The members of the outermost object.
    pub(crate) members: &'a [Member],
}

impl Default for MessageDecoder {
    fn default() -> Self {
        let limits = MessageLimits { bytes: LONGEST, tokens: usize::MAX, depth: DEEPEST };
        let (buffer, framer) = (ReceiveBuffer::new(CHUNK), Framer::new(Dialect::Rfc8259, limits));
        Self { buffer, framer, resyncing: false }
    }
}

impl MessageDecoder {
    /// Returns the space to receive into, which is never empty.
    pub(crate) fn space(&mut self) -> &mut [u8] {
        self.buffer.space()
    }

    /// Adds the first `count` bytes of the [space](Self::space).
    pub(crate) fn received(&mut self, count: usize) {
        self.buffer.received(count);
    }

    /// Drops everything up to a byte 0xFF.
    pub(crate) fn resync(&mut self) {
        self.resyncing = true;
    }

    /// Returns the next message; `None` if more bytes are needed.
    ///
    /// # Errors
    /// If the server does not speak QMP: if what it sends is not an object, and so might never end.
    pub(crate) fn next(&mut self) -> Result<Option<Message<'_>>, Error> {
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
            Progress::More if text.len() > LONGEST => Err(Error::protocol("the peer sends a message without end")),
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

    /// Skips what may stand between messages: white space, and the byte before the reply to `guest-sync-delimited`.
    fn skip_space(&mut self) {
        let between = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r' | b'\n' | RESYNC);
        let count = self.buffer.unused().iter().take_while(between).count();
        self.buffer.take(count);
    }
}

/// Returns the error for garbage, with its beginning.
#[cold]
pub(crate) fn not_qmp(text: &[u8]) -> Error {
    const SHOWN: usize = 60;
    let shown = String::from_utf8_lossy(&text[..text.len().min(SHOWN)]).into_owned();
    Error::protocol(format!("the peer does not speak QMP, it sent {shown:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the members of the message that arrives in pieces of `step` bytes.
    fn decode(text: &str, step: usize) -> Result<Option<Vec<(String, String)>>, Error> {
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
        // A number that is none is an error of its reader.
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

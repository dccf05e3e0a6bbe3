//! The bytes that a server sent, and the boundaries of the messages in them.

use super::finding::Probed;
use super::message::Message;

/// The bytes that have arrived and belong to no message yet.
///
/// The boundaries are found by brackets and quotes alone, so that a server that separates messages badly, or breaks its messages
/// into lines, fails only the rules about that.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    bytes: Vec<u8>,
    /// The bytes that have been examined. They are incomplete.
    scanned: usize,
    /// The first byte of the message.
    start: Option<usize>,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Inbox {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
    }

    /// The bytes after the last message.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes the first message. Returns `None` if it is incomplete.
    ///
    /// # Errors
    /// If the message is not JSON.
    pub(super) fn take(&mut self) -> Probed<Option<Message>> {
        while let Some(byte) = self.bytes.get(self.scanned) {
            let byte = *byte;
            let start = match self.start {
                Some(start) => start,
                None if is_separator(byte) => {
                    self.scanned += 1;
                    continue;
                }
                None => *self.start.insert(self.scanned),
            };
            self.scanned += 1;
            if self.ends_message(byte, start) {
                let rest = self.bytes.split_off(self.scanned);
                let text = self.bytes.split_off(start);
                let before = std::mem::replace(self, Self { bytes: rest, ..Self::default() }).bytes;
                return Message::read(before, text).map(Some);
            }
        }
        Ok(None)
    }

    /// Whether the byte is the last of the message. Anything but an object or a list ends with its line.
    fn ends_message(&mut self, byte: u8, start: usize) -> bool {
        if !matches!(self.bytes[start], b'{' | b'[') {
            return matches!(byte, b'\n' | b'\r');
        }
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// White space, and the byte that precedes an agent's reply to `guest-sync-delimited`.
fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0xFF
}

#[cfg(test)]
mod tests {
    use super::Inbox;

    #[test]
    fn messages_end_with_their_brackets() {
        let text = b"{\"a\": \"}\\\"{\"}\r\n\xff{\"b\": [{\r\n}]}{\"c\"";
        let expected =
            [(b"".to_vec(), b"{\"a\": \"}\\\"{\"}".to_vec()), (b"\r\n\xff".to_vec(), b"{\"b\": [{\r\n}]}".to_vec())];
        for part in 1..=text.len() {
            let (mut inbox, mut messages) = (Inbox::default(), Vec::new());
            for part in text.chunks(part) {
                inbox.add(part);
                while let Some(message) = inbox.take().expect("JSON") {
                    messages.push((message.before, message.text));
                }
            }
            assert_eq!(messages, expected, "{part} bytes at a time");
            assert_eq!(inbox.rest(), b"{\"c\"");
        }
    }

    #[test]
    fn other_text_is_not_json() {
        for text in ["hello\r\n", "{\"a\": inf}\r\n"] {
            let mut inbox = Inbox::default();
            inbox.add(text.as_bytes());
            assert!(inbox.take().is_err(), "{text}");
        }
    }
}

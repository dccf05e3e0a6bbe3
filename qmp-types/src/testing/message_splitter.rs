//! Splits a byte stream of either end into messages.

use crate::json::{Broken, Dialect, Framer, MessageLimits, Progress};

/// The byte by which guest agents and their clients synchronise.
pub(super) const RESYNC: u8 = 0xFF;

/// Splits a byte stream into messages. It accepts QEMU's dialect of JSON, of which RFC 8259 is a part.
pub(super) struct MessageSplitter {
    /// The bytes that are not split yet.
    bytes: Vec<u8>,
    framer: Framer,
}

/// A part of a byte stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A complete JSON value, without white space around it.
    Message(String),
    /// Bytes that are not JSON.
    Other(Vec<u8>),
    /// The byte 0xFF, by which guest agents and their clients synchronise: each drops what it received before.
    Resync,
}

impl MessageSplitter {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), framer: Framer::new(Dialect::Qemu, MessageLimits::default()) }
    }

    /// Adds received bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Returns the next piece, or `None` if more bytes are needed.
    pub(super) fn next(&mut self) -> Option<Piece> {
        if self.framer.begun().is_none() {
            let count = self.bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            self.bytes.drain(..count);
            if self.bytes.first() == Some(&RESYNC) {
                self.take(1);
                return Some(Piece::Resync);
            }
        }
        if self.bytes.is_empty() {
            return None;
        }
        match self.framer.advance(&self.bytes) {
            Progress::More => None,
            Progress::Complete(end) => Some(match String::from_utf8(self.take(end)) {
                Ok(text) => Piece::Message(text),
                Err(error) => Piece::Other(error.into_bytes()),
            }),
            Progress::Broken(Broken::Stray { end, .. } | Broken::Mismatch(end) | Broken::TooLarge { end, .. }) => {
                Some(Piece::Other(self.take(end)))
            }
        }
    }

    /// Returns the bytes that are no complete message, at the end of the stream.
    pub(super) fn finish(mut self) -> Option<Piece> {
        let rest = std::mem::take(&mut self.bytes);
        if self.framer.finish() {
            return String::from_utf8(rest).ok().map(Piece::Message);
        }
        (!rest.is_empty()).then_some(Piece::Other(rest))
    }

    fn take(&mut self, end: usize) -> Vec<u8> {
        self.bytes.drain(..end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &[u8], step: usize) -> Vec<Piece> {
        let mut splitter = MessageSplitter::new();
        let mut pieces = Vec::new();
        for bytes in text.chunks(step) {
            splitter.push(bytes);
            pieces.extend(std::iter::from_fn(|| splitter.next()));
        }
        pieces.extend(splitter.finish());
        pieces
    }

    #[test]
    fn messages_and_what_is_not_json() {
        let message = |text: &str| Piece::Message(text.to_owned());
        for step in [1, 3, 100] {
            let pieces = split(b"\xFF {'a': \"}\"}\r\n\xFF{\"b\": [1]}{\"c\"\n: {}} {\"d\": ", step);
            let [a, b, c] = ["{'a': \"}\"}", "{\"b\": [1]}", "{\"c\"\n: {}}"].map(message);
            assert_eq!(pieces, [Piece::Resync, a, Piece::Resync, b, c, Piece::Other(b"{\"d\": ".to_vec())]);
        }
        assert_eq!(split(b"{]{\"a\": 1}", 1), [Piece::Other(b"{]".to_vec()), message("{\"a\": 1}")]);
    }
}

//! QMP's dialect of JSON and its framing, without IO: bytes in, whole messages out.
//!
//! Messages are framed by JSON value, not by line. The dialect is QEMU's: strings in single quotes too, no NUL-like
//! control bytes or noncharacters in strings, a byte 0xFF to get back in step after garbage. What is refused is refused in
//! QEMU's words. Where we deviate: a broken message gets ONE error, and the rest of it is skipped.

mod canonical;
mod decoder;
mod grammar;
mod lexer;
mod string;
pub(crate) mod swar;

pub(crate) use canonical::canonical;
pub use decoder::{Decoder, Frame};
pub(crate) use grammar::{Parsed, Parser, Span};
pub(crate) use string::{cut, decode as decode_string};

/// How large messages may be, and how much may wait for a peer that does not read.
///
/// The defaults are QEMU's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub(crate) message: usize,
    pub(crate) tokens: usize,
    pub(crate) depth: usize,
    pub(crate) output: usize,
}

impl Limits {
    /// The longest message in bytes, white space not counted; 64 MiB unless told. The same again is granted for white
    /// space.
    #[must_use]
    pub fn message_bytes(self, message: usize) -> Self {
        Self { message, ..self }
    }

    /// The most JSON tokens in a message; 2,097,152 unless told.
    #[must_use]
    pub fn tokens(self, tokens: usize) -> Self {
        Self { tokens, ..self }
    }

    /// The deepest nesting of objects and arrays, the message itself included; 1024 unless told. Reading arguments takes
    /// stack in proportion: with some thousands of levels, threads need more of it than usual.
    #[must_use]
    pub fn depth(self, depth: usize) -> Self {
        Self { depth, ..self }
    }

    /// How many bytes may wait for a peer that does not read; 16 MiB unless told. At this bound no more requests are read
    /// from that peer, and a peer that lets as much pile up in events is disconnected.
    #[must_use]
    pub fn output_bytes(self, output: usize) -> Self {
        Self { output, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { message: 64 << 20, tokens: 2 << 20, depth: 1024, output: 16 << 20 }
    }
}

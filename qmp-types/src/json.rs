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
pub(crate) use decoder::{Decoder, Frame};
pub(crate) use grammar::{Parsed, Parser, Span};
pub(crate) use string::{cut, decode as decode_string};

/// Bounds on the size of a message. The defaults are QEMU's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MessageLimits {
    /// The maximum length in bytes, white space not counted. White space may have the same length in addition.
    pub(crate) bytes: usize,
    /// The maximum number of tokens.
    pub(crate) tokens: usize,
    /// The maximum nesting of objects and arrays, the message itself included.
    pub(crate) depth: usize,
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, tokens: 2 << 20, depth: 1024 }
    }
}

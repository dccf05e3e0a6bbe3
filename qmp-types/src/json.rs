//! JSON as bytes, without IO: one lexer, one string decoder and one number grammar, for the server, the client and the
//! reader of records.
//!
//! The [`dialect`] is a parameter: servers read QEMU's, clients RFC 8259. The [`framer`] finds the messages in a byte
//! stream, one JSON value each. It works on the tokens of the [`lexer`], and examines each byte once, no matter where the
//! stream is split into reads. [`string`] and [`number`] have the grammar of these tokens, and read their values.

mod dialect;
mod echo;
mod error;
mod framer;
mod lexer;
mod nesting;
pub(crate) mod number;
mod outline;
mod pretty;
mod receive_buffer;
pub(crate) mod string;
pub(crate) mod swar;
#[cfg(test)]
mod tests;

pub(crate) use dialect::Dialect;
pub(crate) use echo::{cut, cut_to, echo};
pub(crate) use error::SyntaxError;
pub(crate) use framer::Framer;
pub(crate) use lexer::{Kind, Lexeme, Lexer};
pub(crate) use nesting::{Broken, MessageLimits, Progress};
pub(crate) use outline::Member;
pub(crate) use pretty::pretty;
pub(crate) use receive_buffer::ReceiveBuffer;

//! JSON as bytes, without IO: both ends, and the reader of records, use the same lexer, the same string decoder and the
//! same number grammar.
//!
//! [`framer`] finds the messages in a byte stream, one JSON value each; the [`lexer`] cuts them into tokens. What strings
//! and numbers mean is said in [`string`] and [`number`], for values that are complete.

mod dialect;
mod echo;
mod error;
mod framer;
mod lexer;
mod nesting;
pub(crate) mod number;
mod outline;
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
pub(crate) use receive_buffer::ReceiveBuffer;

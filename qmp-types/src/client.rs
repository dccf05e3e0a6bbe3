//! The client's part of the protocol, without IO, for the blocking and the asynchronous client alike.
//!
//! A [`Core`] is the state of a connection: what is to be sent, what was received, which calls are in flight, who listens
//! to events. Whoever [waits](Wait) drives the socket, for himself and for all others: there is no task or thread behind a
//! client, and a call on an idle connection is one `send` and one `recv`.

mod attempts;
mod calls;
mod core;
mod envelope;
mod event;
mod expectation;
mod greeting;
mod handshake;
mod incoming;
mod listeners;
mod options;
mod outgoing;
mod scan;
mod wait;

pub(crate) use self::core::Core;
#[cfg(feature = "tokio")]
pub(crate) use self::core::Started;
pub(crate) use attempts::Attempts;
pub use event::{AnyEvent, OtherEvent, Timed};
pub(crate) use expectation::Expectation;
pub use greeting::Greeting;
pub(crate) use handshake::Step;
pub(crate) use listeners::{Key, Listeners};
pub use options::ClientOptions;
#[cfg(feature = "tokio")]
pub(crate) use outgoing::Piece;
pub(crate) use outgoing::Request;
pub(crate) use wait::{ForEvent, ForGreeting, ForReply, Interest, Wait};

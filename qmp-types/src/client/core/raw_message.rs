//! The messages of a server as their texts, for a proxy that passes them on.

use super::message_decoder::Message;
use super::server_message::{Id, Members, any, error_reply, id, invalid};
use crate::json::{Dialect, Framer, MessageLimits, Progress};
use crate::{Error, Greeting};

/// A message of the server, as the texts that it consists of.
#[derive(Debug)]
pub(crate) enum RawMessage<'a> {
    Greeting(RawGreeting<'a>),
    /// A success reply, with the return value.
    Return(Id, &'a [u8]),
    /// An error reply, with the error.
    Error(Id, RawError<'a>),
    /// An event: the whole message.
    Event(&'a [u8]),
}

/// A greeting.
#[derive(Debug)]
pub(crate) struct RawGreeting<'a> {
    text: &'a [u8],
    /// The member `version`.
    pub(crate) version: &'a [u8],
}

/// The error in a reply.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawError<'a> {
    pub(crate) text: &'a [u8],
}

impl<'a> RawMessage<'a> {
    /// Classifies a message.
    ///
    /// # Errors
    /// If it is neither a greeting nor a reply nor an event.
    pub(crate) fn of(message: Message<'a>) -> Result<Self, Error> {
        let members = Members::of(message);
        if let Some(value) = members.success {
            Ok(Self::Return(id(members.id), value))
        } else if let Some(text) = members.error {
            Ok(Self::Error(id(members.id), RawError { text }))
        } else if members.event.is_some() {
            Ok(Self::Event(message.text))
        } else if let Some(text) = members.greeting {
            Ok(Self::Greeting(RawGreeting::read(text)?))
        } else {
            Err(invalid(message.text).into())
        }
    }
}

impl<'a> RawGreeting<'a> {
    fn read(text: &'a [u8]) -> Result<Self, Error> {
        let mut framer = Framer::new(Dialect::Rfc8259, MessageLimits::default());
        let members = match framer.advance(text) {
            Progress::Complete(_) => framer.members().unwrap_or_default(),
            Progress::More | Progress::Broken(_) => &[],
        };
        let version = members.iter().find(|member| &text[member.key.clone()] == b"\"version\"");
        let version = version.map(|member| &text[member.value.clone()]).ok_or_else(|| invalid(text))?;
        Ok(Self { text, version })
    }

    /// Decodes the greeting.
    ///
    /// # Errors
    /// If a value is malformed.
    pub(crate) fn decode(&self) -> Result<Greeting, Error> {
        Ok(Greeting::read(&any(self.text)?))
    }
}

impl RawError<'_> {
    /// Decodes the error.
    pub(crate) fn decode(&self) -> Error {
        error_reply(self.text)
    }
}

//! Commands as bytes, and messages of a server from bytes, for transports of one's own.

use std::fmt;

use super::core::{Id, MessageDecoder, RawEvent, Request, ServerMessage, read_return, write_request};
use super::{AnyEvent, Greeting, Invocation, MissingMembers, Timestamped};
use crate::record::Writer;
use crate::{Command, Error, Result, Timestamp, Value};

/// Appends a command to the bytes to send, as the clients of this crate do: on one line, without empty arguments.
///
/// The server's reply has the same id.
///
/// ```
/// # use qmp_types::{Command, CommandSpec};
/// use qmp_types::client::{Invocation, encode};
///
/// # struct QueryStatus;
/// # impl Command for QueryStatus {
/// #     const SPEC: &'static CommandSpec = &CommandSpec::new("query-status", "");
/// #     type Arguments = ();
/// #     type Return = ();
/// # }
/// let mut bytes = Vec::new();
/// encode(&Invocation::<QueryStatus>::new(()), 1, &mut bytes);     // with generated code: `commands::QueryStatus`
/// assert_eq!(bytes, b"{\"execute\": \"query-status\", \"id\": 1}\n");
/// ```
pub fn encode<C: Command>(invocation: &Invocation<C>, id: u64, out: &mut Vec<u8>) {
    let mut writer = Writer::append_to(std::mem::take(out));
    write_request(&mut writer, Request::of_invocation(invocation), invocation.arguments(), Some(id));
    *out = writer.into_bytes();
}

/// Splits the bytes that a server sends into messages.
///
/// The bytes may arrive in any pieces. No message is longer than 1 GiB.
///
/// ```
/// use qmp_types::client::{Decoder, Message};
///
/// let mut decoder = Decoder::new();
/// decoder.receive(b"{\"return\": 5, \"id\"");
/// assert!(decoder.next_message()?.is_none());
/// decoder.receive(b": 1}\r\n{\"event\": \"STOP\"}\r\n");
/// let Some(Message::Reply(reply)) = decoder.next_message()? else { panic!() };
/// assert_eq!(reply.id(), Some(1));
/// // With generated code: `reply.decode::<commands::QueryStatus>()`.
/// assert_eq!(reply.decode_raw("query-status")?, 5);
/// let Some(Message::Event(event)) = decoder.next_message()? else { panic!() };
/// assert_eq!(event.name(), "STOP");
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Decoder {
    messages: MessageDecoder,
    missing_members: MissingMembers,
}

/// A message of a server.
#[derive(Debug)]
#[non_exhaustive]
pub enum Message<'a> {
    /// The first message of a QMP server.
    Greeting(Greeting),
    /// The reply to a command.
    Reply(ReplyMessage<'a>),
    /// An event.
    Event(EventMessage),
}

/// The reply to a command: a return value that is not decoded yet, or an error.
pub struct ReplyMessage<'a> {
    id: Id,
    reply: Result<&'a [u8]>,
    missing_members: MissingMembers,
}

/// An event whose data is not decoded yet.
#[derive(Debug)]
pub struct EventMessage(RawEvent);

impl Decoder {
    /// Creates a decoder that has received nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets what to do if a member is missing that the schema requires. Default: [`MissingMembers::Fill`].
    #[must_use]
    pub fn missing_members(self, missing: MissingMembers) -> Self {
        Self { missing_members: missing, ..self }
    }

    /// Adds bytes that the server has sent.
    pub fn receive(&mut self, bytes: &[u8]) {
        self.messages.append(bytes);
    }

    /// Returns the next message, or `None` if it is not complete yet.
    ///
    /// # Errors
    /// If the peer does not speak QMP. The bytes after that cannot be decoded.
    pub fn next_message(&mut self) -> Result<Option<Message<'_>>> {
        let missing_members = self.missing_members;
        let Some(message) = self.messages.next()? else { return Ok(None) };
        Ok(Some(match ServerMessage::of(message)? {
            ServerMessage::Greeting(greeting) => Message::Greeting(greeting),
            ServerMessage::Reply(id, reply) => Message::Reply(ReplyMessage { id, reply, missing_members }),
            ServerMessage::Event(event) => Message::Event(EventMessage(RawEvent { missing_members, ..event })),
        }))
    }
}

impl ReplyMessage<'_> {
    /// Returns the id of the command, or `None` if the server could not read it, or if it is not a number.
    #[must_use]
    pub fn id(&self) -> Option<u64> {
        match self.id {
            Id::Call(id) => Some(id),
            Id::Foreign | Id::Missing => None,
        }
    }

    /// Decodes the return value of a command: `reply.decode::<commands::QueryStatus>()`.
    ///
    /// # Errors
    /// The server's error, or if the return value does not match the schema.
    pub fn decode<C: Command>(self) -> Result<C::Return> {
        read_return(self.reply?, C::SPEC.name, self.missing_members)
    }

    /// Decodes the return value of the command with this name, which need not be in the schema.
    ///
    /// # Errors
    /// The server's error, or if the return value is not valid JSON.
    pub fn decode_raw(self, name: &str) -> Result<Value> {
        read_return(self.reply?, name, self.missing_members)
    }

    /// Returns the server's error, if the command has failed.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        self.reply.as_ref().err()
    }
}

impl EventMessage {
    /// Returns the event's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Returns when the event happened, by the server's clock.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        self.0.timestamp
    }

    /// Decodes the event: as the generated enum `Event`, as one event's type, or without a schema as an
    /// [`OtherEvent`](crate::OtherEvent).
    ///
    /// # Errors
    /// If the event does not match the type.
    pub fn decode<E: AnyEvent>(&self) -> Result<Timestamped<E>> {
        Timestamped::decode(&self.0)
    }
}

impl fmt::Debug for ReplyMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reply = self.reply.as_ref().map(|text| String::from_utf8_lossy(text));
        f.debug_struct("ReplyMessage").field("id", &self.id()).field("reply", &reply).finish()
    }
}

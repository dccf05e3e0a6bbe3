//! Classifies the messages of a server: greeting, replies and events.

use serde_json::Value;

use super::message_decoder::Message;
use super::raw_event::RawEvent;
use crate::Greeting;
use crate::error::ProtocolError;
use crate::json::number;
use crate::record::{MissingMembers, Mode, Reader};
use crate::{Error, ErrorClass, Timestamp};

/// A message of the server.
#[derive(Debug)]
pub(crate) enum ServerMessage<'a> {
    Greeting(Greeting),
    Reply(Id, Reply<'a>),
    Event(RawEvent),
}

/// The id of a reply.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Id {
    /// The id of a call. This client uses integers.
    Call(u64),
    /// An id that this client does not use.
    Foreign,
    /// No id, because the server could not read the id of the request.
    Missing,
}

/// A reply: the text of the return value, or the error.
pub(crate) type Reply<'a> = Result<&'a [u8], Error>;

/// The members of the outermost object that QMP defines, each as the text of its value.
#[derive(Default)]
pub(super) struct Members<'a> {
    pub(super) greeting: Option<&'a [u8]>,
    pub(super) success: Option<&'a [u8]>,
    pub(super) error: Option<&'a [u8]>,
    pub(super) id: Option<&'a [u8]>,
    pub(super) event: Option<&'a [u8]>,
    timestamp: Option<&'a [u8]>,
    data: Option<&'a [u8]>,
}

impl<'a> ServerMessage<'a> {
    /// Classifies a message. Members that QMP does not define are ignored.
    ///
    /// # Errors
    /// If it is neither a greeting nor a reply nor an event.
    pub(crate) fn of(message: Message<'a>) -> Result<Self, ProtocolError> {
        let members = Members::of(message);
        if let Some(value) = members.success {
            Ok(Self::Reply(id(members.id), Ok(value)))
        } else if let Some(error) = members.error {
            Ok(Self::Reply(id(members.id), Err(error_reply(error))))
        } else if let Some(name) = members.event {
            event(name, members.timestamp, members.data).map(Self::Event)
        } else if let Some(greeting) = members.greeting {
            Ok(Self::Greeting(Greeting::read(&any(greeting)?)))
        } else {
            Err(invalid(message.text))
        }
    }
}

impl<'a> Members<'a> {
    pub(super) fn of(message: Message<'a>) -> Self {
        let mut found = Self::default();
        for member in message.members {
            let slot = match &message.text[member.key.clone()] {
                b"\"return\"" => &mut found.success,
                b"\"id\"" => &mut found.id,
                b"\"error\"" => &mut found.error,
                b"\"event\"" => &mut found.event,
                b"\"timestamp\"" => &mut found.timestamp,
                b"\"data\"" => &mut found.data,
                b"\"QMP\"" => &mut found.greeting,
                _ => continue,
            };
            // Of duplicate members the first counts, as in records.
            slot.get_or_insert(&message.text[member.value.clone()]);
        }
        found
    }
}

pub(super) fn id(text: Option<&[u8]>) -> Id {
    match text {
        None => Id::Missing,
        Some(text) => number::read_digits(text).map_or(Id::Foreign, Id::Call),
    }
}

/// Returns the error of an error reply. A malformed error reply becomes a protocol error, which only its caller receives.
pub(super) fn error_reply(text: &[u8]) -> Error {
    let error = any(text).unwrap_or_default();
    let member = |name| error.get(name).and_then(Value::as_str);
    match (member("class"), member("desc")) {
        (Some(class), Some(desc)) => Error::new(ErrorClass::from(class), desc),
        _ => invalid(text).into(),
    }
}

fn event(name: &[u8], timestamp: Option<&[u8]>, data: Option<&[u8]>) -> Result<RawEvent, ProtocolError> {
    let name = any(name)?.as_str().ok_or_else(|| invalid(name))?.to_owned();
    let timestamp = timestamp.and_then(|text| any(text).ok()).map_or(Timestamp::UNKNOWN, |value| time(&value));
    let data = data.map(|text| String::from_utf8_lossy(text).into_owned());
    Ok(RawEvent { name, timestamp, data, missing_members: MissingMembers::default() })
}

fn time(value: &Value) -> Timestamp {
    let member = |name| value.get(name).and_then(Value::as_i64).unwrap_or(-1);
    Timestamp { seconds: member("seconds"), microseconds: member("microseconds") }
}

pub(super) fn any(text: &[u8]) -> Result<Value, ProtocolError> {
    let mut value = Value::Null;
    let json = str::from_utf8(text).map_err(|_| invalid(text))?;
    Reader::new(json, Mode::Lenient).value(&mut value).map_err(|_| invalid(text))?;
    Ok(value)
}

#[cold]
pub(super) fn invalid(text: &[u8]) -> ProtocolError {
    super::message_decoder::not_qmp(text)
}

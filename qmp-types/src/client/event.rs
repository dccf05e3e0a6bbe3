//! Events as a client receives them.

use std::ops::Deref;

use super::core::RawEvent;
use crate::error::ProtocolError;
use crate::record::{Mode, ReadError, Reader};
use crate::{Event, Result, Timestamp, Value};

/// A type into which a client decodes events: the generated enum `Event`, the type of one event such as
/// `events::DeviceDeleted`, or [`OtherEvent`].
pub trait AnyEvent: Sized + Send + 'static {
    /// The name of the events, if the type is that of one event.
    #[doc(hidden)]
    const TYPE_NAME: Option<&'static str> = None;

    /// Decodes the event `name` from its data.
    ///
    /// # Errors
    /// If the data does not match the schema.
    #[doc(hidden)]
    fn read(name: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError>;
}

/// An event that the schema does not define, such as one of a newer server.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OtherEvent {
    /// The event's name.
    pub name: String,
    /// The event's data, or an empty object if it has none.
    pub data: Value,
}

impl OtherEvent {
    /// Decodes an event from any data.
    ///
    /// # Errors
    /// If the data is not valid JSON.
    #[doc(hidden)]
    pub fn read(name: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Self { name: name.to_owned(), data: crate::private::read(reader)? })
    }
}

/// Reads every event without a schema: `vm.events_of::<OtherEvent>()`.
impl AnyEvent for OtherEvent {
    fn read(name: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        Self::read(name, reader)
    }
}

/// Reads the events of one type.
impl<E: Event> AnyEvent for E {
    const TYPE_NAME: Option<&'static str> = Some(E::NAME);

    fn read(_: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        crate::private::read(reader)
    }
}

/// An event and its timestamp. Dereferences to the event.
#[derive(Debug, Clone, PartialEq)]
pub struct Timestamped<E> {
    /// When the event happened, by the server's clock.
    pub timestamp: Timestamp,
    /// The event.
    pub event: E,
}

impl<E> Timestamped<E> {
    /// Decodes an event.
    pub(super) fn decode(raw: &RawEvent) -> Result<Self>
    where
        E: AnyEvent,
    {
        let data = raw.data.as_deref().unwrap_or("{}");
        let mut reader = Reader::new(data, Mode::Lenient).missing_members(raw.missing_members);
        let event = E::read(&raw.name, &mut reader).map_err(|error| {
            ProtocolError::received(format!("the event {}: {error}", raw.name), error.offence(data))
        })?;
        Ok(Self { timestamp: raw.timestamp, event })
    }
}

impl<E> Deref for Timestamped<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.event
    }
}

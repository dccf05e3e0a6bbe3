//! EventStream as a client receives them.

use std::ops::Deref;

use super::core::RawEvent;
use crate::record::{Mode, ReadError, Reader};
use crate::{Error, Result, Timestamp, Value};

/// Any event of a schema: implemented by the generated `Event` enumeration.
pub trait AnyEvent: Sized + Send + 'static {
    /// Reads the data of the event `name`.
    ///
    /// # Errors
    /// If the data does not fit the schema.
    fn read(name: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError>;
}

/// An event that the schema does not have, as a newer server sends it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OtherEvent {
    /// Its name.
    pub name: String,
    /// Its data; an empty object if there was none.
    pub data: Value,
}

impl OtherEvent {
    /// Reads the data as it comes.
    ///
    /// # Errors
    /// If it is no JSON.
    pub fn read(name: &str, reader: &mut Reader<'_>) -> Result<Self, ReadError> {
        Ok(Self { name: name.to_owned(), data: crate::private::read(reader)? })
    }
}

/// An event and when it happened. Derefs to the event.
#[derive(Debug, Clone, PartialEq)]
pub struct Timestamped<E> {
    /// When it happened, by the server's clock.
    pub timestamp: Timestamp,
    /// What happened.
    pub event: E,
}

impl<E> Timestamped<E> {
    /// Makes the event what a event says, whatever it is.
    pub(crate) fn any(raw: &RawEvent) -> Result<Self>
    where
        E: AnyEvent,
    {
        Self::with(raw, |reader| E::read(&raw.name, reader))
    }

    /// Makes the event what a event says that is known to be such an event.
    pub(crate) fn one(raw: &RawEvent) -> Result<Self>
    where
        E: crate::Event,
    {
        Self::with(raw, crate::private::read)
    }

    fn with(raw: &RawEvent, read: impl FnOnce(&mut Reader<'_>) -> Result<E, ReadError>) -> Result<Self> {
        let mut reader = Reader::new(raw.data.as_deref().unwrap_or("{}"), Mode::Lenient);
        let event = read(&mut reader).map_err(|error| Error::protocol(format!("event {}: {error}", raw.name)))?;
        Ok(Self { timestamp: raw.timestamp, event })
    }
}

impl<E> Deref for Timestamped<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.event
    }
}

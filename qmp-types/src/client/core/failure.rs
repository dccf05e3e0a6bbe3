//! The reason why a connection has ended.

use std::fmt;
use std::io;

use crate::Error;
use crate::error::{EndedProcess, ProtocolError};

/// The reason why a connection has ended. Every waiter receives an error made from it.
#[derive(Debug)]
pub(super) enum ConnectionFailure {
    /// The peer has closed the connection.
    Closed,
    /// The server's process has ended.
    Exited(EndedProcess),
    /// The user has closed the connection, or dropped the last client.
    ClosedByClient,
    Io(io::ErrorKind, String),
    Protocol(ProtocolError),
    /// The server has sent an error instead of the greeting.
    Refused(String),
}

impl ConnectionFailure {
    pub(super) fn from_io(error: &io::Error) -> Self {
        if is_disconnect(error) { Self::Closed } else { Self::Io(error.kind(), error.to_string()) }
    }

    /// Creates the error that reports the end itself.
    pub(super) fn reason(&self) -> Error {
        match self {
            Self::Closed => Error::closed(),
            Self::Exited(process) => Error::exited(process.clone(), None),
            Self::ClosedByClient => Error::closed_by_client(),
            Self::Io(kind, text) => io::Error::new(*kind, text.clone()).into(),
            Self::Protocol(error) => error.clone().into(),
            Self::Refused(desc) => Error::generic(desc.clone()),
        }
    }

    /// Creates the error for a waiter. `awaited` describes its wait, such as "the greeting".
    pub(super) fn error(&self, awaited: &dyn fmt::Display) -> Error {
        match self {
            Self::Closed => Error::closed_before(awaited.to_string()),
            Self::Exited(process) => Error::exited(process.clone(), Some(awaited.to_string())),
            Self::ClosedByClient => Error::closed_by_client_before(awaited.to_string()),
            Self::Io(kind, text) => io::Error::new(*kind, format!("before {awaited}: {text}")).into(),
            Self::Protocol(error) => error.clone().into(),
            Self::Refused(desc) => Error::generic(desc.clone()),
        }
    }
}

/// Returns whether an IO error means that the peer has disconnected.
pub(super) fn is_disconnect(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionReset, UnexpectedEof};
    matches!(error.kind(), BrokenPipe | ConnectionReset | UnexpectedEof)
}

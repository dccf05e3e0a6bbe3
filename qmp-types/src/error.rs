//! The one error type: what a handler refuses with, and what can go wrong between a client and its server.

use std::fmt;
use std::io;

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed: refused by the server (a class and a description, as on the wire), or never answered.
///
/// A handler makes one with [`Error::generic`], [`Error::device_not_found`]... or [`Error::new`]; a client tells them apart
/// with the predicates, never by searching the text.
pub struct Error(Box<Repr>);

#[derive(Debug)]
enum Repr {
    /// An `error` reply.
    Refused { class: ErrorClass, desc: String },
    /// The transport failed.
    Io(io::Error),
    /// The peer is gone.
    Closed { waited_for: Option<String> },
    /// Nothing came in time.
    TimedOut { waited_for: String },
    /// The peer does not speak QMP, or not this schema's.
    Protocol(String),
}

/// The class of an `error` reply.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Everything without a class of its own.
    GenericError,
    /// There is no such command, or not now.
    CommandNotFound,
    /// The device is not active.
    DeviceNotActive,
    /// There is no such device.
    DeviceNotFound,
    /// KVM lacks a capability.
    KvmMissingCap,
    /// A class that QMP does not define, as a newer server may send it.
    Other(String),
}

impl Error {
    /// An error of this class; `desc` is for people.
    pub fn new(class: ErrorClass, desc: impl Into<String>) -> Self {
        Self(Box::new(Repr::Refused { class, desc: desc.into() }))
    }

    /// An error of class `GenericError`.
    pub fn generic(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::GenericError, desc)
    }

    /// `DeviceNotFound`, in QEMU's words.
    pub fn device_not_found(device: impl fmt::Display) -> Self {
        Self::new(ErrorClass::DeviceNotFound, format!("Device '{device}' not found"))
    }

    /// `DeviceNotActive`; `desc` is for people.
    pub fn device_not_active(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::DeviceNotActive, desc)
    }

    /// `CommandNotFound`; `desc` is for people.
    pub fn command_not_found(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::CommandNotFound, desc)
    }

    pub(crate) fn closed() -> Self {
        Self(Box::new(Repr::Closed { waited_for: None }))
    }

    pub(crate) fn closed_before(waited_for: impl Into<String>) -> Self {
        Self(Box::new(Repr::Closed { waited_for: Some(waited_for.into()) }))
    }

    pub(crate) fn timed_out(waited_for: impl Into<String>) -> Self {
        Self(Box::new(Repr::TimedOut { waited_for: waited_for.into() }))
    }

    pub(crate) fn protocol(what: impl Into<String>) -> Self {
        Self(Box::new(Repr::Protocol(what.into())))
    }

    /// The class, if the server answered with an error (or a handler made one).
    #[must_use]
    pub fn class(&self) -> Option<&ErrorClass> {
        match &*self.0 {
            Repr::Refused { class, .. } => Some(class),
            _ => None,
        }
    }

    /// The server's description, if the server answered with an error.
    #[must_use]
    pub fn desc(&self) -> Option<&str> {
        match &*self.0 {
            Repr::Refused { desc, .. } => Some(desc),
            _ => None,
        }
    }

    /// Whether the class is `DeviceNotFound`.
    #[must_use]
    pub fn is_device_not_found(&self) -> bool {
        self.class() == Some(&ErrorClass::DeviceNotFound)
    }

    /// Whether the class is `DeviceNotActive`.
    #[must_use]
    pub fn is_device_not_active(&self) -> bool {
        self.class() == Some(&ErrorClass::DeviceNotActive)
    }

    /// Whether the class is `CommandNotFound`.
    #[must_use]
    pub fn is_command_not_found(&self) -> bool {
        self.class() == Some(&ErrorClass::CommandNotFound)
    }

    /// Whether the peer is gone: nothing more will come on this connection.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match &*self.0 {
            Repr::Closed { .. } => true,
            Repr::Io(error) => matches!(
                error.kind(),
                io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof
            ),
            _ => false,
        }
    }

    /// Whether a time limit ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&*self.0, Repr::TimedOut { .. })
    }

    /// Whether the peer does not speak QMP, or sent what the schema does not allow.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        matches!(&*self.0, Repr::Protocol(_))
    }

    /// The transport's error, if that is what failed.
    #[must_use]
    pub fn io(&self) -> Option<&io::Error> {
        match &*self.0 {
            Repr::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Repr::Refused { class: ErrorClass::GenericError, desc } => f.write_str(desc),
            Repr::Refused { class, desc } => write!(f, "{class}: {desc}"),
            Repr::Io(error) => error.fmt(f),
            Repr::Closed { waited_for: None } => f.write_str("the peer closed the connection"),
            Repr::Closed { waited_for: Some(what) } => write!(f, "the peer closed the connection before {what}"),
            Repr::TimedOut { waited_for } => write!(f, "timed out waiting for {waited_for}"),
            Repr::Protocol(what) => f.write_str(what),
        }
    }
}

/// For people too, since that is what a `main` that fails shows; `{:#?}` for who debugs this crate.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { f.debug_tuple("Error").field(&self.0).finish() } else { fmt::Display::fmt(self, f) }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Repr::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self(Box::new(Repr::Io(error)))
    }
}

impl ErrorClass {
    /// The class as it stands on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::GenericError => "GenericError",
            Self::CommandNotFound => "CommandNotFound",
            Self::DeviceNotActive => "DeviceNotActive",
            Self::DeviceNotFound => "DeviceNotFound",
            Self::KvmMissingCap => "KVMMissingCap",
            Self::Other(class) => class,
        }
    }
}

impl From<&str> for ErrorClass {
    fn from(class: &str) -> Self {
        match class {
            "GenericError" => Self::GenericError,
            "CommandNotFound" => Self::CommandNotFound,
            "DeviceNotActive" => Self::DeviceNotActive,
            "DeviceNotFound" => Self::DeviceNotFound,
            "KVMMissingCap" => Self::KvmMissingCap,
            other => Self::Other(other.to_owned()),
        }
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

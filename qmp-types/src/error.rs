//! The error type of servers and clients.

use std::fmt;
use std::io;

/// [`Result`](std::result::Result) with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed: the server answered with an error, which has a class and a description, or there is no answer.
///
/// A handler creates an error with [`Error::generic`], [`Error::device_not_found`] and the like, or [`Error::new`], which
/// takes a class of your own, too. It may use `?` on [`io::Error`], which becomes a `GenericError`.
///
/// A client distinguishes errors by the predicates, not by their texts:
///
/// ```
/// # fn eject() -> qmp_types::Result<()> { Err(qmp_types::Error::device_not_found("ide1-cd0")) }
/// # fn example() -> qmp_types::Result<()> {
/// match eject() {
///     Err(error) if error.is_device_not_found() => eprintln!("no such drive"),
///     other => other?,
/// }
/// # Ok(())
/// # }
/// # example().unwrap();
/// ```
pub struct Error(Box<Repr>);

#[derive(Debug)]
enum Repr {
    /// The server answered with an error.
    Refused { class: ErrorClass, desc: String },
    /// The connection failed.
    Io(io::Error),
    /// The peer closed the connection.
    Closed { waited_for: Option<String> },
    /// The time limit passed.
    TimedOut { waited_for: String },
    /// The peer does not speak QMP, or sent what the schema does not allow.
    Protocol(String),
}

/// The class of an error that a server answers with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Any error without a class of its own.
    GenericError,
    /// The command does not exist, or is not available in the current state.
    CommandNotFound,
    /// The device is not active.
    DeviceNotActive,
    /// The device does not exist.
    DeviceNotFound,
    /// The kernel's KVM lacks a required capability.
    KvmMissingCap,
    /// A class that QMP does not define, such as one of your own or of a newer server.
    Other(String),
}

impl Error {
    /// Creates an error of any class: one of QMP's, or your own. `desc` is a description for people.
    ///
    /// ```
    /// use qmp_types::{Error, ErrorClass};
    ///
    /// let error = Error::new("VcpuLimit", "This machine has at most 8 vCPUs");
    /// assert_eq!(error.class().map(ErrorClass::as_str), Some("VcpuLimit"));
    /// assert_eq!(error.to_string(), "VcpuLimit: This machine has at most 8 vCPUs");
    /// ```
    pub fn new(class: impl Into<ErrorClass>, desc: impl Into<String>) -> Self {
        Self(Box::new(Repr::Refused { class: class.into(), desc: desc.into() }))
    }

    /// Creates a `GenericError`. `desc` is a description for people.
    pub fn generic(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::GenericError, desc)
    }

    /// Creates a `DeviceNotFound` error, described as QEMU does.
    pub fn device_not_found(device: impl fmt::Display) -> Self {
        Self::new(ErrorClass::DeviceNotFound, format!("Device '{device}' not found"))
    }

    /// Creates a `DeviceNotActive` error. `desc` is a description for people.
    pub fn device_not_active(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::DeviceNotActive, desc)
    }

    /// Creates a `CommandNotFound` error. `desc` is a description for people.
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

    /// Returns the class, if the server answered with an error or a handler created one.
    #[must_use]
    pub fn class(&self) -> Option<&ErrorClass> {
        match &*self.0 {
            Repr::Refused { class, .. } => Some(class),
            _ => None,
        }
    }

    /// Returns the description, if the server answered with an error or a handler created one.
    #[must_use]
    pub fn desc(&self) -> Option<&str> {
        match &*self.0 {
            Repr::Refused { desc, .. } => Some(desc),
            _ => None,
        }
    }

    /// Returns whether the class is `DeviceNotFound`.
    #[must_use]
    pub fn is_device_not_found(&self) -> bool {
        self.class() == Some(&ErrorClass::DeviceNotFound)
    }

    /// Returns whether the class is `DeviceNotActive`.
    #[must_use]
    pub fn is_device_not_active(&self) -> bool {
        self.class() == Some(&ErrorClass::DeviceNotActive)
    }

    /// Returns whether the class is `CommandNotFound`.
    #[must_use]
    pub fn is_command_not_found(&self) -> bool {
        self.class() == Some(&ErrorClass::CommandNotFound)
    }

    /// Returns whether the peer has closed the connection.
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

    /// Returns whether a time limit has passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&*self.0, Repr::TimedOut { .. })
    }

    /// Returns whether the peer does not speak QMP, or sent what the schema does not allow.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        matches!(&*self.0, Repr::Protocol(_))
    }

    /// Returns the system's error, if the connection failed.
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

/// Formats the error as `Display` does, because a failing `main` prints it. `{:#?}` shows the representation.
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
    /// Returns the class as it is sent.
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

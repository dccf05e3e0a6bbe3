//! The error type of servers and clients.

mod class;
mod display;
mod ended_process;
mod protocol;

use std::fmt;
use std::io;
use std::process::ExitStatus;
use std::time::Duration;

pub use self::class::ErrorClass;
pub(crate) use self::ended_process::EndedProcess;
pub(crate) use self::protocol::{Offence, ProtocolError};

/// [`Result`](std::result::Result) with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a command failed: the server answered with an error, which has a class and a description, or there is no answer.
///
/// A handler creates an error with [`Error::generic`], [`Error::device_not_found`] and the like, or [`Error::new`], which
/// takes a class of your own, too. It may use `?` on [`io::Error`], which becomes a `GenericError`.
///
/// A client's error knows its [`command`](Self::command), and names it in its text. A client distinguishes errors by the
/// predicates, not by their texts:
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
struct Repr {
    kind: Kind,
    /// The client's call that failed.
    call: Option<FailedCall>,
    /// The connection was lost, and the client connects again.
    lost: bool,
    /// What the server that the client has started has printed, for an error of connecting.
    output: String,
}

#[derive(Debug)]
enum Kind {
    /// The server answered with an error.
    Refused { class: ErrorClass, desc: String },
    /// The connection failed.
    Io(io::Error),
    /// The connection, or a stream of events, was closed.
    Closed { how: &'static str, waited_for: Option<String> },
    /// The server's process has ended.
    Exited { process: EndedProcess, waited_for: Option<String> },
    /// The connection was lost for a time, and with it events.
    Reconnected { outage: Duration },
    /// Events were lost.
    Lagged(u64),
    /// The time limit passed.
    TimedOut { waited_for: String },
    /// The peer does not speak QMP, or sent what the schema does not allow.
    Protocol(ProtocolError),
}

/// A client's call, for its error.
#[derive(Debug)]
struct FailedCall {
    command: Box<str>,
    /// `None` if the command was not sent.
    id: Option<u64>,
}

const CLOSED_BY_PEER: &str = "the peer closed the connection";
const CLOSED_BY_CLIENT: &str = "the client closed the connection";

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
        Self::of(Kind::Refused { class: class.into(), desc: desc.into() })
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

    fn of(kind: Kind) -> Self {
        Self(Box::new(Repr { kind, call: None, lost: false, output: String::new() }))
    }

    pub(crate) fn closed() -> Self {
        Self::of(Kind::Closed { how: CLOSED_BY_PEER, waited_for: None })
    }

    pub(crate) fn closed_before(waited_for: impl Into<String>) -> Self {
        Self::of(Kind::Closed { how: CLOSED_BY_PEER, waited_for: Some(waited_for.into()) })
    }

    pub(crate) fn closed_by_client() -> Self {
        Self::of(Kind::Closed { how: CLOSED_BY_CLIENT, waited_for: None })
    }

    pub(crate) fn closed_by_client_before(waited_for: impl Into<String>) -> Self {
        Self::of(Kind::Closed { how: CLOSED_BY_CLIENT, waited_for: Some(waited_for.into()) })
    }

    pub(crate) fn stopped_before(waited_for: impl Into<String>) -> Self {
        Self::of(Kind::Closed { how: "the stream of events was stopped", waited_for: Some(waited_for.into()) })
    }

    /// Replaces what was waited for when the connection was closed or the server's process ended.
    #[cfg(feature = "qemu")]
    pub(crate) fn before(mut self, awaited: String) -> Self {
        if let Kind::Closed { waited_for, .. } | Kind::Exited { waited_for, .. } = &mut self.0.kind {
            *waited_for = Some(awaited);
        }
        self
    }

    pub(crate) fn lagged(lost: u64) -> Self {
        Self::of(Kind::Lagged(lost))
    }

    pub(crate) fn exited(process: EndedProcess, waited_for: Option<String>) -> Self {
        Self::of(Kind::Exited { process, waited_for })
    }

    pub(crate) fn timed_out(waited_for: impl Into<String>) -> Self {
        Self::of(Kind::TimedOut { waited_for: waited_for.into() })
    }

    pub(crate) fn protocol(text: impl Into<String>) -> Self {
        ProtocolError::new(text).into()
    }

    /// Adds the client's call that failed. `id` is `None` if the command was not sent.
    #[cold]
    pub(crate) fn in_call(mut self, command: &str, id: Option<u64>) -> Self {
        self.0.call = Some(FailedCall { command: command.into(), id });
        self
    }

    pub(crate) fn reconnected_after(outage: Duration) -> Self {
        Self::of(Kind::Reconnected { outage })
    }

    /// Makes the text say whether the command may have been executed, if the connection was lost.
    pub(crate) fn lost_with_connection(mut self) -> Self {
        self.0.lost = self.is_closed();
        self
    }

    /// Adds what the server that the client has started has printed.
    pub(crate) fn with_output(mut self, output: String) -> Self {
        self.0.output = output;
        self
    }

    /// Returns the command that failed, for the error of a client's call.
    #[must_use]
    pub fn command(&self) -> Option<&str> {
        self.0.call.as_ref().map(|call| &*call.command)
    }

    /// Returns the id with which the command was sent, for the error of a client's call. A command that was not sent has
    /// none.
    #[must_use]
    pub fn id(&self) -> Option<u64> {
        self.0.call.as_ref().and_then(|call| call.id)
    }

    /// Returns whether the server may have executed the command: it was sent, and the server has not answered with an
    /// error.
    ///
    /// After [`is_closed`](Self::is_closed) or [`is_timeout`](Self::is_timeout), a command may be sent again without
    /// harm if this is `false`.
    #[must_use]
    pub fn may_have_been_executed(&self) -> bool {
        self.class().is_none() && self.id().is_some()
    }

    /// Returns the class, if the server answered with an error or a handler created one.
    #[must_use]
    pub fn class(&self) -> Option<&ErrorClass> {
        match &self.0.kind {
            Kind::Refused { class, .. } => Some(class),
            _ => None,
        }
    }

    /// Returns the description, if the server answered with an error or a handler created one.
    #[must_use]
    pub fn desc(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Refused { desc, .. } => Some(desc),
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

    /// Returns whether the peer or this client has closed the connection, the server's process has ended, or the stream of
    /// events was stopped.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match &self.0.kind {
            Kind::Closed { .. } | Kind::Exited { .. } => true,
            Kind::Io(error) => matches!(
                error.kind(),
                io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof
            ),
            _ => false,
        }
    }

    /// Returns the exit status of the server's process, if the client has [started](crate::client::Spawn) it and it has
    /// ended.
    #[must_use]
    pub fn exit_status(&self) -> Option<ExitStatus> {
        match &self.0.kind {
            Kind::Exited { process, .. } => process.status,
            _ => None,
        }
    }

    /// Returns how many events were lost, if a stream reports that: its queue was full. The stream continues with the
    /// events after them.
    #[must_use]
    pub fn lost_events(&self) -> Option<u64> {
        match self.0.kind {
            Kind::Lagged(lost) => Some(lost),
            _ => None,
        }
    }

    /// Returns how long the connection was lost, if a stream of a client that connects again reports that. The events of
    /// that time were lost; the stream continues with those of the new connection.
    #[must_use]
    pub fn outage(&self) -> Option<Duration> {
        match self.0.kind {
            Kind::Reconnected { outage } => Some(outage),
            _ => None,
        }
    }

    /// Returns whether a time limit has passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(&self.0.kind, Kind::TimedOut { .. })
    }

    /// Returns whether the peer does not speak QMP, or sent what the schema does not allow.
    #[must_use]
    pub fn is_protocol(&self) -> bool {
        matches!(&self.0.kind, Kind::Protocol(_))
    }

    /// Returns the path in the reply or event of the value that does not match the schema, such as `[0].inserted.file`.
    ///
    /// ```no_run
    /// # fn example<T>(status: qmp_types::Result<T>) {
    /// if let Err(error) = status
    ///     && let Some(path) = error.path()
    /// {
    ///     // the reply to `query-status`: `status`: expected string, found number; received `5`
    ///     eprintln!("{error}");
    ///     assert_eq!((path, error.received()), ("status", Some(&b"5"[..])));
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.offence()?.path.as_deref()
    }

    /// Returns the bytes that the client cannot accept, at most the first 1,024 of them: those of the value at
    /// [`path`](Self::path), or of a message that is not QMP.
    ///
    /// If a required member is missing, they are those of the object that lacks it.
    #[must_use]
    pub fn received(&self) -> Option<&[u8]> {
        self.offence().map(|offence| &*offence.received)
    }

    fn offence(&self) -> Option<&Offence> {
        match &self.0.kind {
            Kind::Protocol(error) => error.offence.as_ref(),
            _ => None,
        }
    }

    /// Returns the system's error, if the connection failed.
    #[must_use]
    pub fn io(&self) -> Option<&io::Error> {
        match &self.0.kind {
            Kind::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ProtocolError> for Error {
    fn from(error: ProtocolError) -> Self {
        Self::of(Kind::Protocol(error))
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::of(Kind::Io(error))
    }
}

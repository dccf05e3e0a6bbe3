//! The texts of errors.

use std::fmt;

use super::ended_process::fmt_output;
use super::{Error, ErrorClass, Kind};

/// Displays the class unless it is `GenericError`, and the description. A client's error begins with the command, as in
/// "`device_del`: DeviceNotFound: Device 'net0' not found".
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_kind(f)?;
        if self.0.lost {
            f.write_str(match self.may_have_been_executed() {
                true => "; the command may have been executed",
                false => "; the command was not executed",
            })?;
        }
        fmt_output(f, &self.0.output)
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
        match &self.0.kind {
            Kind::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl Error {
    fn fmt_kind(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            Kind::Refused { class, desc } => {
                self.command().map_or(Ok(()), |command| write!(f, "`{command}`: "))?;
                if *class != ErrorClass::GenericError {
                    write!(f, "{class}: ")?;
                }
                f.write_str(desc)
            }
            // The other texts name the command already.
            Kind::Io(error) => fmt::Display::fmt(error, f),
            Kind::Closed { how, waited_for: None } => f.write_str(how),
            Kind::Closed { how, waited_for: Some(what) } => write!(f, "{how} before {what}"),
            Kind::Exited { process, waited_for } => process.fmt_before(f, waited_for.as_deref()),
            Kind::Reconnected { outage } => {
                write!(
                    f,
                    "the connection was lost for {outage:.3?}, and events in that time; the client is connected again"
                )
            }
            Kind::Lagged(lost) => write!(
                f,
                "{lost} events were lost because the queue was full; help: take events sooner, or set a larger capacity"
            ),
            Kind::TimedOut { waited_for } => write!(f, "timed out waiting for {waited_for}"),
            Kind::Protocol(error) => fmt::Display::fmt(error, f),
        }
    }
}

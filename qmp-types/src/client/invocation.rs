//! A command to execute, with its arguments.

use std::fmt;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use crate::command::{Command, OobCommand};
use crate::record::{Field, Mode, Reader, Writer};
use crate::{Error, Result};

/// A command with its arguments, and how to execute it: what an [`Execute`](super::Execute) receives.
pub struct Invocation<C: Command> {
    arguments: C::Arguments,
    timeout: Option<Duration>,
    out_of_band: bool,
    fd: Option<io::Result<OwnedFd>>,
}

impl<C: Command> Invocation<C> {
    /// Creates the invocation of a command in band and without a time limit.
    #[must_use]
    pub fn new(arguments: C::Arguments) -> Self {
        Self { arguments, timeout: None, out_of_band: false, fd: None }
    }

    /// Limits the time to wait for the reply. If there are several limits, the shortest one counts.
    #[must_use]
    pub fn with_timeout(self, limit: Duration) -> Self {
        let timeout = Some(self.timeout.map_or(limit, |other| other.min(limit)));
        Self { timeout, ..self }
    }

    /// Executes the command out of band: before the commands that the server has queued.
    #[must_use]
    pub fn out_of_band(self) -> Self
    where
        C: OobCommand,
    {
        Self { out_of_band: true, ..self }
    }

    /// Sends a duplicate of a file descriptor with the command. If it cannot be duplicated, the execution fails.
    #[must_use]
    pub fn with_fd(self, fd: impl AsFd) -> Self {
        Self { fd: Some(fd.as_fd().try_clone_to_owned()), ..self }
    }

    /// Takes the file descriptor that is to be sent with the command, if there is one.
    ///
    /// # Errors
    /// If it could not be duplicated.
    pub fn take_fd(&mut self) -> io::Result<Option<OwnedFd>> {
        self.fd.take().transpose()
    }

    /// Returns the arguments.
    #[must_use]
    pub fn arguments(&self) -> &C::Arguments {
        &self.arguments
    }

    /// Returns the arguments, by value.
    #[must_use]
    pub fn into_arguments(self) -> C::Arguments {
        self.arguments
    }

    /// Returns the arguments as JSON, an object.
    #[must_use]
    pub fn arguments_json(&self) -> String {
        let mut text = Writer::new();
        self.arguments.write(&mut text);
        String::from_utf8(text.into_bytes()).unwrap_or_default()
    }

    /// Decodes a return value of the command from JSON, as a client does: members that the schema does not know are
    /// skipped.
    ///
    /// # Errors
    /// If the text is not JSON, or does not match the schema.
    pub fn decode_return(&self, json: &str) -> Result<C::Return> {
        let mut value = C::Return::blank();
        let read = Reader::new(json, Mode::Lenient).value(&mut value);
        read.map_err(|why| Error::protocol(format!("the return value of `{}`: {why}", C::SPEC.name)))?;
        Ok(value)
    }

    /// Returns how long to wait for the reply, if that is limited.
    #[must_use]
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the shorter one of this invocation's time limit and another one.
    pub(super) fn shorter_timeout(&self, other: Option<Duration>) -> Option<Duration> {
        self.timeout.into_iter().chain(other).min()
    }

    /// Returns whether the command is to be executed out of band.
    #[must_use]
    pub fn is_out_of_band(&self) -> bool {
        self.out_of_band
    }
}

impl<C: Command> Clone for Invocation<C> {
    fn clone(&self) -> Self {
        // An error cannot be cloned, but its kind can.
        let duplicate = |fd: &OwnedFd| fd.try_clone();
        let fd = self.fd.as_ref().map(|fd| fd.as_ref().map_err(|error| error.kind().into()).and_then(duplicate));
        Self { arguments: self.arguments.clone(), fd, ..*self }
    }
}

impl<C: Command> fmt::Debug for Invocation<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invocation")
            .field("command", &C::SPEC.name)
            .field("timeout", &self.timeout)
            .field("out_of_band", &self.out_of_band)
            .field("fd", &self.fd)
            .finish_non_exhaustive()
    }
}

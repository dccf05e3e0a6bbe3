//! Connecting to a server that may be starting.

use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileTypeExt;
use std::sync::OnceLock;
use std::time::Duration;

use super::ClientOptions;
use super::deadline::Deadline;
use crate::error::EndedProcess;
use crate::transport::{Address, ConnectOptions};
use crate::{Error, Result};

/// The pause between attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// Decides whether to try again after a failed attempt to connect.
#[derive(Debug)]
pub(crate) struct ConnectRetry<'a> {
    address: &'a Address,
    options: &'a ClientOptions,
    deadline: Deadline,
    /// The server's process, if it had ended before the last attempt. A daemon that it has started may listen.
    ended: OnceLock<EndedProcess>,
}

impl<'a> ConnectRetry<'a> {
    pub(crate) fn new(address: &'a Address, options: &'a ClientOptions) -> Self {
        Self { address, options, deadline: options.deadline(), ended: OnceLock::new() }
    }

    /// Returns the deadline, which the handshake has to meet, too.
    pub(super) fn deadline(&self) -> Deadline {
        self.deadline
    }

    /// Returns the options of the next attempt.
    pub(crate) fn attempt(&self) -> ConnectOptions {
        let ended = self.options.process.as_ref().and_then(|process| process.ended_within(Duration::ZERO));
        ended.map(|ended| self.ended.get_or_init(|| ended));
        self.options.connect_options(self.deadline.remaining())
    }

    /// Returns how long to pause before the next attempt.
    ///
    /// # Errors
    /// If another attempt cannot help, or the time limit has passed.
    pub(crate) fn pause_after(&self, error: io::Error) -> Result<Duration> {
        if !self.options.waits_for_server || !may_be_starting(&error) {
            return Err(self.failure(&error));
        }
        if let Some(found) = self.other_file() {
            return Err(self.wrong_file(found));
        }
        if let Some(process) = self.ended.get() {
            return Err(Error::exited(process.clone(), Some(format!("it listened on {}", self.address))));
        }
        if self.deadline.is_over() {
            return Err(self.timed_out(&error));
        }
        Ok(PAUSE.min(self.deadline.remaining()))
    }

    fn failure(&self, error: &io::Error) -> Error {
        if let Some(found) = self.other_file() {
            return self.wrong_file(found);
        }
        let help = match (error.kind(), self.address.path()) {
            (ErrorKind::WouldBlock, _) => "; other clients are connected or waiting",
            (ErrorKind::PermissionDenied, Some(_)) => {
                "; help: connecting needs permission to write to the socket and to enter its folders"
            }
            _ => "",
        };
        io::Error::new(error.kind(), format!("{}: {error}{help}", self.address)).into()
    }

    fn timed_out(&self, error: &io::Error) -> Error {
        let (address, limit) = (self.address, self.deadline.limit());
        Error::timed_out(match error.kind() {
            // QEMU's queue has room for one client, and moves on when the current client disconnects.
            ErrorKind::WouldBlock => format!(
                "the server at {address}: it did not accept the connection within {limit:?}; \
                 other clients are connected or waiting"
            ),
            _ => format!("a server that listens on {address}: none within {limit:?} ({error})"),
        })
    }

    /// Returns what is at the path instead of a socket. The system reports only that the connection is refused.
    fn other_file(&self) -> Option<&'static str> {
        let found = fs::metadata(self.address.path()?).ok()?.file_type();
        (!found.is_socket()).then(|| describe(found))
    }

    fn wrong_file(&self, found: &str) -> Error {
        let text = format!("{}: expected a Unix socket, found {found}", self.address);
        io::Error::new(ErrorKind::InvalidInput, text).into()
    }
}

fn may_be_starting(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::WouldBlock)
}

fn describe(found: FileType) -> &'static str {
    if found.is_dir() {
        "a directory"
    } else if found.is_file() {
        "a regular file"
    } else {
        "a device or a pipe"
    }
}

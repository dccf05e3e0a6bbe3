//! Descriptors that the process has inherited from the one that started it.

use std::io;
use std::os::fd::{OwnedFd, RawFd};
use std::os::unix::net::UnixStream;

use sendfd::SendWithFd;

use super::socket::Socket;

/// The first descriptor of socket activation.
const FIRST: RawFd = 3;

/// Returns a duplicate of a descriptor, given by its number.
///
/// The number comes from outside, and the program may use the same descriptor for something else. A duplicate has an
/// owner of its own: closing it closes nothing else. The process sends the descriptor to itself, which needs no
/// `unsafe` and is permitted in containers that forbid `pidfd_getfd`.
///
/// # Errors
/// If there is no such descriptor.
pub(super) fn duplicate(number: RawFd) -> io::Result<OwnedFd> {
    let (sender, receiver) = UnixStream::pair()?;
    sender.send_with_fd(&[0], &[number]).map_err(|error| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("expected an open descriptor {number}, which the process inherited: {error}"),
        )
    })?;
    let mut received = Vec::new();
    Socket::unix(receiver.into()).try_recv(&mut [0], &mut received)?;
    received.pop().ok_or_else(|| io::Error::other(format!("the system did not duplicate descriptor {number}")))
}

/// Returns the numbers of the descriptors that a service manager has passed by the protocol of socket activation: the
/// variable `LISTEN_FDS` holds how many there are, from 3 on, and `LISTEN_PID` the process that they are for.
///
/// # Errors
/// If a variable is not a number.
pub(super) fn passed() -> io::Result<Vec<RawFd>> {
    let Some(count) = variable("LISTEN_FDS")? else { return Ok(Vec::new()) };
    let is_ours = variable("LISTEN_PID")?.is_none_or(|pid| pid == std::process::id());
    let count = if is_ours { RawFd::try_from(count).unwrap_or(RawFd::MAX - FIRST) } else { 0 };
    Ok((FIRST..FIRST + count).collect())
}

fn variable(name: &str) -> io::Result<Option<u32>> {
    let Some(value) = std::env::var_os(name) else { return Ok(None) };
    let number = value.to_str().and_then(|value| value.parse().ok());
    let invalid = || {
        let text = format!("expected a number in the environment variable {name}, found `{}`", value.display());
        io::Error::new(io::ErrorKind::InvalidInput, text)
    };
    number.map(Some).ok_or_else(invalid)
}

//! Waiting until descriptors are ready.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The readiness that a caller waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    Read,
    Write,
    Both,
    /// Only that the peer has closed the connection.
    HangUp,
}

/// The readiness of a stream; none if the deadline has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Readiness {
    pub(crate) read: bool,
    pub(crate) write: bool,
    /// The peer has closed the connection, not only its sending side.
    pub(crate) hang_up: bool,
}

impl Interest {
    pub(super) fn reads(self) -> bool {
        matches!(self, Self::Read | Self::Both)
    }

    pub(super) fn writes(self) -> bool {
        matches!(self, Self::Write | Self::Both)
    }
}

/// Waits until a socket is ready for one of the interests, or until the deadline.
pub(super) fn wait(socket: BorrowedFd<'_>, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
    let mut events = PollFlags::empty();
    events.set(PollFlags::IN, interest.reads());
    events.set(PollFlags::OUT, interest.writes());
    let mut fds = [PollFd::from_borrowed_fd(socket, events)];
    poll_until(&mut fds, deadline)?;
    let found = fds[0].revents();
    let hang_up = found.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
    Ok(Readiness {
        read: hang_up || found.contains(PollFlags::IN),
        write: hang_up || found.contains(PollFlags::OUT),
        hang_up,
    })
}

/// Waits until a socket has something to receive, at most for `limit`, and again after a signal. Returns whether it has.
pub(crate) fn wait_for_input(socket: BorrowedFd<'_>, limit: Duration) -> io::Result<bool> {
    let limit = timespec(limit);
    let mut fds = [PollFd::from_borrowed_fd(socket, PollFlags::IN)];
    Ok(rustix::io::retry_on_intr(|| poll(&mut fds, Some(&limit)))? > 0)
}

/// Returns whether the peer of a socket has closed the connection or its sending side.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn is_input_closed(socket: BorrowedFd<'_>) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(socket, PollFlags::RDHUP)];
    poll_until(&mut fds, Some(Instant::now())).is_ok() && !fds[0].revents().is_empty()
}

/// Other systems do not tell before the input has been read.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn is_input_closed(_: BorrowedFd<'_>) -> bool {
    false
}

/// `poll` that continues after signals, until the deadline.
pub(crate) fn poll_until(fds: &mut [PollFd<'_>], deadline: Option<Instant>) -> io::Result<()> {
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match poll(fds, left.map(timespec).as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            result => return Ok(result.map(drop)?),
        }
    }
}

fn timespec(duration: Duration) -> Timespec {
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: i64::MAX, tv_nsec: 0 })
}

//! A pair of descriptors that are not a socket: standard input and output.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags};
use rustix::fs::{FileType, Mode, OFlags};
use rustix::net::Shutdown;

use super::readiness::{Interest, Readiness, poll_until};

/// A pipe that polls as writable accepts this many bytes at once.
const PIPE_BUF: usize = 4096;

/// A stream that is read from one descriptor and written to another.
#[derive(Debug)]
pub(super) struct Pipes {
    input: End,
    output: End,
    input_ended: AtomicBool,
    output_ended: AtomicBool,
    /// Becomes readable when the input is ended by this side, to wake a thread that waits for it.
    wake: (PipeReader, PipeWriter),
}

/// One of the descriptors.
#[derive(Debug)]
struct End {
    fd: OwnedFd,
    /// Fails with `WouldBlock` instead of waiting.
    is_nonblocking: bool,
}

impl Pipes {
    pub(super) fn new(input: OwnedFd, output: OwnedFd) -> io::Result<Self> {
        Ok(Self {
            input: End::new(input, OFlags::RDONLY)?,
            output: End::new(output, OFlags::WRONLY)?,
            input_ended: AtomicBool::new(false),
            output_ended: AtomicBool::new(false),
            wake: io::pipe()?,
        })
    }

    /// Returns the descriptor to poll for writing.
    pub(super) fn output(&self) -> BorrowedFd<'_> {
        self.output.fd.as_fd()
    }

    pub(super) fn try_recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.input_ended.load(Ordering::Acquire) {
            return Ok(0);
        }
        self.input.check(PollFlags::IN)?;
        Ok(rustix::io::retry_on_intr(|| rustix::io::read(&self.input.fd, &mut *buffer))?)
    }

    pub(super) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        if self.output_ended.load(Ordering::Acquire) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.output.check(PollFlags::OUT)?;
        let accepted = if self.output.is_nonblocking { bytes } else { &bytes[..bytes.len().min(PIPE_BUF)] };
        Ok(rustix::io::retry_on_intr(|| rustix::io::write(&self.output.fd, accepted))?)
    }

    pub(super) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        let mut reading = PollFlags::empty();
        reading.set(PollFlags::IN, interest.reads());
        let mut writing = PollFlags::empty();
        writing.set(PollFlags::OUT, interest.writes());
        let mut fds = vec![PollFd::new(&self.output.fd, writing)];
        // The end of the input is no hang-up, and would be reported even if nothing is asked for.
        if interest.reads() {
            fds.extend([PollFd::new(&self.input.fd, reading), PollFd::new(&self.wake.0, reading)]);
        }
        poll_until(&mut fds, deadline)?;
        let hang_up = fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        Ok(Readiness {
            read: hang_up || fds[1..].iter().any(|fd| !fd.revents().is_empty()),
            write: hang_up || fds[0].revents().contains(PollFlags::OUT),
            hang_up,
        })
    }

    /// Ends the stream for this side: the descriptors stay open, as they belong to the process.
    pub(super) fn shutdown(&self, how: Shutdown) {
        if matches!(how, Shutdown::Write | Shutdown::Both) {
            self.output_ended.store(true, Ordering::Release);
        }
        if matches!(how, Shutdown::Read | Shutdown::Both)
            && !self.input_ended.swap(true, Ordering::AcqRel)
            && let Err(error) = (&self.wake.1).write(&[0])
        {
            tracing::debug!(%error, "cannot wake the reader of standard input");
        }
    }
}

impl AsFd for Pipes {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.input.fd.as_fd()
    }
}

impl End {
    /// Opens a pipe or a terminal anew, so that it can be made non-blocking here and remains as it is for the processes
    /// that share it.
    fn new(fd: OwnedFd, mode: OFlags) -> io::Result<Self> {
        let kind = FileType::from_raw_mode(rustix::fs::fstat(&fd)?.st_mode);
        if let FileType::Fifo | FileType::CharacterDevice = kind {
            let path = format!("/proc/self/fd/{}", fd.as_raw_fd());
            let flags = mode | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
            if let Ok(fd) = rustix::fs::open(path, flags, Mode::empty()) {
                return Ok(Self { fd, is_nonblocking: true });
            }
        }
        Ok(Self { fd, is_nonblocking: false })
    }

    /// Fails with `WouldBlock` if reading or writing would wait.
    fn check(&self, wanted: PollFlags) -> io::Result<()> {
        if self.is_nonblocking {
            return Ok(());
        }
        let mut fds = [PollFd::new(&self.fd, wanted)];
        poll_until(&mut fds, Some(Instant::now()))?;
        if fds[0].revents().is_empty() { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(()) }
    }
}

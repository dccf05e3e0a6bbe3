//! Interrupts a thread that reads from a socket.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rustix::event::{PollFd, PollFlags};

use crate::transport::{Stream, poll_until};

/// Interrupts the thread that waits for bytes. It needs a pipe, so only connections have one that need it.
#[derive(Debug)]
pub(super) struct Interrupt {
    pipe: (PipeReader, PipeWriter),
    /// There is a byte in the pipe.
    pending: AtomicBool,
}

impl Interrupt {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { pipe: io::pipe()?, pending: AtomicBool::new(false) })
    }

    /// Makes the current or the next [`wait`](Self::wait) return.
    pub(super) fn interrupt(&self) {
        if !self.pending.swap(true, Ordering::AcqRel)
            && let Err(error) = (&self.pipe.1).write_all(&[0])
        {
            tracing::debug!(%error, "cannot interrupt the thread that reads");
        }
    }

    /// Waits until there is something to receive. Returns `false` at the deadline, after an interrupt, or if the
    /// connection accepts the `unsent` bytes.
    pub(super) fn wait(&self, stream: &Stream, unsent: bool, deadline: Option<Instant>) -> io::Result<bool> {
        if stream.has_buffered() {
            return Ok(true);
        }
        let output = stream.output_fd();
        let mut fds = vec![PollFd::new(stream, PollFlags::IN), PollFd::new(&self.pipe.0, PollFlags::IN)];
        if unsent {
            fds.push(PollFd::from_borrowed_fd(output, PollFlags::OUT));
        }
        poll_until(&mut fds, deadline)?;
        let [readable, interrupted] = [0, 1].map(|at: usize| !fds[at].revents().is_empty());
        if interrupted {
            // Before the byte is taken, so that no interrupt is lost.
            self.pending.store(false, Ordering::Release);
            (&self.pipe.0).read_exact(&mut [0])?;
        }
        Ok(readable)
    }
}

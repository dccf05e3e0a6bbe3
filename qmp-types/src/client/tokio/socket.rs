//! A connected socket that tokio watches.

use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::task::{Context, Poll, ready};

use ::tokio::io::Interest;
use ::tokio::io::unix::AsyncFd;

use crate::client::core::Piece;
use crate::transport::{Stream, watch};

/// A connected socket that tokio watches.
#[derive(Debug)]
pub(super) struct Socket {
    stream: AsyncFd<Stream>,
    /// What is written to, if that is another descriptor.
    output: Option<AsyncFd<OwnedFd>>,
}

impl Socket {
    /// # Panics
    /// Outside of a tokio runtime with IO enabled.
    pub(super) fn new(stream: Stream) -> io::Result<Self> {
        let output = match stream.as_fd().as_raw_fd() == stream.output_fd().as_raw_fd() {
            true => None,
            false => Some(watch(stream.output_fd().try_clone_to_owned()?, Interest::WRITABLE)?),
        };
        Ok(Self { stream: watch(stream, Interest::READABLE | Interest::WRITABLE)?, output })
    }

    /// Returns whether the peer seems to be gone.
    pub(super) fn has_left(&self) -> bool {
        self.stream.get_ref().has_left()
    }

    /// Fails if the connection cannot carry file descriptors.
    pub(super) fn check_carries_fds(&self) -> io::Result<()> {
        self.stream.get_ref().check_carries_fds()
    }

    /// Ends the connection. Both sides read the end of the stream.
    pub(super) fn shutdown(&self) {
        self.stream.get_ref().shutdown_both();
    }

    /// Sends what the socket accepts of a piece, or wakes the context when it accepts bytes.
    pub(super) fn poll_send(&self, cx: &mut Context<'_>, piece: &Piece<'_>) -> Poll<io::Result<usize>> {
        let stream = self.stream.get_ref();
        let send = || match piece.fd {
            None => stream.try_send(piece.bytes),
            Some(fd) => stream.try_send_with_fds(piece.bytes, &[fd.as_fd()]),
        };
        loop {
            let sent = match &self.output {
                None => ready!(self.stream.poll_write_ready(cx))?.try_io(|_| send()),
                Some(output) => ready!(output.poll_write_ready(cx))?.try_io(|_| send()),
            };
            if let Ok(result) = sent {
                return Poll::Ready(result);
            }
        }
    }

    /// Receives the bytes that have arrived, or wakes the context when some do.
    pub(super) fn poll_recv(&self, cx: &mut Context<'_>, space: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            let mut readiness = ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.get_ref().try_recv_bytes(space) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => readiness.clear_ready(),
                result => {
                    // If these were all bytes, tokio is to wait for more, instead of trying again at once.
                    let is_all = result.as_ref().is_ok_and(|count| (1..space.len()).contains(count));
                    if is_all && !self.stream.get_ref().has_buffered() {
                        readiness.clear_ready();
                    }
                    return Poll::Ready(result);
                }
            }
        }
    }

    /// Returns whether there are bytes to receive, or wakes the context when there are.
    pub(super) fn is_readable(&self, cx: &mut Context<'_>) -> bool {
        self.stream.poll_read_ready(cx).is_ready()
    }
}

//! A connected socket that tokio watches.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::task::{Context, Poll, ready};

use ::tokio::io::Interest;
use ::tokio::net::UnixStream;

use crate::client::core::Piece;
use crate::transport::Stream;

/// A connected socket that tokio watches.
#[derive(Debug)]
pub(super) struct Socket {
    stream: Stream,
    /// A duplicate of the socket, for tokio to watch whatever its family. All bytes go through the stream.
    watched: UnixStream,
    /// The same of the descriptor that is written to, if that is another one.
    watched_output: Option<UnixStream>,
}

impl Socket {
    /// # Panics
    /// Outside of a tokio runtime with IO enabled.
    pub(super) fn new(stream: Stream) -> io::Result<Self> {
        let watched = watch(stream.as_fd())?;
        let is_one = stream.as_fd().as_raw_fd() == stream.output_fd().as_raw_fd();
        let watched_output = if is_one { None } else { Some(watch(stream.output_fd())?) };
        Ok(Self { stream, watched, watched_output })
    }

    /// Fails if the connection cannot carry file descriptors.
    pub(super) fn check_carries_fds(&self) -> io::Result<()> {
        self.stream.check_carries_fds()
    }

    /// Ends the connection. Both sides read the end of the stream.
    pub(super) fn shutdown(&self) {
        self.stream.shutdown_both();
    }

    /// Sends what the socket accepts of a piece, or wakes the context when it accepts bytes.
    pub(super) fn poll_send(&self, cx: &mut Context<'_>, piece: &Piece<'_>) -> Poll<io::Result<usize>> {
        let send = || match piece.fd {
            None => self.stream.try_send(piece.bytes),
            Some(fd) => self.stream.try_send_with_fds(piece.bytes, &[fd.as_fd()]),
        };
        let watched = self.watched_output.as_ref().unwrap_or(&self.watched);
        loop {
            ready!(watched.poll_write_ready(cx))?;
            match watched.try_io(Interest::WRITABLE, send) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return Poll::Ready(result),
            }
        }
    }

    /// Receives the bytes that have arrived, or wakes the context when some do.
    pub(super) fn poll_recv(&self, cx: &mut Context<'_>, space: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.watched.poll_read_ready(cx))?;
            let mut last = None;
            let recv = || match self.stream.try_recv_bytes(space)? {
                // These were all bytes. With `WouldBlock` tokio waits for more, instead of trying again at once.
                count if (1..space.len()).contains(&count) => {
                    last = Some(count);
                    Err(io::ErrorKind::WouldBlock.into())
                }
                count => Ok(count),
            };
            match (self.watched.try_io(Interest::READABLE, recv), last) {
                (_, Some(count)) => return Poll::Ready(Ok(count)),
                (Err(error), None) if error.kind() == io::ErrorKind::WouldBlock => {}
                (result, None) => return Poll::Ready(result),
            }
        }
    }
}

/// Registers a duplicate of a descriptor with tokio.
fn watch(fd: BorrowedFd<'_>) -> io::Result<UnixStream> {
    let watched = std::os::unix::net::UnixStream::from(fd.try_clone_to_owned()?);
    watched.set_nonblocking(true)?;
    UnixStream::from_std(watched)
}

//! A socket that tokio watches.

use std::io;
use std::os::fd::AsFd;
use std::task::{Context, Poll, ready};

use ::tokio::io::Interest;
use ::tokio::net::UnixStream;

use crate::client::core::Piece;
use crate::transport::Stream;

/// A connected socket.
#[derive(Debug)]
pub(super) struct Socket {
    stream: Stream,
    /// The same socket once more, for tokio to watch, whatever its family: all bytes go through the stream.
    watched: UnixStream,
}

impl Socket {
    /// # Panics
    /// Outside a tokio runtime with IO enabled.
    pub(super) fn new(stream: Stream) -> io::Result<Self> {
        let watched = std::os::unix::net::UnixStream::from(stream.as_fd().try_clone_to_owned()?);
        watched.set_nonblocking(true)?;
        Ok(Self { stream, watched: UnixStream::from_std(watched)? })
    }

    /// Sends what the socket takes of a piece; the context is woken when it takes more.
    pub(super) fn poll_send(&self, cx: &mut Context<'_>, piece: &Piece<'_>) -> Poll<io::Result<usize>> {
        let send = || match piece.fd {
            None => self.stream.try_send(piece.bytes),
            Some(fd) => self.stream.try_send_with_fds(piece.bytes, &[fd.as_fd()]),
        };
        loop {
            ready!(self.watched.poll_write_ready(cx))?;
            match self.watched.try_io(Interest::WRITABLE, send) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return Poll::Ready(result),
            }
        }
    }

    /// Receives what is there; the context is woken when there is more.
    pub(super) fn poll_recv(&self, cx: &mut Context<'_>, space: &mut [u8]) -> Poll<io::Result<usize>> {
        loop {
            ready!(self.watched.poll_read_ready(cx))?;
            let mut rest = None;
            let recv = || match self.stream.try_recv_bytes(space)? {
                // That was all there is: tokio need not ask once more.
                count if (1..space.len()).contains(&count) => {
                    rest = Some(count);
                    Err(io::ErrorKind::WouldBlock.into())
                }
                count => Ok(count),
            };
            match (self.watched.try_io(Interest::READABLE, recv), rest) {
                (_, Some(count)) => return Poll::Ready(Ok(count)),
                (Err(error), None) if error.kind() == io::ErrorKind::WouldBlock => {}
                (result, None) => return Poll::Ready(result),
            }
        }
    }
}

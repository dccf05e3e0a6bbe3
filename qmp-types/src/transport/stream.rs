//! A connection of any kind.

use std::io;
use std::net::TcpStream;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::net::Shutdown;

use super::peer::Peer;
use super::pipes::Pipes;
use super::readiness::{self, Interest, Readiness};
use super::socket::Socket;
#[cfg(feature = "tls")]
use super::tls::TlsStream;

/// A connection: a Unix socket, a TCP socket, with or without TLS, a vsock, one end of a [`pair`](Stream::pair), or
/// standard input and output.
///
/// Only Unix sockets, such as those of a pair, carry file descriptors.
///
/// A socket may be in blocking or non-blocking mode. The mode is left as it is, except that the asynchronous server
/// and client make the socket non-blocking.
///
/// ```
/// use qmp_types::transport::Stream;
///
/// let (client_end, server_end) = Stream::pair()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Stream(Kind);

#[derive(Debug)]
enum Kind {
    Socket(Socket),
    Pipes(Box<Pipes>),
    #[cfg(feature = "tls")]
    Tls(Box<TlsStream>),
}

impl Stream {
    /// Creates a pair of connected Unix sockets without a path: for a server and a client in one process, and for
    /// tests.
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = UnixStream::pair()?;
        Ok((one.into(), other.into()))
    }

    /// Returns standard input and output as a stream.
    ///
    /// The process should use them for nothing else. They stay open when the stream ends. If both are the same socket,
    /// as programs have it that inetd or `socat EXEC:` starts, the stream is that socket.
    ///
    /// # Errors
    /// If one of them is closed.
    pub fn stdio() -> io::Result<Self> {
        let (input, output) = (io::stdin().as_fd().try_clone_to_owned()?, io::stdout().as_fd().try_clone_to_owned()?);
        let (found, other) = (rustix::fs::fstat(&input)?, rustix::fs::fstat(&output)?);
        let is_one = (found.st_dev, found.st_ino) == (other.st_dev, other.st_ino);
        if is_one && rustix::fs::FileType::from_raw_mode(found.st_mode).is_socket() {
            return Ok(Self(Kind::Socket(Socket::duplicate(input)?)));
        }
        Ok(Self(Kind::Pipes(Box::new(Pipes::new(input, output)?))))
    }

    /// Takes over a duplicate of a descriptor that stays open.
    pub(super) fn from_duplicate(fd: OwnedFd) -> io::Result<Self> {
        Socket::duplicate(fd).map(|socket| Self(Kind::Socket(socket)))
    }

    #[cfg(feature = "tls")]
    pub(super) fn from_tls(stream: TlsStream) -> Self {
        Self(Kind::Tls(Box::new(stream)))
    }

    /// Returns the process at the other end, if the system knows it: on Unix sockets on Linux.
    #[must_use]
    pub fn peer(&self) -> Option<Peer> {
        match &self.0 {
            Kind::Socket(socket) => socket.peer(),
            Kind::Pipes(_) => None,
            #[cfg(feature = "tls")]
            Kind::Tls(_) => None,
        }
    }

    /// Returns the descriptor to poll for writing. For polling for reading, it is [`as_fd`](AsFd::as_fd). The two
    /// differ only for standard input and output.
    #[must_use]
    pub fn output_fd(&self) -> BorrowedFd<'_> {
        match &self.0 {
            Kind::Pipes(pipes) => pipes.output(),
            _ => self.as_fd(),
        }
    }

    /// Returns whether bytes can be received although the descriptor does not poll as readable: TLS has decrypted more
    /// bytes than were received.
    #[must_use]
    pub fn has_buffered(&self) -> bool {
        match &self.0 {
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.has_buffered(),
            _ => false,
        }
    }

    /// Returns whether file descriptors can be sent and received.
    #[must_use]
    pub fn carries_fds(&self) -> bool {
        matches!(&self.0, Kind::Socket(socket) if socket.carries_fds())
    }

    /// Waits for bytes and receives those that have arrived, at most `buffer`, with the descriptors that belong to the
    /// first of them. Returns 0 at the end of the stream.
    pub(crate) fn recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        loop {
            let received = match &self.0 {
                Kind::Socket(socket) => socket.recv(buffer, fds),
                _ => self.try_recv_bytes(buffer),
            };
            match received {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => _ = self.wait(Interest::Read, None)?,
                result => return result,
            }
        }
    }

    /// [`recv`](Self::recv) that fails with `WouldBlock` instead of waiting.
    pub(crate) fn try_recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        match &self.0 {
            Kind::Socket(socket) => socket.try_recv(buffer, fds),
            _ => self.try_recv_bytes(buffer),
        }
    }

    /// [`recv`](Self::recv) without descriptors, which servers do not send. Slightly faster.
    pub(crate) fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let received = match &self.0 {
                Kind::Socket(socket) => socket.recv_bytes(buffer),
                _ => self.try_recv_bytes(buffer),
            };
            match received {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => _ = self.wait(Interest::Read, None)?,
                result => return result,
            }
        }
    }

    /// [`recv_bytes`](Self::recv_bytes) that fails with `WouldBlock` instead of waiting.
    pub(crate) fn try_recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match &self.0 {
            Kind::Socket(socket) => socket.try_recv_bytes(buffer),
            Kind::Pipes(pipes) => pipes.try_recv(buffer),
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.try_recv(buffer),
        }
    }

    /// Sends what the connection accepts without waiting, and fails with `WouldBlock` if that is nothing. Raises no
    /// SIGPIPE on sockets.
    ///
    /// After `WouldBlock`, the next call has to begin with the same bytes.
    pub(crate) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        match &self.0 {
            Kind::Socket(socket) => socket.try_send(bytes),
            Kind::Pipes(pipes) => pipes.try_send(bytes),
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.try_send(bytes),
        }
    }

    /// [`try_send`](Self::try_send) with descriptors, all of which accompany the first byte.
    pub(crate) fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        match &self.0 {
            Kind::Socket(socket) if socket.carries_fds() => socket.try_send_with_fds(bytes, fds),
            _ => Err(no_fds()),
        }
    }

    /// Fails if the connection cannot carry file descriptors.
    pub(crate) fn check_carries_fds(&self) -> io::Result<()> {
        if self.carries_fds() { Ok(()) } else { Err(no_fds()) }
    }

    /// Waits until the connection is ready for one of the interests, or until the deadline.
    pub(crate) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        match &self.0 {
            Kind::Socket(socket) => socket.wait(interest, deadline),
            Kind::Pipes(pipes) => pipes.wait(interest, deadline),
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.wait(interest, deadline),
        }
    }

    /// Waits until there are bytes or the end of the stream to receive, at most for `limit`. Returns whether there are. It
    /// looks at no clock.
    pub(crate) fn wait_for_input(&self, limit: Duration) -> io::Result<bool> {
        match &self.0 {
            Kind::Socket(socket) => readiness::wait_for_input(socket.as_fd(), limit),
            _ => Ok(self.wait(Interest::Read, Instant::now().checked_add(limit))?.read),
        }
    }

    /// Returns whether the socket is ready for one of the interests now.
    #[cfg(feature = "tokio")]
    pub(crate) fn is_ready(&self, interest: Interest) -> io::Result<bool> {
        let ready = self.wait(interest, Some(Instant::now()))?;
        Ok(ready != Readiness::default())
    }

    /// Returns whether the peer has closed the connection. Closing only its sending side does not count.
    pub(crate) fn is_hung_up(&self) -> bool {
        self.wait(Interest::HangUp, Some(Instant::now())).is_ok_and(|ready| ready.hang_up)
    }

    /// Returns whether the peer seems to be gone: it has closed the connection, or its sending side if that is all that
    /// can be noticed of a peer that has gone, as over TCP.
    pub(crate) fn has_left(&self) -> bool {
        self.is_hung_up() || !self.tells_hang_up() && readiness::is_input_closed(self.as_fd())
    }

    /// Returns whether a peer that has closed the connection can be told from one that has closed its sending side.
    pub(crate) fn tells_hang_up(&self) -> bool {
        match &self.0 {
            Kind::Socket(socket) => socket.carries_fds(),
            Kind::Pipes(_) => true,
            #[cfg(feature = "tls")]
            Kind::Tls(_) => false,
        }
    }

    /// Makes this side read the end of the stream, after the bytes that have arrived.
    pub(crate) fn shutdown_read(&self) {
        self.shutdown(Shutdown::Read);
    }

    /// Makes the peer read the end of the stream, after the bytes that were sent. It may still send.
    #[cfg(feature = "testing")]
    pub(crate) fn shutdown_write(&self) {
        self.shutdown(Shutdown::Write);
    }

    /// Ends the connection. Both sides read the end of the stream, after the bytes that have arrived.
    pub(crate) fn shutdown_both(&self) {
        self.shutdown(Shutdown::Both);
    }

    pub(super) fn shutdown(&self, how: Shutdown) {
        match &self.0 {
            Kind::Socket(socket) => socket.shutdown(how),
            Kind::Pipes(pipes) => pipes.shutdown(how),
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.shutdown(how),
        }
    }
}

fn no_fds() -> io::Error {
    let text = "expected a Unix socket to send a file descriptor, found another kind of connection; \
                help: connect to the server's `unix:` address";
    io::Error::new(io::ErrorKind::Unsupported, text)
}

impl From<UnixStream> for Stream {
    fn from(stream: UnixStream) -> Self {
        Self(Kind::Socket(Socket::unix(stream.into())))
    }
}

impl From<TcpStream> for Stream {
    fn from(stream: TcpStream) -> Self {
        Self::from(OwnedFd::from(stream))
    }
}

impl From<OwnedFd> for Stream {
    /// Takes over a descriptor, which must be a connected stream socket.
    fn from(fd: OwnedFd) -> Self {
        Self(Kind::Socket(Socket::new(fd)))
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match &self.0 {
            Kind::Socket(socket) => socket.as_fd(),
            Kind::Pipes(pipes) => pipes.as_fd(),
            #[cfg(feature = "tls")]
            Kind::Tls(tls) => tls.as_fd(),
        }
    }
}

impl AsRawFd for Stream {
    fn as_raw_fd(&self) -> RawFd {
        self.as_fd().as_raw_fd()
    }
}

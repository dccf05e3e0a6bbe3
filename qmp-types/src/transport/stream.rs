//! A connected socket.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::net::TcpStream;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage, SendFlags,
    Shutdown,
};

/// How many file descriptors one message may carry. QEMU's limit.
const MAX_FDS: usize = 16;

#[cfg(any(target_os = "linux", target_os = "android"))]
const RECV: RecvFlags = RecvFlags::CMSG_CLOEXEC;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const RECV: RecvFlags = RecvFlags::empty();

// Without MSG_NOSIGNAL, the process has to ignore SIGPIPE, as Rust programs do by default.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
const SEND: SendFlags = SendFlags::NOSIGNAL.union(SendFlags::DONTWAIT);
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
const SEND: SendFlags = SendFlags::DONTWAIT;

/// A connected stream socket: a Unix socket, a TCP socket, or one end of a [`pair`](Stream::pair).
///
/// Only Unix sockets, such as those of a pair, carry file descriptors.
///
/// The socket may be in blocking or non-blocking mode. The mode is left as it is, except that the asynchronous server
/// and client make the socket non-blocking.
///
/// ```
/// use qmp_types::transport::Stream;
///
/// let (client_end, server_end) = Stream::pair()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Stream(OwnedFd);

/// The process at the other end of a Unix socket, as the kernel recorded it when the connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peer {
    /// The process id. The process may have ended since, and its id may have been reused.
    pub pid: i32,
    /// The effective user id.
    pub uid: u32,
    /// The effective group id.
    pub gid: u32,
}

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

impl Stream {
    /// Connects to a listening Unix socket, and waits until the server accepts the connection or has room in its queue.
    ///
    /// # Errors
    /// The system's error: the file does not exist, no process is listening, permission is denied.
    pub fn connect(path: impl AsRef<Path>) -> io::Result<Self> {
        UnixStream::connect(path).map(Self::from)
    }

    /// Creates a pair of connected Unix sockets without a path: for a server and a client in one process, and for
    /// tests.
    ///
    /// # Errors
    /// If the process has run out of file descriptors.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = UnixStream::pair()?;
        Ok((one.into(), other.into()))
    }

    /// Returns the process at the other end, if the system knows it: on Unix sockets on Linux.
    #[must_use]
    pub fn peer(&self) -> Option<Peer> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let unix = rustix::net::sockopt::socket_domain(&self.0).ok()? == rustix::net::AddressFamily::UNIX;
            let peer = unix.then(|| rustix::net::sockopt::socket_peercred(&self.0).ok()).flatten()?;
            Some(Peer { pid: peer.pid.as_raw_nonzero().get(), uid: peer.uid.as_raw(), gid: peer.gid.as_raw() })
        }
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        None
    }

    /// Waits for bytes and receives those that have arrived, at most `buffer`, with their descriptors. Returns 0 at the
    /// end of the stream.
    pub(crate) fn recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        loop {
            match self.recv_with(buffer, fds, RECV) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => _ = self.wait(Interest::Read, None)?,
                result => return result,
            }
        }
    }

    /// [`recv`](Self::recv) that fails with `WouldBlock` instead of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn try_recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        self.recv_with(buffer, fds, RECV | RecvFlags::DONTWAIT)
    }

    fn recv_with(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>, flags: RecvFlags) -> io::Result<usize> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FDS))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let received = rustix::io::retry_on_intr(|| {
            rustix::net::recvmsg(&self.0, &mut [IoSliceMut::new(buffer)], &mut control, flags)
        })?;
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(rights) = message {
                for fd in rights {
                    adopt(&fd)?;
                    fds.push(fd);
                }
            }
        }
        Ok(received.bytes)
    }

    /// Sends what the socket accepts without waiting, and fails with `WouldBlock` if that is nothing. Raises no
    /// SIGPIPE.
    pub(crate) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::retry_on_intr(|| rustix::net::send(&self.0, bytes, SEND))?)
    }

    /// [`try_send`](Self::try_send) with descriptors, all of which accompany the first byte.
    pub(crate) fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FDS))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        if !control.push(SendAncillaryMessage::ScmRights(fds)) {
            let text = format!("expected at most {MAX_FDS} file descriptors in one message, found {}", fds.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        Ok(rustix::io::retry_on_intr(|| rustix::net::sendmsg(&self.0, &[IoSlice::new(bytes)], &mut control, SEND))?)
    }

    /// Waits until the socket is ready for one of the interests, or until the deadline.
    pub(crate) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        let events = match interest {
            Interest::Read => PollFlags::IN,
            Interest::Write => PollFlags::OUT,
            Interest::Both => PollFlags::IN | PollFlags::OUT,
            Interest::HangUp => PollFlags::empty(),
        };
        let mut fds = [PollFd::new(&self.0, events)];
        poll_until(&mut fds, deadline)?;
        let found = fds[0].revents();
        let hang_up = found.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL);
        Ok(Readiness {
            read: hang_up || found.contains(PollFlags::IN),
            write: hang_up || found.contains(PollFlags::OUT),
            hang_up,
        })
    }

    /// Returns whether the peer has closed the connection. Closing only its sending side does not count.
    pub(crate) fn is_hung_up(&self) -> bool {
        self.wait(Interest::HangUp, Some(Instant::now())).is_ok_and(|ready| ready.hang_up)
    }

    /// Ends reading: `recv` returns the bytes that have arrived, then the end of the stream.
    pub(crate) fn shutdown_read(&self) {
        self.shutdown(Shutdown::Read);
    }

    /// Ends both directions.
    pub(crate) fn shutdown_both(&self) {
        self.shutdown(Shutdown::Both);
    }

    fn shutdown(&self, how: Shutdown) {
        if let Err(error) = rustix::net::shutdown(&self.0, how) {
            // The peer has closed the connection already.
            tracing::trace!(%error, "shutdown");
        }
    }
}

/// Makes a received descriptor blocking and close-on-exec, as QEMU does.
fn adopt(fd: &OwnedFd) -> io::Result<()> {
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    rustix::io::fcntl_setfd(fd, rustix::io::FdFlags::CLOEXEC)?;
    let flags = rustix::fs::fcntl_getfl(fd)?;
    if flags.contains(rustix::fs::OFlags::NONBLOCK) {
        rustix::fs::fcntl_setfl(fd, flags - rustix::fs::OFlags::NONBLOCK)?;
    }
    Ok(())
}

/// `poll` that continues after signals, until the deadline.
pub(super) fn poll_until(fds: &mut [PollFd<'_>], deadline: Option<Instant>) -> io::Result<()> {
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

impl From<UnixStream> for Stream {
    fn from(stream: UnixStream) -> Self {
        Self(stream.into())
    }
}

impl From<TcpStream> for Stream {
    fn from(stream: TcpStream) -> Self {
        // Messages are sent whole, so waiting for more bytes would only delay them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        Self(stream.into())
    }
}

impl From<OwnedFd> for Stream {
    /// Takes over a descriptor, which must be a connected stream socket.
    fn from(fd: OwnedFd) -> Self {
        Self(fd)
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl AsRawFd for Stream {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

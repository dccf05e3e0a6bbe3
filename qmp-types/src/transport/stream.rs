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

/// How many file descriptors one message may carry: what QEMU takes.
const MAX_FDS: usize = 16;

#[cfg(any(target_os = "linux", target_os = "android"))]
const RECV: RecvFlags = RecvFlags::CMSG_CLOEXEC;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const RECV: RecvFlags = RecvFlags::empty();

// Where there is no MSG_NOSIGNAL, the process has to ignore SIGPIPE, as Rust programs do from the start.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
const SEND: SendFlags = SendFlags::NOSIGNAL.union(SendFlags::DONTWAIT);
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
const SEND: SendFlags = SendFlags::DONTWAIT;

/// A connected byte stream: a Unix socket, a TCP socket, or one end of a [`pair`](Stream::pair).
///
/// Only Unix sockets (and pairs) carry file descriptors. Whether the descriptor is in non-blocking mode makes no
/// difference, and it is left as it is; only the asynchronous server and client make it non-blocking.
#[derive(Debug)]
pub struct Stream(OwnedFd);

/// Who is at the other end of a Unix socket, as the kernel recorded it when the connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peer {
    /// The process; it may be gone, and its number reused.
    pub pid: i32,
    /// The user.
    pub uid: u32,
    /// The group.
    pub gid: u32,
}

/// What to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Interest {
    Read,
    Write,
    Both,
    /// Only that the peer is gone.
    HangUp,
}

/// What a stream is ready for; nothing if the time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Ready {
    pub(crate) read: bool,
    pub(crate) write: bool,
    /// The peer is gone: it has closed, not just its sending side.
    pub(crate) hang_up: bool,
}

impl Stream {
    /// Connects to a listening Unix socket.
    ///
    /// # Errors
    /// What the system says: no such file, nobody listening, no permission.
    pub fn connect(path: impl AsRef<Path>) -> io::Result<Self> {
        UnixStream::connect(path).map(Self::from)
    }

    /// Two connected ends, without a name in the file system: for a server and a client in one process, and for tests.
    ///
    /// # Errors
    /// If the process has no descriptors left.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = UnixStream::pair()?;
        Ok((one.into(), other.into()))
    }

    /// The process at the other end, where the system knows it: Unix sockets on Linux.
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

    /// Waits for bytes and takes what is there, at most `buffer`; 0 is the end. Appends the descriptors that came along.
    pub(crate) fn recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        loop {
            match self.recv_with(buffer, fds, RECV) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => _ = self.wait(Interest::Read, None)?,
                result => return result,
            }
        }
    }

    /// [`recv`](Self::recv) without waiting: `WouldBlock` if nothing is there.
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

    /// Sends what the socket takes without waiting; `WouldBlock` if that is nothing. Never raises SIGPIPE.
    pub(crate) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::retry_on_intr(|| rustix::net::send(&self.0, bytes, SEND))?)
    }

    /// [`try_send`](Self::try_send) with descriptors, which travel with the first byte: all of them, or `WouldBlock`.
    pub(crate) fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FDS))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        if !control.push(SendAncillaryMessage::ScmRights(fds)) {
            let text = format!("at most {MAX_FDS} file descriptors go with one message, not {}", fds.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        Ok(rustix::io::retry_on_intr(|| rustix::net::sendmsg(&self.0, &[IoSlice::new(bytes)], &mut control, SEND))?)
    }

    /// Waits until one of the wanted things is possible, or the deadline has passed.
    pub(crate) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Ready> {
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
        Ok(Ready {
            read: hang_up || found.contains(PollFlags::IN),
            write: hang_up || found.contains(PollFlags::OUT),
            hang_up,
        })
    }

    /// Whether the peer is gone. A peer that has closed only its sending side is not.
    pub(crate) fn is_hung_up(&self) -> bool {
        self.wait(Interest::HangUp, Some(Instant::now())).is_ok_and(|ready| ready.hang_up)
    }

    /// Ends reading: whoever waits in `recv` is given what is there, then the end.
    pub(crate) fn shutdown_read(&self) {
        self.shutdown(Shutdown::Read);
    }

    /// Ends both directions.
    pub(crate) fn shutdown_both(&self) {
        self.shutdown(Shutdown::Both);
    }

    fn shutdown(&self, how: Shutdown) {
        if let Err(error) = rustix::net::shutdown(&self.0, how) {
            // The peer was faster.
            tracing::trace!(%error, "shutdown");
        }
    }
}

/// A received descriptor becomes what QEMU makes of it: blocking, and not inherited by children.
fn adopt(fd: &OwnedFd) -> io::Result<()> {
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    rustix::io::fcntl_setfd(fd, rustix::io::FdFlags::CLOEXEC)?;
    let flags = rustix::fs::fcntl_getfl(fd)?;
    if flags.contains(rustix::fs::OFlags::NONBLOCK) {
        rustix::fs::fcntl_setfl(fd, flags - rustix::fs::OFlags::NONBLOCK)?;
    }
    Ok(())
}

/// `poll` that outlives signals; returns at the deadline at the latest.
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
        // What is sent is complete: to wait for more would only delay it.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        Self(stream.into())
    }
}

impl From<OwnedFd> for Stream {
    /// The descriptor must be a connected stream socket.
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

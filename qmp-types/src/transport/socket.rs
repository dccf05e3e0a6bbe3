//! A connected stream socket, with the descriptors that accompany its bytes.

use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Instant;

use rustix::net::sockopt::{set_tcp_nodelay, socket_type};
use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer, SendAncillaryMessage,
    SendFlags, Shutdown, SocketType,
};

use super::peer::Peer;
use super::readiness::{self, Interest, Readiness};

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

/// A connected stream socket.
#[derive(Debug)]
pub(super) struct Socket {
    fd: OwnedFd,
    family: AddressFamily,
    /// Other descriptors of the process refer to the same socket, so that closing this one does not end the connection.
    is_duplicate: bool,
}

impl Socket {
    /// Takes over a Unix socket.
    pub(super) fn unix(fd: OwnedFd) -> Self {
        Self { fd, family: AddressFamily::UNIX, is_duplicate: false }
    }

    /// Takes over a socket of any family.
    pub(super) fn new(fd: OwnedFd) -> Self {
        let address = rustix::net::getsockname(&fd);
        let family = address.map_or(AddressFamily::UNSPEC, |address| address.address_family());
        if [AddressFamily::INET, AddressFamily::INET6].contains(&family)
            // Messages are sent whole, so waiting for more bytes would only delay them.
            && let Err(error) = set_tcp_nodelay(&fd, true)
        {
            tracing::debug!(%error, "TCP_NODELAY");
        }
        Self { fd, family, is_duplicate: false }
    }

    /// Takes over a duplicate of a descriptor that stays open.
    ///
    /// # Errors
    /// If it is not a connected stream socket.
    pub(super) fn duplicate(fd: OwnedFd) -> io::Result<Self> {
        let connected = is_stream(&fd) && rustix::net::getpeername(&fd).is_ok();
        match connected {
            true => {
                let mut socket = Self::new(fd);
                socket.is_duplicate = true;
                Ok(socket)
            }
            false => Err(io::Error::new(io::ErrorKind::InvalidInput, "expected a connected stream socket")),
        }
    }

    /// Returns whether descriptors can be sent and received.
    pub(super) fn carries_fds(&self) -> bool {
        self.family == AddressFamily::UNIX
    }

    pub(super) fn peer(&self) -> Option<Peer> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            let peer = self.carries_fds().then(|| rustix::net::sockopt::socket_peercred(&self.fd).ok()).flatten()?;
            Some(Peer { pid: peer.pid.as_raw_nonzero().get(), uid: peer.uid.as_raw(), gid: peer.gid.as_raw() })
        }
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        None
    }

    /// Receives bytes that have arrived. The descriptors belong to the first of them.
    ///
    /// # Errors
    /// `WouldBlock` if there are none, or the system's error.
    pub(super) fn try_recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        match self.carries_fds() {
            true => self.recv_with_fds(buffer, fds, RecvFlags::DONTWAIT),
            false => self.try_recv_bytes(buffer),
        }
    }

    /// [`try_recv`](Self::try_recv) that waits, if the socket is in blocking mode.
    pub(super) fn recv(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>) -> io::Result<usize> {
        match self.carries_fds() {
            true => self.recv_with_fds(buffer, fds, RecvFlags::empty()),
            false => self.recv_bytes(buffer),
        }
    }

    fn recv_with_fds(&self, buffer: &mut [u8], fds: &mut Vec<OwnedFd>, waiting: RecvFlags) -> io::Result<usize> {
        let (length, has_fds) = self.length_before_fds(buffer, waiting)?;
        let buffer = &mut buffer[..length];
        if !has_fds {
            // No descriptor can be lost: those of bytes that have arrived since are not among these bytes.
            return Ok(rustix::io::retry_on_intr(|| rustix::net::recv(&self.fd, &mut *buffer, waiting))?.0);
        }
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FDS))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let received = rustix::io::retry_on_intr(|| {
            let mut buffers = [IoSliceMut::new(buffer)];
            rustix::net::recvmsg(&self.fd, &mut buffers, &mut control, RECV | waiting)
        })?;
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(rights) = message {
                // The space has room for a few more, because of its alignment.
                for fd in rights.take(MAX_FDS) {
                    adopt(&fd)?;
                    fds.push(fd);
                }
            }
        }
        Ok(received.bytes)
    }

    /// Returns how many bytes to receive, so that descriptors which come with them belong to all of them, and whether there are
    /// any.
    ///
    /// Linux attaches descriptors to the first byte that was sent with them. A receive ends after the bytes of that
    /// `sendmsg`, but may begin with bytes that were sent before, and does not say where the descriptors belong. So the
    /// bytes are looked at first. If there are descriptors among them, they are received in pieces, each of which ends
    /// at a bracket that may complete a message: a command gets the descriptors that came with its own bytes or before
    /// them, and not those that came after.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn length_before_fds(&self, buffer: &mut [u8], waiting: RecvFlags) -> io::Result<(usize, bool)> {
        let peeked = rustix::io::retry_on_intr(|| {
            // Without space for descriptors, their presence only sets a flag.
            let mut no_space = RecvAncillaryBuffer::default();
            rustix::net::recvmsg(&self.fd, &mut [IoSliceMut::new(buffer)], &mut no_space, RecvFlags::PEEK | waiting)
        })?;
        let found = &buffer[..peeked.bytes];
        let has_fds = peeked.flags.contains(rustix::net::ReturnFlags::CTRUNC);
        let end = match has_fds {
            true => found.iter().position(|byte| b"}]".contains(byte)).map_or(found.len(), |at| at + 1),
            false => found.len(),
        };
        // Nothing was found at the end of the stream.
        Ok((end.max(1).min(buffer.len()), has_fds))
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn length_before_fds(&self, buffer: &mut [u8], _: RecvFlags) -> io::Result<(usize, bool)> {
        Ok((buffer.len(), true))
    }

    /// [`try_recv`](Self::try_recv) that drops descriptors.
    pub(super) fn try_recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let received = || rustix::net::recv(&self.fd, &mut *buffer, RecvFlags::DONTWAIT);
        Ok(rustix::io::retry_on_intr(received)?.0)
    }

    /// [`try_recv_bytes`](Self::try_recv_bytes) that waits, if the socket is in blocking mode.
    pub(super) fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let received = || rustix::net::recv(&self.fd, &mut *buffer, RecvFlags::empty());
        Ok(rustix::io::retry_on_intr(received)?.0)
    }

    /// Sends what the socket accepts.
    ///
    /// # Errors
    /// `WouldBlock` if that is nothing, or the system's error. Raises no SIGPIPE.
    pub(super) fn try_send(&self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::retry_on_intr(|| rustix::net::send(&self.fd, bytes, SEND))?)
    }

    /// [`try_send`](Self::try_send) with descriptors, all of which accompany the first byte.
    pub(super) fn try_send_with_fds(&self, bytes: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<usize> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FDS))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        if !control.push(SendAncillaryMessage::ScmRights(fds)) {
            let text = format!("expected at most {MAX_FDS} file descriptors in one message, found {}", fds.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        Ok(rustix::io::retry_on_intr(|| rustix::net::sendmsg(&self.fd, &[IoSlice::new(bytes)], &mut control, SEND))?)
    }

    /// Waits until the socket is ready for one of the interests, or until the deadline.
    pub(super) fn wait(&self, interest: Interest, deadline: Option<Instant>) -> io::Result<Readiness> {
        readiness::wait(self.fd.as_fd(), interest, deadline)
    }

    pub(super) fn shutdown(&self, how: Shutdown) {
        if let Err(error) = rustix::net::shutdown(&self.fd, how) {
            // The peer has closed the connection already.
            tracing::trace!(%error, "shutdown");
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.is_duplicate {
            self.shutdown(Shutdown::Both);
        }
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// Returns whether a descriptor is a stream socket.
pub(super) fn is_stream(fd: &OwnedFd) -> bool {
    socket_type(fd).is_ok_and(|found| found == SocketType::STREAM)
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

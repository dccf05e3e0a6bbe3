//! What only clients do with a socket.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::net::{AddressFamily, RecvFlags, SocketAddrUnix, SocketType};

use super::{Interest, Stream};

impl Stream {
    /// Connects to a listening Unix socket without waiting in its queue. Fails with `WouldBlock` if the queue is full:
    /// QEMU's has room for one client, and moves on only when the current client disconnects.
    pub(crate) fn try_connect(path: &Path) -> io::Result<Self> {
        let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
        rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::CLOEXEC)?;
        let socket = UnixStream::from(socket);
        socket.set_nonblocking(true)?;
        rustix::net::connect(&socket, &SocketAddrUnix::new(path)?)?;
        socket.set_nonblocking(false)?;
        Ok(socket.into())
    }

    /// [`recv_bytes`](Self::recv_bytes) that fails with `WouldBlock` instead of waiting.
    #[cfg(feature = "tokio")]
    pub(crate) fn try_recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let received = || rustix::net::recv(self.as_fd(), &mut *buffer, RecvFlags::DONTWAIT);
        Ok(rustix::io::retry_on_intr(received)?.0)
    }

    /// [`recv`](Self::recv) without descriptors, which servers do not send. Slightly faster.
    pub(crate) fn recv_bytes(&self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match rustix::net::recv(self.as_fd(), &mut *buffer, RecvFlags::empty()) {
                Ok((count, _)) => return Ok(count),
                Err(rustix::io::Errno::AGAIN) => _ = self.wait(Interest::Read, None)?,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

//! Sockets between virtual machines and their host.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use socket2::{Domain, SockAddr, SockRef, Socket, Type};

/// Listens on a port.
pub(super) fn listen(cid: u32, port: u32) -> io::Result<OwnedFd> {
    let socket = Socket::new(Domain::VSOCK, Type::STREAM, None)?;
    socket.bind(&SockAddr::vsock(cid, port))?;
    socket.listen(128)?;
    Ok(socket.into())
}

/// Connects to a port.
pub(super) fn connect(cid: u32, port: u32, limit: Duration) -> io::Result<OwnedFd> {
    let socket = Socket::new(Domain::VSOCK, Type::STREAM, None)?;
    socket.connect_timeout(&SockAddr::vsock(cid, port), limit)?;
    Ok(socket.into())
}

/// Returns the context id and the port that a socket is bound to, if it is such a socket.
pub(super) fn local_address(socket: impl AsFd) -> Option<(u32, u32)> {
    SockRef::from(&socket).local_addr().ok()?.as_vsock_address()
}

//! The sockets of the monitors.

use std::os::unix::net::UnixListener;

use qmp_types::transport::{Address, Stream};
use qmp_types::{Error, Result, Server};
use rustix::process::{PidfdFlags, PidfdGetfdFlags};

use crate::Emulator;
use crate::command_line::Socket;

/// The socket of a monitor, which clients can connect to already.
pub(crate) enum Monitor {
    Listening(UnixListener),
    Connected(Stream),
}

impl Monitor {
    /// Listens, takes an inherited listening socket, or connects.
    pub(crate) fn open(socket: &Socket) -> Result<Self> {
        Ok(match (&socket.address, socket.listens) {
            (Address::Unix(path), true) => {
                let _ = std::fs::remove_file(path);
                Self::Listening(UnixListener::bind(path)?)
            }
            (Address::Unix(path), false) => Self::Connected(Stream::connect(path)?),
            (Address::Fd(number), true) => Self::Listening(inherited(*number)?),
            (address, _) => return Err(Error::generic(format!("{address} is not supported"))),
        })
    }

    /// Serves its clients, until the machine is shut down.
    pub(crate) fn serve(self, server: &Server<Emulator>) -> Result<()> {
        match self {
            Self::Listening(listener) => server.serve(listener),
            Self::Connected(stream) => server.serve_stream(stream),
        }
    }
}

/// A listening socket that the process has inherited.
fn inherited(number: i32) -> Result<UnixListener> {
    let this =
        rustix::process::pidfd_open(rustix::process::getpid(), PidfdFlags::empty()).map_err(std::io::Error::from)?;
    let fd = rustix::process::pidfd_getfd(this, number, PidfdGetfdFlags::empty()).map_err(std::io::Error::from)?;
    Ok(fd.into())
}

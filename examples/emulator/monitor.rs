//! The sockets of the monitors.

use std::time::Duration;

use qmp_types::transport::{Address, ConnectOptions, Listener, Stream};
use qmp_types::{Result, Server};

use crate::Emulator;
use crate::command_line::Socket;

/// The open socket of a monitor.
pub(crate) enum Monitor {
    Listening(Listener),
    Connected(Stream, Address),
}

impl Monitor {
    /// Listens or connects. An inherited socket may do either.
    pub(crate) fn open(socket: &Socket) -> Result<Self> {
        let address = socket.address.clone();
        Ok(match socket.listens {
            true => Self::Listening(Listener::bind(address)?),
            false => Self::Connected(Stream::connect(address.clone())?, address),
        })
    }

    /// Serves its clients until the machine is shut down. A client that the emulator has connected to may go away and come back.
    pub(crate) fn serve(self, server: &Server<Emulator>) -> Result<()> {
        match self {
            Self::Listening(listener) => server.serve(listener),
            Self::Connected(stream, address) => {
                if let Err(error) = server.serve_stream(stream) {
                    eprintln!("emulator: {address}: {error}");
                }
                let again = ConnectOptions::new().reconnect(Duration::from_millis(100), Duration::from_secs(5));
                server.connect_and_serve(address, &again)
            }
        }
    }
}

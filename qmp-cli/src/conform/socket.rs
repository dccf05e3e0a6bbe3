//! Connecting to any kind of address.

use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use qmp_types::transport::{Address, ConnectOptions, Stream};

/// The pause between two attempts.
const PAUSE: Duration = Duration::from_millis(5);

/// Returns why probes cannot use an address, if they cannot.
pub(super) fn unsuitable(address: &Address) -> Option<&'static str> {
    match address {
        Address::Fd(_) | Address::Stdio => Some("it is a single connection, and each rule needs one of its own"),
        Address::Tls { .. } => Some("the probes do not speak TLS"),
        _ => None,
    }
}

/// Connects within the time limit. A server that serves one client at a time needs some time to part with the last one.
///
/// # Errors
/// The system's error. It is `WouldBlock` if the server does not accept the connection in time.
pub(super) fn connect(address: &Address, timeout: Duration) -> io::Result<UnixStream> {
    let deadline = Instant::now() + timeout;
    let options = ConnectOptions::new().timeout(timeout);
    loop {
        let error = match Stream::connect_with(address.clone(), &options) {
            // The standard library reads and writes any socket as it does a Unix socket, with time limits.
            Ok(stream) => return stream.as_fd().try_clone_to_owned().map(UnixStream::from),
            Err(error) => error,
        };
        let kind = error.io().map_or(io::ErrorKind::Other, io::Error::kind);
        if kind != io::ErrorKind::WouldBlock || Instant::now() > deadline {
            return Err(io::Error::new(kind, error.to_string()));
        }
        thread::sleep(PAUSE);
    }
}

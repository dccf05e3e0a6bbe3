//! Connecting to an address.

use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::net::{AddressFamily, SocketAddrUnix, SocketType};

#[cfg(feature = "tls")]
use super::tls::{TlsCredentials, TlsStream};
use super::{Address, AddressError, Backoff, Stream, inherited};

/// Options for connecting to an [`Address`].
///
/// ```no_run
/// use std::time::Duration;
/// use qmp_types::transport::{ConnectOptions, Stream};
///
/// let options = ConnectOptions::new().timeout(Duration::from_secs(3));
/// let stream = Stream::connect_with("tcp:vm-host.example:4444", &options)?;
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ConnectOptions {
    timeout: Option<Duration>,
    reconnect: Option<Backoff>,
    #[cfg(feature = "tls")]
    tls: Option<TlsCredentials>,
}

impl ConnectOptions {
    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets how long one attempt to connect to a TCP port or a vsock may take. Default: 10 s.
    #[must_use]
    pub fn timeout(self, limit: Duration) -> Self {
        Self { timeout: Some(limit), ..self }
    }

    /// Makes a server that [connects out](crate::Server::connect_and_serve) connect again when it could not connect and
    /// when the connection has ended: after the first pause, then after pauses that double up to the longest one. A
    /// connection that was made begins with the first pause again. Default: it connects once.
    #[must_use]
    pub fn reconnect(self, first: Duration, longest: Duration) -> Self {
        Self { reconnect: Some(Backoff::new(first, longest)), ..self }
    }

    /// Returns when to connect again, if that is wanted.
    pub(crate) fn backoff(&self) -> Option<Backoff> {
        self.reconnect
    }

    fn attempt_timeout(&self) -> Duration {
        self.timeout.unwrap_or(Duration::from_secs(10))
    }

    /// Sets the certificates for `tls:` addresses, which need some. Default: none.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(self, credentials: TlsCredentials) -> Self {
        Self { tls: Some(credentials), ..self }
    }
}

impl Stream {
    /// Connects to an address, without waiting for a server that is starting. A TLS handshake is performed by the
    /// reads and writes that follow.
    ///
    /// The error names the address. It is `WouldBlock` if the queue of a Unix socket is full: QEMU's has room for one
    /// client, and moves on only when the current client disconnects.
    ///
    /// ```no_run
    /// use qmp_types::transport::Stream;
    ///
    /// let stream = Stream::connect("tcp:127.0.0.1:4444")?;
    /// # Ok::<(), qmp_types::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the address is malformed, no process listens there, or the permission is missing.
    pub fn connect(address: impl TryInto<Address, Error: Into<AddressError>>) -> crate::Result<Self> {
        Self::connect_with(address, &ConnectOptions::new())
    }

    /// Connects to an address as [`connect`](Self::connect) does, with options.
    ///
    /// # Errors
    /// As for `connect`.
    pub fn connect_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        options: &ConnectOptions,
    ) -> crate::Result<Self> {
        let address = Address::from_any(address)?;
        Ok(Self::try_connect(&address, options).map_err(|error| address.name_in(&error))?)
    }

    /// [`connect_with`](Self::connect_with) with the system's error, which does not name the address.
    pub(crate) fn try_connect(address: &Address, options: &ConnectOptions) -> io::Result<Self> {
        match address {
            Address::Unix(path) => connect_unix(&SocketAddrUnix::new(path)?),
            Address::UnixAbstract(name) => connect_unix(&abstract_name(name.as_bytes())?),
            Address::Tcp { host, port } => Ok(connect_tcp(host, *port, options.attempt_timeout())?.into()),
            Address::Tls { host, port } => connect_tls(host, *port, options),
            Address::Vsock { cid, port } => connect_vsock(*cid, *port, options.attempt_timeout()),
            Address::Fd(number) => Self::from_duplicate(inherited::duplicate(*number)?),
            Address::Stdio => Self::stdio(),
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn abstract_name(name: &[u8]) -> io::Result<SocketAddrUnix> {
    Ok(SocketAddrUnix::new_abstract_name(name)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn abstract_name(_: &[u8]) -> io::Result<SocketAddrUnix> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "only Linux has abstract names of Unix sockets"))
}

/// Connects without waiting in the listener's queue.
fn connect_unix(address: &SocketAddrUnix) -> io::Result<Stream> {
    let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None)?;
    rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::CLOEXEC)?;
    let socket = UnixStream::from(socket);
    socket.set_nonblocking(true)?;
    rustix::net::connect(&socket, address)?;
    socket.set_nonblocking(false)?;
    Ok(socket.into())
}

/// Connects to the first address of the host that accepts.
fn connect_tcp(host: &str, port: u16, limit: Duration) -> io::Result<TcpStream> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, limit) {
            Ok(stream) => return Ok(stream),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

#[cfg(feature = "tls")]
fn connect_tls(host: &str, port: u16, options: &ConnectOptions) -> io::Result<Stream> {
    let credentials = options.tls.as_ref().ok_or_else(super::tls::no_credentials)?;
    let stream = connect_tcp(host, port, options.attempt_timeout())?;
    Ok(Stream::from_tls(TlsStream::client(stream.into(), credentials, host)?))
}

#[cfg(not(feature = "tls"))]
fn connect_tls(_: &str, _: u16, _: &ConnectOptions) -> io::Result<Stream> {
    Err(no_tls())
}

#[cfg(not(feature = "tls"))]
pub(super) fn no_tls() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "TLS is not compiled in; help: enable the feature `tls` of qmp-types")
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn connect_vsock(cid: u32, port: u32, limit: Duration) -> io::Result<Stream> {
    super::vsock::connect(cid, port, limit).map(Stream::from)
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn connect_vsock(_: u32, _: u32, _: Duration) -> io::Result<Stream> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "only Linux has vsock"))
}

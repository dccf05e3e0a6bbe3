//! Listening for connections of any kind.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixListener;
use std::sync::{Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags};

use super::bind::{self, BoundSocket};
use super::local_address::local_address;
use super::readiness::poll_until;
use super::socket::is_stream;
#[cfg(feature = "tls")]
use super::tls::{TlsCredentials, TlsStream};
use super::{Address, AddressError, Stream, connect, inherited};

/// Options for listening on an [`Address`].
///
/// ```no_run
/// use qmp_types::transport::{ListenOptions, Listener};
///
/// let listener = Listener::bind_with("tcp:192.0.2.1:4444", &ListenOptions::new().allow_remote())?;
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ListenOptions {
    remote: bool,
    #[cfg(feature = "tls")]
    tls: Option<TlsCredentials>,
}

impl ListenOptions {
    /// Creates the default options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows `tcp:` addresses that other machines can connect to. Default: only loopback addresses.
    ///
    /// QMP has no authentication: every machine and user that reaches the port controls the server. Prefer `tls:`,
    /// which requires a certificate of each client, and needs no such permission.
    #[must_use]
    pub fn allow_remote(mut self) -> Self {
        self.remote = true;
        self
    }

    /// Sets the certificates for `tls:` addresses, which need some. Default: none.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn tls(mut self, credentials: TlsCredentials) -> Self {
        self.tls = Some(credentials);
        self
    }
}

/// A socket that listens for connections, of any kind.
///
/// A Unix socket with a path is for the current user only (mode 0600). Its file appears in one step, in place of the
/// file of a server that has died, and is removed when the listener is dropped.
///
/// The other kinds have no permissions: each user of this machine can connect to an abstract name or a loopback port, and
/// virtual machines to a vsock. [`AccessControl::allow_uids`](crate::server::AccessControl::allow_uids) restricts the users
/// of abstract names.
///
/// Standard input and output, and an inherited descriptor that is a connection, are listeners that accept this one
/// connection.
///
/// ```
/// use qmp_types::transport::{Listener, Stream};
///
/// let listener = Listener::bind("tcp:127.0.0.1:0")?;
/// let client = Stream::connect(listener.local_address())?;
/// let server = listener.accept()?.expect("a TCP socket always accepts more");
/// # Ok::<(), qmp_types::Error>(())
/// ```
#[derive(Debug)]
pub struct Listener {
    source: Source,
    address: Address,
    #[cfg(feature = "tls")]
    tls: Option<TlsCredentials>,
}

/// Where connections come from.
#[derive(Debug)]
enum Source {
    Path(BoundSocket),
    Socket(OwnedFd),
    /// One connection that exists already.
    Connection(Mutex<Option<Stream>>),
}

impl Listener {
    /// Listens on an address, with the default options.
    ///
    /// # Errors
    /// - `AddrInUse` if a server is listening on the address.
    /// - `AlreadyExists` if the path exists and is not a socket.
    /// - `InvalidFilename` if the path is too long for a socket (about 100 bytes).
    /// - `PermissionDenied` if the address is a TCP port that other machines can connect to.
    /// - `InvalidInput` if the address is malformed, or an inherited descriptor is not a socket.
    /// - Any other error of the system.
    pub fn bind(address: impl TryInto<Address, Error: Into<AddressError>>) -> crate::Result<Self> {
        Self::bind_with(address, &ListenOptions::new())
    }

    /// Listens on an address.
    ///
    /// # Errors
    /// As for [`bind`](Self::bind).
    pub fn bind_with(
        address: impl TryInto<Address, Error: Into<AddressError>>,
        options: &ListenOptions,
    ) -> crate::Result<Self> {
        let address = Address::from_any(address)?;
        let (source, local) = open(&address, options).map_err(|error| address.name_in(&error))?;
        let listener = Self {
            source,
            address: local,
            #[cfg(feature = "tls")]
            tls: options.tls.clone().filter(|_| matches!(address, Address::Tls { .. })),
        };
        listener.make_nonblocking()?;
        Ok(listener)
    }

    /// Returns the listeners that a service manager such as systemd has passed (socket activation): those of the
    /// environment variables `LISTEN_FDS` and `LISTEN_PID`. Returns none if the variables are not set, or meant for
    /// another process.
    ///
    /// The descriptors are duplicated; those with the service manager's numbers remain open.
    ///
    /// ```no_run
    /// use qmp_types::transport::Listener;
    ///
    /// let mut listeners = Listener::inherited()?;
    /// if listeners.is_empty() {
    ///     listeners.push(Listener::bind("/run/vm.sock")?);
    /// }
    /// # Ok::<(), qmp_types::Error>(())
    /// ```
    ///
    /// # Errors
    /// If a variable is not a number, or a descriptor is not a socket.
    pub fn inherited() -> crate::Result<Vec<Self>> {
        inherited::passed()?.into_iter().map(|number| Self::bind(Address::Fd(number))).collect()
    }

    /// Returns the address that the listener is bound to: with the port that the system has chosen.
    #[must_use]
    pub fn local_address(&self) -> &Address {
        &self.address
    }

    /// Waits for the next connection. Returns `None` if there will be no more.
    ///
    /// # Errors
    /// The system's error.
    pub fn accept(&self) -> io::Result<Option<Stream>> {
        loop {
            match self.try_accept() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let Some(socket) = self.socket() else { return Ok(None) };
                    poll_until(&mut [PollFd::from_borrowed_fd(socket, PollFlags::IN)], None)?;
                }
                result => return result,
            }
        }
    }

    /// Accepts a connection that has arrived. Returns `None` if there will be no more.
    ///
    /// # Errors
    /// `WouldBlock` if none has arrived, or the system's error.
    pub fn try_accept(&self) -> io::Result<Option<Stream>> {
        let Some(socket) = self.socket() else { return Ok(self.take_connection()) };
        let accepted = rustix::net::accept(socket)?;
        rustix::io::fcntl_setfd(&accepted, rustix::io::FdFlags::CLOEXEC)?;
        #[cfg(feature = "tls")]
        if let Some(credentials) = &self.tls {
            return Ok(Some(Stream::from_tls(TlsStream::server(accepted, credentials)?)));
        }
        Ok(Some(accepted.into()))
    }

    /// Returns the descriptor that polls as readable when a connection arrives. There is none if the only connection
    /// exists already: [`try_accept`](Self::try_accept) returns it.
    #[must_use]
    pub fn socket(&self) -> Option<BorrowedFd<'_>> {
        match &self.source {
            Source::Path(bound) => Some(bound.listener.as_fd()),
            Source::Socket(socket) => Some(socket.as_fd()),
            Source::Connection(_) => None,
        }
    }

    fn take_connection(&self) -> Option<Stream> {
        match &self.source {
            Source::Connection(stream) => stream.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Source::Path(_) | Source::Socket(_) => None,
        }
    }

    fn make_nonblocking(&self) -> io::Result<()> {
        match self.socket() {
            Some(socket) => Ok(rustix::io::ioctl_fionbio(socket, true)?),
            None => Ok(()),
        }
    }

    /// Takes over a socket that listens already.
    fn from_socket(socket: OwnedFd) -> Self {
        let address = local_address(&socket).unwrap_or_else(|| Address::Fd(socket.as_raw_fd()));
        let listener = Self {
            source: Source::Socket(socket),
            address,
            #[cfg(feature = "tls")]
            tls: None,
        };
        // A blocking socket would stop the thread of a runtime when a connection has gone before it is accepted.
        if let Err(error) = listener.make_nonblocking() {
            tracing::warn!(%error, "cannot make a listening socket non-blocking");
        }
        listener
    }
}

/// Opens the source of connections, and finds the address that it is bound to.
fn open(address: &Address, options: &ListenOptions) -> io::Result<(Source, Address)> {
    Ok(match address {
        Address::Unix(path) => (Source::Path(BoundSocket::new(path)?), address.clone()),
        Address::UnixAbstract(name) => {
            (Source::Socket(bind::listen(&connect::abstract_name(name.as_bytes())?)?), address.clone())
        }
        Address::Tcp { host, port } => {
            let (socket, port) = listen_tcp(host, *port, options.remote)?;
            (Source::Socket(socket), Address::Tcp { host: host.clone(), port })
        }
        Address::Tls { host, port } => {
            check_tls(options)?;
            let (socket, port) = listen_tcp(host, *port, true)?;
            (Source::Socket(socket), Address::Tls { host: host.clone(), port })
        }
        Address::Vsock { cid, port } => listen_vsock(*cid, *port)?,
        Address::Fd(number) => (adopt(*number)?, address.clone()),
        Address::Stdio => (Source::Connection(Mutex::new(Some(Stream::stdio()?))), Address::Stdio),
    })
}

/// Listens on the first address of the host that is free. Returns the port, too.
fn listen_tcp(host: &str, port: u16, remote: bool) -> io::Result<(OwnedFd, u16)> {
    let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    if let Some(reachable) = addresses.iter().find(|address| !remote && !address.ip().is_loopback()) {
        let text = format!(
            "expected a loopback address, found {}: QMP has no authentication, and other machines could connect; \
             help: listen on `tls:`, which requires certificates of clients, or allow it with `ListenOptions::allow_remote`",
            reachable.ip()
        );
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, text));
    }
    let listener = TcpListener::bind(&*addresses)?;
    let port = listener.local_addr()?.port();
    Ok((listener.into(), port))
}

#[cfg(feature = "tls")]
fn check_tls(options: &ListenOptions) -> io::Result<()> {
    options.tls.as_ref().map(drop).ok_or_else(super::tls::no_credentials)
}

#[cfg(not(feature = "tls"))]
fn check_tls(_: &ListenOptions) -> io::Result<()> {
    Err(connect::no_tls())
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn listen_vsock(cid: u32, port: u32) -> io::Result<(Source, Address)> {
    let socket = super::vsock::listen(cid, port)?;
    let (cid, port) = super::vsock::local_address(&socket).unwrap_or((cid, port));
    Ok((Source::Socket(socket), Address::Vsock { cid, port }))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn listen_vsock(_: u32, _: u32) -> io::Result<(Source, Address)> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "only Linux has vsock"))
}

/// Takes an inherited descriptor: a socket that listens, or one that is connected.
fn adopt(number: RawFd) -> io::Result<Source> {
    let fd = inherited::duplicate(number)?;
    if is_stream(&fd) && listens(&fd) {
        return Ok(Source::Socket(fd));
    }
    let connected = Stream::from_duplicate(fd).map_err(|_| {
        let text = "expected a stream socket that listens or is connected, found another descriptor";
        io::Error::new(io::ErrorKind::InvalidInput, text)
    })?;
    Ok(Source::Connection(Mutex::new(Some(connected))))
}

/// Returns whether a stream socket listens.
#[cfg(not(target_vendor = "apple"))]
fn listens(socket: &OwnedFd) -> bool {
    rustix::net::sockopt::socket_acceptconn(socket).unwrap_or(false)
}

/// Apple's systems cannot be asked. A socket that is not connected must be one that listens.
#[cfg(target_vendor = "apple")]
fn listens(socket: &OwnedFd) -> bool {
    rustix::net::getpeername(socket).is_err()
}

impl From<UnixListener> for Listener {
    fn from(listener: UnixListener) -> Self {
        Self::from_socket(listener.into())
    }
}

impl From<TcpListener> for Listener {
    /// Takes over a listening socket. It may be reachable from other machines.
    fn from(listener: TcpListener) -> Self {
        Self::from_socket(listener.into())
    }
}

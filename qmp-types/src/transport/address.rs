//! The addresses of QMP sockets, as users write them.

mod error;
mod parse;

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::os::fd::RawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

pub use self::error::AddressError;

/// The address of a QMP socket. Whether to listen there or to connect is the caller's choice.
///
/// | text | address |
/// | --- | --- |
/// | `PATH` or `unix:PATH` | a Unix socket with a path |
/// | `unix-abstract:NAME` | a Unix socket in Linux's abstract namespace |
/// | `tcp:HOST:PORT` | TCP; an IPv6 address stands in brackets: `tcp:[::1]:4444` |
/// | `tls:HOST:PORT` | TLS over TCP, with certificates on both sides (feature `tls`) |
/// | `vsock:CID:PORT` | a virtual machine's socket; `any` is the wildcard CID of listeners |
/// | `fd:N` | a descriptor that the process has inherited |
/// | `stdio` | standard input and output |
///
/// A path that contains a colon before its first slash needs the prefix `unix:`, or `./`.
///
/// Functions that need an address take everything that converts to one: a text, an `OsStr` or an `Address`. A `Path` is
/// always the path of a Unix socket, even one called `stdio`.
///
/// ```
/// use qmp_types::transport::Address;
///
/// let address: Address = "tcp:[::1]:4444".parse()?;
/// assert_eq!(address, Address::Tcp { host: "::1".into(), port: 4444 });
/// assert_eq!(address.to_string(), "tcp:[::1]:4444");
///
/// let error = "tcp:localhost".parse::<Address>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid address `tcp:localhost`: expected `tcp:HOST:PORT`, found no port; help: for example `tcp:localhost:4444`"
/// );
/// # Ok::<(), qmp_types::transport::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Address {
    /// The path of a Unix socket.
    Unix(PathBuf),
    /// A name in the abstract namespace of Linux, without the NUL before it.
    UnixAbstract(OsString),
    /// A TCP port.
    Tcp {
        /// The name or the address, the latter without brackets.
        host: String,
        /// The port. A listener on port 0 gets an unused one.
        port: u16,
    },
    /// A TCP port, with TLS.
    Tls {
        /// The name or the address, the latter without brackets. A client requires that the server's certificate is
        /// valid for it.
        host: String,
        /// The port. A listener on port 0 gets an unused one.
        port: u16,
    },
    /// A port of a virtual machine or its host.
    Vsock {
        /// The context id of the machine. 1 is this machine, 2 is the host of this machine.
        cid: u32,
        /// The port.
        port: u32,
    },
    /// The number of an inherited descriptor.
    Fd(RawFd),
    /// Standard input and output.
    Stdio,
}

impl Address {
    /// The context id that listens to connections to any of the machine's ids (`vsock:any:PORT`).
    pub const VSOCK_ANY: u32 = u32::MAX;

    /// Parses an address, the path or name of which need not be UTF-8.
    ///
    /// # Errors
    /// If the text is none of the forms above.
    pub fn from_os_str(text: impl AsRef<OsStr>) -> Result<Self, AddressError> {
        parse::address(text.as_ref())
    }

    /// Converts what a function has taken as an address.
    pub(crate) fn from_any(address: impl TryInto<Self, Error: Into<AddressError>>) -> Result<Self, AddressError> {
        address.try_into().map_err(Into::into)
    }

    /// Returns the error with the address before its text.
    pub(super) fn name_in(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{self}: {error}"))
    }

    /// Returns the path, if this is the address of a Unix socket with a path.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Unix(path) => Some(path),
            _ => None,
        }
    }
}

/// Prints the shortest text that parses to the same address. Bytes that are not UTF-8 are replaced.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) if parse::is_bare_path(path.as_os_str().as_bytes()) => path.display().fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::UnixAbstract(name) => write!(f, "unix-abstract:{}", name.display()),
            Self::Tcp { host, port } => write_host(f, "tcp", host, *port),
            Self::Tls { host, port } => write_host(f, "tls", host, *port),
            Self::Vsock { cid: Self::VSOCK_ANY, port } => write!(f, "vsock:any:{port}"),
            Self::Vsock { cid, port } => write!(f, "vsock:{cid}:{port}"),
            Self::Fd(number) => write!(f, "fd:{number}"),
            Self::Stdio => f.write_str("stdio"),
        }
    }
}

fn write_host(f: &mut fmt::Formatter<'_>, kind: &str, host: &str, port: u16) -> fmt::Result {
    match host.contains(':') {
        true => write!(f, "{kind}:[{host}]:{port}"),
        false => write!(f, "{kind}:{host}:{port}"),
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        parse::address(OsStr::new(text))
    }
}

impl TryFrom<&str> for Address {
    type Error = AddressError;

    fn try_from(text: &str) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl TryFrom<&String> for Address {
    type Error = AddressError;

    fn try_from(text: &String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl TryFrom<&OsStr> for Address {
    type Error = AddressError;

    fn try_from(text: &OsStr) -> Result<Self, AddressError> {
        parse::address(text)
    }
}

impl TryFrom<OsString> for Address {
    type Error = AddressError;

    fn try_from(text: OsString) -> Result<Self, AddressError> {
        parse::address(&text)
    }
}

impl From<PathBuf> for Address {
    fn from(path: PathBuf) -> Self {
        Self::Unix(path)
    }
}

impl From<&PathBuf> for Address {
    fn from(path: &PathBuf) -> Self {
        Self::Unix(path.clone())
    }
}

impl From<&Path> for Address {
    fn from(path: &Path) -> Self {
        Self::Unix(path.to_owned())
    }
}

impl From<&Self> for Address {
    fn from(address: &Self) -> Self {
        address.clone()
    }
}

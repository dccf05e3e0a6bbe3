//! Where a migration can go.

use std::fs::File;
use std::io::{self, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;

use qmp_types::{Error, Result};

/// The other end of a migration.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    File(String),
    Unix(String),
    Tcp(String),
}

impl Target {
    /// Reads a URI.
    pub(super) fn parse(uri: &str) -> Result<Self> {
        match uri.split_once(':') {
            Some(("file", path)) => Ok(Self::File(path.to_owned())),
            Some(("unix", path)) => Ok(Self::Unix(path.to_owned())),
            Some(("tcp", address)) => Ok(Self::Tcp(address.to_owned())),
            _ => Err(Error::generic(format!("unknown migration protocol: {uri}"))),
        }
    }

    /// Connects to it.
    pub(super) fn open(&self) -> io::Result<Box<dyn Write>> {
        Ok(match self {
            Self::File(path) => Box::new(File::create(path)?),
            Self::Unix(path) => Box::new(UnixStream::connect(path)?),
            Self::Tcp(address) => Box::new(TcpStream::connect(address)?),
        })
    }
}

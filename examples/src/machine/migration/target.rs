//! The target of a migration.

use std::fs::File;
use std::io::{self, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use qmp_types::{Error, Result};

const PATIENCE: Option<Duration> = Some(Duration::from_secs(5));

/// The address of a migration target.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    File(String),
    Unix(String),
    Tcp(String),
}

impl Target {
    /// Parses a URI.
    pub(super) fn parse(uri: &str) -> Result<Self> {
        match uri.split_once(':') {
            Some(("file", path)) => Ok(Self::File(path.to_owned())),
            Some(("unix", path)) => Ok(Self::Unix(path.to_owned())),
            Some(("tcp", address)) => Ok(Self::Tcp(address.to_owned())),
            _ => Err(Error::generic(format!("unknown migration protocol: {uri}"))),
        }
    }

    /// Connects. A target that reads nothing for a while makes the migration fail, rather than hang.
    pub(super) fn open(&self) -> io::Result<Box<dyn Write>> {
        match self {
            Self::File(path) => Ok(Box::new(File::create(path)?)),
            Self::Unix(path) => {
                let stream = UnixStream::connect(path)?;
                stream.set_write_timeout(PATIENCE)?;
                Ok(Box::new(stream))
            }
            Self::Tcp(address) => {
                let stream = TcpStream::connect(address)?;
                stream.set_write_timeout(PATIENCE)?;
                Ok(Box::new(stream))
            }
        }
    }
}

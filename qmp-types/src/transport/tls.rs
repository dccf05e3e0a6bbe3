//! TLS over TCP, by rustls.

mod credentials;
mod stream;

use std::io;

pub use self::credentials::TlsCredentials;
pub(super) use self::stream::TlsStream;

/// The error for a `tls:` address without certificates.
pub(super) fn no_credentials() -> io::Error {
    let text = "expected certificates for TLS, found none; help: give the option `tls` a `TlsCredentials`";
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

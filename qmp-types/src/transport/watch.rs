//! Registering descriptors with tokio.

use std::io;
use std::os::fd::AsRawFd;

use ::tokio::io::Interest;
use ::tokio::io::unix::AsyncFd;

/// Makes tokio watch a descriptor.
///
/// # Panics
/// Outside of a tokio runtime with IO enabled.
#[allow(deprecated, reason = "its replacement is unsafe, for types whose descriptor may change; these do not")]
pub(crate) fn watch<T: AsRawFd>(source: T, interest: Interest) -> io::Result<AsyncFd<T>> {
    AsyncFd::with_interest(source, interest).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            let text = "expected a socket, a pipe or a terminal, found a file, which tokio cannot watch; \
                        help: `cat FILE | PROGRAM`";
            io::Error::new(io::ErrorKind::Unsupported, text)
        }
        _ => error,
    })
}

//! Listening Unix sockets.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

#[cfg(any(target_os = "linux", target_os = "android"))]
const FLAGS: SocketFlags = SocketFlags::CLOEXEC;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const FLAGS: SocketFlags = SocketFlags::empty();

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 128;

/// How many temporary names are tried. One is in use only while another process binds, or after one died doing so.
const MAX_ATTEMPTS: u32 = 256;

/// A listening socket and its file, which is removed when this is dropped.
#[derive(Debug)]
pub(super) struct BoundSocket {
    pub(super) listener: UnixListener,
    path: PathBuf,
    /// Device and inode of our file: a file that has replaced it is not removed.
    identity: (u64, u64),
}

impl BoundSocket {
    /// Binds `path`, for this user only. The file appears in one step, in place of that of a dead server, when the
    /// socket already accepts connections.
    ///
    /// # Errors
    /// `AddrInUse` if a server is listening there, `AlreadyExists` if the path is not a socket, `InvalidFilename` if it
    /// is too long for one, or the system's error.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        check_unused(path)?;
        let (listener, new) = listen_beside(path)?;
        let bound = identity(&new).and_then(|identity| {
            fs::rename(&new, path)?;
            Ok(Self { listener, path: path.to_owned(), identity })
        });
        if bound.is_err() {
            remove(&new);
        }
        bound
    }
}

impl Drop for BoundSocket {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|found| found == self.identity) {
            remove(&self.path);
        }
    }
}

/// Fails if the path cannot be a socket's, or is in use.
fn check_unused(path: &Path) -> io::Result<()> {
    let refuse = |kind, why: &str| Err(io::Error::new(kind, why));
    // Some systems bind a path that has no room for a terminating NUL; not every client could connect to it.
    if SocketAddr::from_pathname(path).is_err() {
        return refuse(io::ErrorKind::InvalidFilename, "the path is too long for a socket");
    }
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(found) if !found.file_type().is_socket() => {
            return refuse(io::ErrorKind::AlreadyExists, "the path exists and is not a socket");
        }
        Ok(_) => {}
    }
    match UnixStream::connect(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => refuse(io::ErrorKind::AddrInUse, "a server is already listening on this path"),
    }
}

/// Listens on an unused path in the same folder. It is no longer than `path`, as a socket's path is limited to about
/// 100 bytes.
fn listen_beside(path: &Path) -> io::Result<(UnixListener, PathBuf)> {
    let room = path.file_name().map_or(0, OsStr::len);
    let mut taken = Errno::ADDRINUSE.into();
    for number in 0..MAX_ATTEMPTS {
        let hidden = format!(".{number:x}");
        let new = path.with_file_name(if hidden.len() <= room { &hidden } else { &hidden[1..] });
        match listen_on_path(&new) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = error,
            result => return result.map(|listener| (listener, new)),
        }
    }
    Err(taken)
}

/// Listens on a path, for this user only.
fn listen_on_path(path: &Path) -> io::Result<UnixListener> {
    let socket = bind(&SocketAddrUnix::new(path)?)?;
    let ready = rustix::fs::chmod(path, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR)
        .and_then(|()| rustix::net::listen(&socket, BACKLOG));
    if let Err(error) = ready {
        remove(path);
        return Err(error.into());
    }
    Ok(socket.into())
}

/// Listens on an address that is not a path.
pub(super) fn listen(address: &SocketAddrUnix) -> io::Result<OwnedFd> {
    let socket = bind(address)?;
    rustix::net::listen(&socket, BACKLOG)?;
    Ok(socket)
}

fn bind(address: &SocketAddrUnix) -> io::Result<OwnedFd> {
    let socket = rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, FLAGS, None)?;
    rustix::net::bind(&socket, address)?;
    Ok(socket)
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|found| (found.dev(), found.ino()))
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(path = %path.display(), %error, "cannot remove the socket file");
    }
}

//! Listening sockets.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::event::{PollFd, PollFlags};
use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};

use super::Stream;
use super::stream::poll_until;

#[cfg(any(target_os = "linux", target_os = "android"))]
const FLAGS: SocketFlags = SocketFlags::CLOEXEC;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const FLAGS: SocketFlags = SocketFlags::empty();

/// How many names beside the wanted one are tried: others are in use only while somebody else binds, or died doing so.
const MOST_NAMES: u32 = 256;

/// A listening socket whose `accept` can be interrupted.
#[derive(Debug)]
pub(crate) struct Listener<'a> {
    pub(crate) socket: &'a UnixListener,
    /// Readable as soon as nobody is to be accepted any more.
    pub(crate) stop: &'a Stream,
}

impl Listener<'_> {
    /// The next connection; `None` once stopped.
    pub(crate) fn accept(&self) -> io::Result<Option<Stream>> {
        let mut fds = [PollFd::new(self.stop, PollFlags::IN), PollFd::new(self.socket, PollFlags::IN)];
        poll_until(&mut fds, None)?;
        if !fds[0].revents().is_empty() {
            return Ok(None);
        }
        self.socket.accept().map(|(stream, _)| Some(stream.into()))
    }
}

/// A listening socket with a name in the file system, which goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) listener: UnixListener,
    path: PathBuf,
    /// Device and inode of our name: never remove somebody else's.
    identity: (u64, u64),
}

impl Bound {
    /// Binds `path`, open to this user only. The name appears, or replaces that of a dead server, in one step, when
    /// connections are already accepted.
    ///
    /// # Errors
    /// `AddrInUse` if a server lives there; `AlreadyExists` if the path is no socket; `InvalidFilename` if it is too long
    /// for one; else what the system says.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        refuse_unless_dead(path)?;
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

impl Drop for Bound {
    fn drop(&mut self) {
        if identity(&self.path).is_ok_and(|found| found == self.identity) {
            remove(&self.path);
        }
    }
}

/// Looks whether the name can be a socket's, and who has it now.
fn refuse_unless_dead(path: &Path) -> io::Result<()> {
    let refuse = |kind, why: &str| Err(io::Error::new(kind, format!("{}: {why}", path.display())));
    // Where the system takes a path without a NUL behind it, clients may not be able to say it.
    if SocketAddr::from_pathname(path).is_err() {
        return refuse(io::ErrorKind::InvalidFilename, "too long for the path of a socket");
    }
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
        Ok(found) if !found.file_type().is_socket() => {
            return refuse(io::ErrorKind::AlreadyExists, "exists, and is not a socket");
        }
        Ok(_) => {}
    }
    match UnixStream::connect(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => refuse(io::ErrorKind::AddrInUse, "a server is listening there"),
    }
}

/// Listens at an unused name beside `path`. It is no longer than `path`, for the path of a socket has some 100 bytes at most.
fn listen_beside(path: &Path) -> io::Result<(UnixListener, PathBuf)> {
    let room = path.file_name().map_or(0, OsStr::len);
    let mut taken = Errno::ADDRINUSE.into();
    for number in 0..MOST_NAMES {
        let hidden = format!(".{number:x}");
        let new = path.with_file_name(if hidden.len() <= room { &hidden } else { &hidden[1..] });
        match listen(&new) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = error,
            result => return result.map(|listener| (listener, new)),
        }
    }
    Err(taken)
}

fn listen(path: &Path) -> io::Result<UnixListener> {
    let socket = rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, FLAGS, None)?;
    rustix::net::bind(&socket, &SocketAddrUnix::new(path)?)?;
    let ready = rustix::fs::chmod(path, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR)
        .and_then(|()| rustix::net::listen(&socket, 128));
    if let Err(error) = ready {
        remove(path);
        return Err(error.into());
    }
    Ok(socket.into())
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::symlink_metadata(path).map(|found| (found.dev(), found.ino()))
}

fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!(path = %path.display(), %error, "cannot remove the socket");
    }
}

//! Opening files, and duplicating the descriptors of sets by paths like `/dev/fdset/3`.

use std::fs::File;
use std::ops::{Deref, DerefMut};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::{Arc, Mutex};

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::sets::Sets;
use crate::sync::lock;
use crate::{Error, Result};

/// How a file is accessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Only for reading.
    ReadOnly,
    /// Only for writing.
    WriteOnly,
    /// For reading and writing.
    ReadWrite,
}

/// A file from [`FdStore::open`](super::FdStore::open). It derefs to [`File`].
///
/// As long as it exists, the set that it came from is in use: the set's descriptors stay open although all clients have
/// disconnected, so that the file can be opened again in another mode.
#[derive(Debug)]
pub struct OpenFile {
    file: File,
    in_use: Option<InUse>,
}

/// The use of a set.
#[derive(Debug)]
struct InUse {
    sets: Arc<Mutex<Sets>>,
    id: i64,
}

/// Opens a file, or duplicates a descriptor of a set.
pub(super) fn open(sets: &Arc<Mutex<Sets>>, path: &Path, access: Access) -> Result<OpenFile> {
    let shown = path.display();
    let Some(id) = path.to_str().and_then(|path| path.strip_prefix("/dev/fdset/")) else {
        let file = access.options().open(path);
        let file = file.map_err(|error| Error::generic(format!("Could not open '{shown}': {error}")))?;
        return Ok(OpenFile { file, in_use: None });
    };
    let id = parse_id(id).ok_or_else(|| Error::generic(format!("Could not parse fdset {shown}")))?;
    let flags = access.flags();
    let suitable = |fd: &OwnedFd| Ok(rustix::fs::fcntl_getfl(fd)? & OFlags::ACCMODE == flags);
    match lock(sets).duplicate(id, suitable) {
        Ok(fd) => Ok(OpenFile { file: fd.into(), in_use: Some(InUse { sets: Arc::clone(sets), id }) }),
        Err(error) => {
            let reason = match error {
                Errno::NOENT => "No such file or directory".to_owned(),
                Errno::ACCESS => "Permission denied".to_owned(),
                other => other.to_string(),
            };
            Err(Error::generic(format!("Could not dup FD for {shown} flags {:x}: {reason}", flags.bits())))
        }
    }
}

/// Parses the id of a set in a path, which is at most `i32::MAX`.
fn parse_id(id: &str) -> Option<i64> {
    id.parse::<i32>().ok().filter(|id| *id >= 0).map(i64::from)
}

impl Access {
    fn flags(self) -> OFlags {
        match self {
            Self::ReadOnly => OFlags::RDONLY,
            Self::WriteOnly => OFlags::WRONLY,
            Self::ReadWrite => OFlags::RDWR,
        }
    }

    fn options(self) -> std::fs::OpenOptions {
        let mut options = File::options();
        options.read(self != Self::WriteOnly).write(self != Self::ReadOnly);
        options
    }
}

impl Drop for InUse {
    fn drop(&mut self) {
        Sets::release(&self.sets, self.id);
    }
}

impl Deref for OpenFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.file
    }
}

impl DerefMut for OpenFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.file
    }
}

impl AsFd for OpenFile {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

impl From<OpenFile> for OwnedFd {
    /// Returns the descriptor. The set that it came from is no longer in use by it.
    fn from(open: OpenFile) -> Self {
        drop(open.in_use);
        open.file.into()
    }
}

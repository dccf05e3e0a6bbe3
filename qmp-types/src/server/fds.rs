//! File descriptors that clients send ahead of the command that uses them: named ones, and sets.

mod handlers;
mod named;
mod open;
mod sets;

pub use self::open::{Access, OpenFile};
pub use self::sets::{AddedFd, FdSet, FdSetMember};

use std::fmt;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use self::named::NamedFds;
use self::sets::Sets;
use super::Context;
use crate::sync::lock;
use crate::{Error, Result};

/// The file descriptors that clients have sent with `getfd` and `add-fd`, until other commands use them.
///
/// Make it a part of the server's state. [`fd_handlers!`](crate::fd_handlers) makes the handlers of `getfd`, `closefd`,
/// `add-fd`, `remove-fd` and `query-fdsets`, and your own handlers resolve what clients refer to:
///
#[cfg_attr(feature = "macros", doc = "```")]
#[cfg_attr(not(feature = "macros"), doc = "```ignore")]
/// use qmp_types::server::{Access, FdStore};
/// use qmp_types::{Context, Result};
///
/// mod qmp {
///     qmp_types::schema!("schema/fd-users.json");
/// }
///
/// #[derive(Default)]
/// struct Vm {
///     fds: FdStore,
/// }
///
/// qmp_types::fd_handlers!(crate::qmp, Vm, |vm| &vm.fds);
///
/// #[qmp_types::handlers(crate::qmp)]
/// impl Vm {
///     #[qmp_command]
///     fn add_disk(&self, filename: String) -> Result<()> {
///         // A path, or the `/dev/fdset/3` of a set.
///         let disk = self.fds.open(&filename, Access::ReadWrite)?;
/// #       drop(disk);
///         Ok(())
///     }
///
///     #[qmp_command]
///     fn add_tap(&self, fd: String, cx: &Context) -> Result<()> {
///         let tap = self.fds.take(cx, &fd)?;
/// #       drop(tap);
///         Ok(())
///     }
/// }
/// # fn main() { let _ = qmp::server(Vm::default()); }
/// ```
///
/// # A state of several parts
///
/// Parts that resolve descriptors have clones of one store, because a clone is the same store. Two stores that are made
/// separately do not know each other's descriptors.
///
/// ```
/// use qmp_types::server::FdStore;
///
/// struct Vm {
///     block: Block, // `fd_handlers!(crate::qmp, Vm, |vm| &vm.block.fds)`
///     net: Net,
/// }
///
/// struct Block {
///     fds: FdStore,
/// }
///
/// struct Net {
///     fds: FdStore,
/// }
///
/// let fds = FdStore::new();
/// let vm = Vm { block: Block { fds: fds.clone() }, net: Net { fds } };
/// ```
///
/// # How long descriptors stay open
///
/// A named descriptor belongs to the session that has sent it. It is closed by `closefd`, by another descriptor with the
/// same name, and when the client disconnects. Other sessions can neither use nor close it. (In QEMU it belongs to the
/// monitor, and stays open when the client disconnects: a client that reconnects with other names leaks it.)
///
/// A set belongs to the server, so that one session may add to it and another may use it. Its descriptors are closed by
/// `remove-fd`. When the last client of the server disconnects, the sets are closed of which no [`OpenFile`] exists;
/// the others follow with their last `OpenFile`. (QEMU 7.2 does so too, while the machine runs. Newer ones keep them.)
#[derive(Clone)]
pub struct FdStore {
    /// Distinguishes the names of several stores in one session.
    number: u64,
    sets: Arc<Mutex<Sets>>,
}

impl FdStore {
    /// Creates a store without descriptors.
    #[must_use]
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self { number: NEXT.fetch_add(1, Ordering::Relaxed), sets: Arc::default() }
    }

    /// Executes `getfd`: names the first descriptor that the client has sent, and closes the others. A descriptor that
    /// has the name already is closed.
    ///
    /// # Errors
    /// If the client has sent no descriptor, or if the name starts with a digit. The descriptors are closed then, too.
    pub fn getfd(&self, cx: &Context, name: impl Into<String>) -> Result<()> {
        let (fd, name) = (received(cx)?, name.into());
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(Error::generic("Parameter 'fdname' expects a name not starting with a digit"));
        }
        cx.session_value::<NamedFds>().insert(self.number, name, fd);
        Ok(())
    }

    /// Executes `closefd`: closes a named descriptor of the client's session.
    ///
    /// # Errors
    /// If there is no descriptor with this name.
    pub fn closefd(&self, cx: &Context, name: &str) -> Result<()> {
        let closed = cx.session_value::<NamedFds>().take(self.number, name).map(drop);
        closed.ok_or_else(|| Error::generic(format!("File descriptor named '{name}' not found")))
    }

    /// Takes a named descriptor of the client's session, for the command that refers to it. The name is free then.
    ///
    /// # Errors
    /// If there is no descriptor with this name.
    pub fn take(&self, cx: &Context, name: &str) -> Result<OwnedFd> {
        let fd = cx.session_value::<NamedFds>().take(self.number, name);
        fd.ok_or_else(|| Error::generic(format!("File descriptor named '{name}' has not been found")))
    }

    /// Executes `add-fd`: adds the first descriptor that the client has sent to a set, and closes the others. Without
    /// an id, it makes a new set with the lowest free one.
    ///
    /// # Errors
    /// If the client has sent no descriptor, or if the id is negative. The descriptors are closed then, too.
    pub fn add_fd(&self, cx: &Context, fdset_id: Option<i64>, opaque: Option<String>) -> Result<AddedFd> {
        let fd = received(cx)?;
        let is_new = lock(&self.sets).add_server(cx.server());
        if is_new {
            let sets = Arc::downgrade(&self.sets);
            cx.server().on_last_disconnect(move || {
                if let Some(sets) = sets.upgrade() {
                    Sets::close_unused(&sets);
                }
            });
        }
        lock(&self.sets).add(fd, fdset_id, opaque)
    }

    /// Executes `remove-fd`: closes a descriptor of a set, or all of them without `fd`. An [`OpenFile`] stays open.
    ///
    /// # Errors
    /// If there is no such set, or if it does not have the descriptor.
    pub fn remove_fd(&self, fdset_id: i64, fd: Option<i64>) -> Result<()> {
        lock(&self.sets).remove(fdset_id, fd)
    }

    /// Returns the sets, as `query-fdsets` lists them: by descending id, and the descriptors of each in the order in
    /// which they were added.
    #[must_use]
    pub fn fdsets(&self) -> Vec<FdSet> {
        lock(&self.sets).list()
    }

    /// Opens a file. For the path `/dev/fdset/N`, it duplicates a descriptor of the set `N` instead: the first that was
    /// opened with the same access mode.
    ///
    /// # Errors
    /// If the file cannot be opened, if there is no such set, or if none of its descriptors has the access mode.
    pub fn open(&self, path: impl AsRef<Path>, access: Access) -> Result<OpenFile> {
        open::open(&self.sets, path.as_ref(), access)
    }
}

/// Takes the first descriptor that the client has sent, and closes the others.
fn received(cx: &Context) -> Result<OwnedFd> {
    cx.take_fd().ok_or_else(|| Error::generic("No file descriptor supplied via SCM_RIGHTS"))
}

impl Default for FdStore {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for FdStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FdStore").field("fdsets", &self.fdsets()).finish_non_exhaustive()
    }
}

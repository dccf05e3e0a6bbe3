//! File descriptors that QEMU keeps: under a name, or in a set.

mod blocking;
mod cleanup;
mod commands;
#[cfg(feature = "tokio")]
mod tokio;

use std::fmt;

use self::cleanup::Cleanup;

/// A file descriptor that QEMU keeps under a name (`getfd`), for arguments such as `fd` of `netdev_add`.
///
/// `C` is the client: use the aliases of [`blocking`](super::blocking) and [`tokio`](super::tokio).
///
/// The command whose argument names the descriptor takes it. QEMU keeps it until then, also after the connection has
/// ended. While this value lives, the connection stays open.
///
/// ```no_run
/// # fn example(vm: &qmp_types::blocking::Client, tap: std::fs::File) -> qmp_types::Result<()> {
/// use qmp_types::qemu::blocking::NamedFd;
/// use serde_json::json;
///
/// // QEMU closes the descriptor if `netdev_add` does not take it.
/// let tap = NamedFd::pass(vm, "tap0", tap)?.close_on_drop();
/// vm.call_raw("netdev_add", &json!({ "type": "tap", "id": "net0", "fd": tap.name() }))?;
/// # Ok(())
/// # }
/// ```
#[must_use = "QEMU keeps the descriptor under the name that `name` returns"]
pub struct NamedFd<C: cleanup::Post> {
    name: String,
    cleanup: Cleanup<C>,
}

/// A set of file descriptors that QEMU opens as the file `/dev/fdset/N` (`add-fd`), for arguments that are a file name.
///
/// `C` is the client: use the aliases of [`blocking`](super::blocking) and [`tokio`](super::tokio).
///
/// QEMU takes the descriptor of the set whose access mode fits: add one for reading and one for writing if it opens the
/// file in both ways. QEMU drops a set that nothing has opened when its last client disconnects, and closes removed
/// descriptors only while the machine runs. While this value lives,
/// the connection stays open.
///
/// ```no_run
/// # fn example(vm: &qmp_types::blocking::Client) -> qmp_types::Result<()> {
/// use std::fs::File;
///
/// use qmp_types::qemu::blocking::FdSet;
/// use serde_json::json;
///
/// let image = FdSet::pass(vm, File::options().read(true).write(true).open("disk.qcow2")?)?;
/// vm.call_raw("blockdev-add", &json!({ "driver": "file", "node-name": "disk0", "filename": image.path() }))?;
/// image.remove()?; // QEMU closes it when the block device is gone
/// # Ok(())
/// # }
/// ```
#[must_use = "QEMU opens the descriptor at the path that `path` returns"]
pub struct FdSet<C: cleanup::Post> {
    id: u64,
    cleanup: Cleanup<C>,
}

impl<C: cleanup::Post> NamedFd<C> {
    /// Returns the name, for the argument of another command.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes QEMU close the descriptor when this value is dropped, unless a command has taken it. The drop does not wait
    /// for the reply. Default: QEMU keeps the descriptor.
    pub fn close_on_drop(mut self) -> Self {
        self.cleanup.enable();
        self
    }
}

impl<C: cleanup::Post> FdSet<C> {
    /// Returns the number of the set, `fdset-id`.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Returns the file name by which QEMU opens a descriptor of the set: `/dev/fdset/N`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/dev/fdset/{}", self.id)
    }

    /// Removes the descriptors from the set when this value is dropped. What QEMU has opened stays open. The drop does not
    /// wait for the reply. Default: QEMU keeps the set.
    pub fn remove_on_drop(mut self) -> Self {
        self.cleanup.enable();
        self
    }
}

impl<C: cleanup::Post> fmt::Debug for NamedFd<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedFd").field(&self.name).finish()
    }
}

impl<C: cleanup::Post> fmt::Debug for FdSet<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FdSet").field(&self.id).finish()
    }
}

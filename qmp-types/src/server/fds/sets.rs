//! The sets of descriptors of a server.

use std::collections::BTreeMap;
use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::{Arc, Mutex, Weak};

use crate::server::connections::Connections;
use crate::sync::lock;
use crate::{Error, Result};

/// The result of [`FdStore::add_fd`](super::FdStore::add_fd).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddedFd {
    /// The id of the set.
    pub fdset_id: i64,
    /// The number of the descriptor in the server's process.
    pub fd: i64,
}

/// A set of descriptors, as [`FdStore::fdsets`](super::FdStore::fdsets) lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FdSet {
    /// The id.
    pub fdset_id: i64,
    /// The descriptors, in the order in which they were added. There may be none while an
    /// [`OpenFile`](super::OpenFile) of the set exists.
    pub fds: Vec<FdSetMember>,
}

/// A descriptor of an [`FdSet`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FdSetMember {
    /// The number of the descriptor in the server's process.
    pub fd: i64,
    /// The client's own description.
    pub opaque: Option<String>,
}

/// All sets, by id.
#[derive(Debug, Default)]
pub(super) struct Sets {
    sets: BTreeMap<i64, Set>,
    /// The servers whose clients have added descriptors. Mostly one.
    servers: Vec<Weak<Connections>>,
}

#[derive(Debug, Default)]
struct Set {
    fds: Vec<Entry>,
    /// How many duplicates of the descriptors are in use.
    in_use: usize,
}

#[derive(Debug)]
struct Entry {
    fd: OwnedFd,
    opaque: Option<String>,
}

impl Entry {
    fn number(&self) -> i64 {
        self.fd.as_raw_fd().into()
    }
}

impl Sets {
    /// Adds a server whose clients use the sets. Returns `false` if it was added before.
    pub(super) fn add_server(&mut self, server: &Arc<Connections>) -> bool {
        self.servers.retain(|known| known.strong_count() > 0);
        let is_new = !self.servers.iter().any(|known| known.as_ptr() == Arc::as_ptr(server));
        if is_new {
            self.servers.push(Arc::downgrade(server));
        }
        is_new
    }

    pub(super) fn add(&mut self, fd: OwnedFd, id: Option<i64>, opaque: Option<String>) -> Result<AddedFd> {
        let fdset_id = match id {
            Some(id) if id < 0 => return Err(Error::generic("Parameter 'fdset-id' expects a non-negative value")),
            Some(id) => id,
            None => self.lowest_free_id(),
        };
        let entry = Entry { fd, opaque };
        let added = AddedFd { fdset_id, fd: entry.number() };
        self.sets.entry(fdset_id).or_default().fds.push(entry);
        Ok(added)
    }

    fn lowest_free_id(&self) -> i64 {
        (0..).zip(self.sets.keys()).find(|(free, used)| free != *used).map_or(self.sets.len() as i64, |(free, _)| free)
    }

    pub(super) fn remove(&mut self, id: i64, fd: Option<i64>) -> Result<()> {
        let Some(set) = self.sets.get_mut(&id) else { return Err(not_found(id, fd)) };
        match fd {
            None => set.fds.clear(),
            Some(number) => {
                let found = set.fds.iter().position(|entry| entry.number() == number);
                drop(set.fds.remove(found.ok_or_else(|| not_found(id, fd))?));
            }
        }
        self.sets.retain(|_, set| !set.fds.is_empty() || set.in_use > 0);
        Ok(())
    }

    pub(super) fn list(&self) -> Vec<FdSet> {
        let member = |entry: &Entry| FdSetMember { fd: entry.number(), opaque: entry.opaque.clone() };
        let set = |(id, set): (&i64, &Set)| FdSet { fdset_id: *id, fds: set.fds.iter().map(member).collect() };
        self.sets.iter().rev().map(set).collect()
    }

    /// Duplicates the first descriptor of a set that is suitable, and counts the duplicate as in use.
    ///
    /// # Errors
    /// If there is no such set, if none of its descriptors is suitable, or if it cannot be duplicated.
    pub(super) fn duplicate(
        &mut self,
        id: i64,
        suitable: impl Fn(&OwnedFd) -> rustix::io::Result<bool>,
    ) -> rustix::io::Result<OwnedFd> {
        let set = self.sets.get_mut(&id).ok_or(rustix::io::Errno::NOENT)?;
        for entry in &set.fds {
            if suitable(&entry.fd)? {
                let fd = rustix::io::fcntl_dupfd_cloexec(&entry.fd, 0)?;
                set.in_use += 1;
                return Ok(fd);
            }
        }
        Err(rustix::io::Errno::ACCESS)
    }

    /// Ends the use of a duplicate, which may have been all that kept its set.
    pub(super) fn release(sets: &Mutex<Self>, id: i64) {
        let mut sets = lock(sets);
        let has_clients = sets.has_clients();
        let Some(set) = sets.sets.get_mut(&id) else { return };
        set.in_use -= 1;
        if set.in_use == 0 && (set.fds.is_empty() || !has_clients) {
            sets.sets.remove(&id);
        }
    }

    /// Closes the sets that are not in use, if no client is connected that could use them.
    pub(super) fn close_unused(sets: &Mutex<Self>) {
        let mut sets = lock(sets);
        if !sets.has_clients() {
            sets.sets.retain(|_, set| set.in_use > 0);
        }
    }

    fn has_clients(&self) -> bool {
        self.servers.iter().filter_map(Weak::upgrade).any(|server| server.has_connections())
    }
}

fn not_found(id: i64, fd: Option<i64>) -> Error {
    let fd = fd.map(|fd| format!(", fd:{fd}")).unwrap_or_default();
    Error::generic(format!("File descriptor named 'fdset-id:{id}{fd}' not found"))
}

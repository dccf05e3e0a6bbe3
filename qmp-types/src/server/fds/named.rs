//! The named descriptors of a session.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::sync::Mutex;

use crate::sync::lock;

/// The named descriptors of a session, by the number of their store and by their names.
#[derive(Debug, Default)]
pub(super) struct NamedFds(Mutex<BTreeMap<u64, BTreeMap<String, OwnedFd>>>);

impl NamedFds {
    /// Names a descriptor. The one that had the name is closed.
    pub(super) fn insert(&self, store: u64, name: String, fd: OwnedFd) {
        lock(&self.0).entry(store).or_default().insert(name, fd);
    }

    pub(super) fn take(&self, store: u64, name: &str) -> Option<OwnedFd> {
        lock(&self.0).get_mut(&store)?.remove(name)
    }
}

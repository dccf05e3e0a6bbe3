//! Network backends and links.

use std::os::fd::OwnedFd;

use qmp_types::{Context, Error, Result};

use super::Machine;
use super::model::Backend;
use crate::qmp::{self, NetdevType};

/// A network backend.
#[derive(Debug)]
pub(super) struct Netdev {
    link_up: bool,
    /// The interface of a `tap` backend, open as long as the backend exists.
    _tap: Option<OwnedFd>,
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn netdev_add(&self, netdev: qmp::Netdev, cx: &Context) -> Result<()> {
        let mut state = self.lock();
        if state.netdevs.contains_key(&netdev.id) {
            return Err(Error::generic(format!("Duplicate ID '{}' for netdev", netdev.id)));
        }
        let tap = match netdev.type_ {
            NetdevType::Tap(tap) => Some(self.take_tap(tap.fd, cx)?),
            _ => None,
        };
        state.netdevs.insert(netdev.id, Netdev { link_up: true, _tap: tap });
        Ok(())
    }

    #[qmp_command]
    fn netdev_del(&self, id: String) -> Result<()> {
        let mut state = self.lock();
        if state.devices.uses(Backend::Netdev, &id) {
            return Err(Error::generic(format!("Netdev '{id}' is in use")));
        }
        state.netdevs.remove(&id).map(drop).ok_or_else(|| Error::device_not_found(id))
    }

    #[qmp_command]
    fn set_link(&self, name: String, up: bool) -> Result<()> {
        let mut state = self.lock();
        let link = match state.netdevs.get_mut(&name) {
            Some(netdev) => Some(&mut netdev.link_up),
            None => state.devices.link_mut(&name),
        };
        *link.ok_or_else(|| Error::device_not_found(name))? = up;
        Ok(())
    }
}

impl Machine {
    /// Takes the descriptor that `getfd` has stored under this name.
    fn take_tap(&self, fdname: Option<String>, cx: &Context) -> Result<OwnedFd> {
        let fdname = fdname
            .ok_or_else(|| Error::generic("Parameter 'fd' is missing: this machine opens no interface itself"))?;
        self.0.fds.take(cx, &fdname)
    }

    /// Returns whether the link of this network backend or card is up. No command reports it.
    #[must_use]
    pub fn link_is_up(&self, name: &str) -> Option<bool> {
        let mut state = self.lock();
        let netdev = state.netdevs.get(name).map(|netdev| netdev.link_up);
        netdev.or_else(|| state.devices.link_mut(name).copied())
    }
}

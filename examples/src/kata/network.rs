//! Network cards, behind interfaces of the host that are already open.

use std::os::fd::OwnedFd;

use qmp_types::qemu::blocking::NamedFd;

use super::qmp::{DeviceAddArgs, Netdev, NetdevTapOptions};
use super::{Monitor, Result};

/// A network card and the interface behind it.
#[derive(Debug)]
pub struct NetworkDevice {
    /// The id of the interface. The card's is `frontend-ID`.
    pub id: String,
    /// The card's address.
    pub mac: String,
    /// The number of pairs of queues.
    pub queues: u32,
    /// The queues of the interface, open.
    pub fds: Vec<OwnedFd>,
    /// The kernel's `vhost` for each queue, or none.
    pub vhost_fds: Vec<OwnedFd>,
}

impl Monitor {
    /// Plugs in a network card.
    ///
    /// # Errors
    /// If a descriptor is not an open interface, or there is no slot left. The interface is removed again.
    pub fn hotplug_network_device(&mut self, device: &NetworkDevice) -> Result<()> {
        // QEMU closes the descriptors that `netdev_add` does not take.
        let fds = self.pass_fds("fd", &device.fds)?;
        let vhost_fds = self.pass_fds("vhostfd", &device.vhost_fds)?;
        let vhost = (!vhost_fds.is_empty()).then(|| names(&vhost_fds));
        let tap = NetdevTapOptions::new().fds(names(&fds)).vhost(vhost.as_ref().map(|_| true)).vhostfds(vhost);
        self.vm.netdev_add(Netdev::tap(&device.id, tap))?;

        // For each pair of queues two, one for the configuration and one for control; channel devices have none.
        let vectors = self.ccw.is_none().then_some(2 * device.queues + 2);
        let card = DeviceAddArgs::new(self.driver("virtio-net"))
            .id(format!("frontend-{}", device.id))
            .property("netdev", &device.id)
            .property("mac", &device.mac)
            .property("mq", true)
            .property("vectors", vectors);
        self.plug(card).inspect_err(|_| {
            let _ = self.vm.netdev_del(&device.id);
        })?;
        Ok(())
    }

    fn pass_fds(&self, prefix: &str, fds: &[OwnedFd]) -> Result<Vec<NamedFd>> {
        let pass = |(index, fd)| Ok(NamedFd::pass(&self.vm, format!("{prefix}{index}"), fd)?.close_on_drop());
        fds.iter().enumerate().map(pass).collect()
    }
}

fn names(fds: &[NamedFd]) -> String {
    fds.iter().map(NamedFd::name).collect::<Vec<_>>().join(":")
}

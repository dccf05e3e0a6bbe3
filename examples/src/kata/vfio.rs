//! Devices of the host.

use super::qmp::DeviceAddArgs;
use super::{Monitor, Result};

impl Monitor {
    /// Hands a PCI device of the host to the guest, at a port of its own, and returns the slots from the root to it.
    ///
    /// # Errors
    /// If the host does not release the device, or there is no such bus.
    pub fn hotplug_vfio_pci_device(&self, id: &str, driver: &str, host: &str, bus: &str) -> Result<String> {
        let host = if host.starts_with("0000") { host.to_owned() } else { format!("0000:{host}") };
        let device = DeviceAddArgs::new(driver).id(id).bus(bus);
        let device = device.property("addr", "0x0").property("host", host).property("multifunction", false);
        self.vm.device_add(device)?;
        self.pci_path(id)
    }

    /// Hands a cryptographic adapter of s390x to the guest.
    ///
    /// # Errors
    /// If the host does not release the device.
    pub fn hotplug_vfio_ap_device(&self, id: &str, sysfs_path: &str) -> Result<()> {
        Ok(self.vm.device_add(DeviceAddArgs::new("vfio-ap").id(id).property("sysfsdev", sysfs_path))?)
    }
}

//! Places for devices: slots of PCI bridges, or device numbers of the channel subsystem.

use std::collections::BTreeMap;

use super::qmp::{DeviceAddArgs, PciDeviceInfo};
use super::{Monitor, Result};

/// The slots of a bridge that devices can be plugged into.
const SLOTS: std::ops::RangeInclusive<i64> = 1..=30;

/// The bridges `pci-bridge-N`, and the device in each occupied slot.
#[derive(Debug, Default)]
pub(super) struct PciBridges(Vec<BTreeMap<i64, String>>);

/// The place of a device.
pub(super) enum Place {
    Pci { bus: String, slot: i64 },
    Ccw { devno: String },
}

impl PciBridges {
    pub(super) fn new(count: u32) -> Self {
        Self((0..count).map(|_| BTreeMap::new()).collect())
    }

    fn free_slot(&self) -> Option<(String, i64)> {
        let slot = |slots: &BTreeMap<i64, String>| SLOTS.into_iter().find(|slot| !slots.contains_key(slot));
        self.0.iter().enumerate().find_map(|(index, slots)| Some((bridge(index), slot(slots)?)))
    }

    fn occupy(&mut self, bus: &str, slot: i64, device: &str) {
        if let Some((_, slots)) = self.0.iter_mut().enumerate().find(|(index, _)| bridge(*index) == bus) {
            slots.insert(slot, device.to_owned());
        }
    }

    fn release(&mut self, device: &str) {
        self.0.iter_mut().for_each(|slots| slots.retain(|_, other| other != device));
    }
}

impl Monitor {
    /// Returns the model of a virtio device for the machine's bus.
    pub(super) fn driver(&self, kind: &str) -> String {
        let bus = if self.ccw.is_some() { "ccw" } else { "pci" };
        format!("{kind}-{bus}")
    }

    /// Plugs a device into a free place.
    pub(super) fn plug(&mut self, device: DeviceAddArgs) -> Result<Place> {
        let id = device.id.clone().unwrap_or_default();
        let place = self.occupy(&id)?;
        let added = self.vm.device_add(match &place {
            Place::Pci { bus, slot } => device.bus(bus).property("addr", format!("{slot:02}")),
            Place::Ccw { devno } => device.property("devno", devno),
        });
        if let Err(error) = added {
            self.release(&id);
            return Err(error.into());
        }
        Ok(place)
    }

    fn occupy(&mut self, device: &str) -> Result<Place> {
        if let Some(ccw) = &mut self.ccw {
            let devno = ccw.add(device).ok_or("no free device number on the channel subsystem")?;
            return Ok(Place::Ccw { devno });
        }
        let (bus, slot) = match self.bridges.free_slot() {
            Some(free) => free,
            None => self.queried_free_slot()?.ok_or("no free slot on the PCI bridges")?,
        };
        self.bridges.occupy(&bus, slot, device);
        Ok(Place::Pci { bus, slot })
    }

    /// Forgets the place of a device.
    pub(super) fn release(&mut self, device: &str) {
        self.bridges.release(device);
        if let Some(ccw) = &mut self.ccw {
            ccw.remove(device);
        }
    }

    /// Finds a free slot of a bridge that the machine has, also behind other bridges.
    fn queried_free_slot(&self) -> Result<Option<(String, i64)>> {
        Ok(self.vm.query_pci()?.iter().find_map(|bus| free_slot_behind(&bus.devices)))
    }

    /// Returns the slots from the root to a device, such as `02/01`.
    ///
    /// # Errors
    /// If there is no such device.
    pub fn pci_path(&self, device: &str) -> Result<String> {
        let path = self.vm.query_pci()?.iter().find_map(|bus| path_to(device, &bus.devices));
        let slots: Vec<String> = path.ok_or("no such device")?.iter().map(|slot| format!("{slot:02x}")).collect();
        Ok(slots.join("/"))
    }
}

fn bridge(index: usize) -> String {
    format!("pci-bridge-{index}")
}

fn children(device: &PciDeviceInfo) -> &[PciDeviceInfo] {
    device.pci_bridge.as_ref().and_then(|bridge| bridge.devices.as_deref()).unwrap_or_default()
}

fn free_slot_behind(devices: &[PciDeviceInfo]) -> Option<(String, i64)> {
    devices.iter().find_map(|device| {
        let is_free = |slot: &i64| children(device).iter().all(|child| child.slot != *slot);
        match device.qdev_id.starts_with("pci-bridge-").then(|| SLOTS.into_iter().find(is_free)).flatten() {
            Some(slot) => Some((device.qdev_id.clone(), slot)),
            None => free_slot_behind(children(device)),
        }
    })
}

fn path_to(device: &str, devices: &[PciDeviceInfo]) -> Option<Vec<i64>> {
    devices.iter().find_map(|other| match other.qdev_id == device {
        true => Some(vec![other.slot]),
        false => path_to(device, children(other)).map(|path| [vec![other.slot], path].concat()),
    })
}

//! Devices: adding and removing them, and queries.

use qmp_types::{Context, Error, Map, Result, Value};

use super::drive::Drive;
use super::model::{BUILT_IN, Backend, Kind, Model};
use super::{Machine, State};
use crate::qmp::{
    DeviceAddArgs, MouseInfo, PciDeviceClass, PciDeviceId, PciDeviceInfo, PciInfo, PciMemoryRegion, events,
};

/// The number of slots of the PCI bus.
const SLOTS: u8 = 32;

/// A device.
#[derive(Debug)]
struct Device {
    id: Option<String>,
    model: &'static Model,
    slot: Option<u8>,
    /// The name of the node, network backend or character backend that it uses.
    backend: Option<String>,
    link_up: bool,
}

/// All devices, in the order in which they were added.
#[derive(Debug)]
pub(super) struct Devices(Vec<Device>);

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn device_add(&self, arguments: Map<String, Value>) -> Result<()> {
        // The schema says `'gen': false`, so the arguments arrive unchecked.
        let DeviceAddArgs { driver, bus, id, extra } = arguments.try_into()?;
        let model = Model::find(&driver)
            .ok_or_else(|| Error::generic(format!("'{driver}' is not a valid device model name")))?;
        if let Some(bus) = bus.filter(|bus| bus != model.bus()) {
            return Err(Error::generic(format!("Bus '{bus}' not found")));
        }
        let properties = Properties::read(model, extra)?;
        self.lock().plug(model, id, properties)
    }

    #[qmp_command]
    fn device_del(&self, id: String, cx: &Context) -> Result<()> {
        self.lock().unplug(&id)?;
        let path = format!("/machine/peripheral/{id}");
        cx.emit(events::DeviceDeleted { device: Some(id), path });
        Ok(())
    }

    #[qmp_command]
    fn query_pci(&self) -> Vec<PciInfo> {
        let state = self.lock();
        vec![PciInfo::new(0, state.devices.0.iter().filter_map(Device::pci_info))]
    }

    /// The pointer that was added last is the active one.
    #[qmp_command]
    fn query_mice(&self) -> Vec<MouseInfo> {
        let state = self.lock();
        let mice = state.devices.0.iter().filter_map(|device| match device.model.kind {
            Kind::Mouse { title, absolute } => Some((title, absolute)),
            Kind::Pci { .. } => None,
        });
        let last = mice.clone().count() - 1;
        let info = |(index, (title, absolute))| MouseInfo::new(title, index as i64, index == last, absolute);
        mice.enumerate().map(info).collect()
    }
}

/// The arguments of `device_add` beside model and name.
struct Properties {
    backend: Option<String>,
    slot: Option<u8>,
}

impl Properties {
    fn read(model: &Model, given: Map<String, Value>) -> Result<Self> {
        let mut properties = Self { backend: None, slot: None };
        for (name, value) in given {
            let Value::String(text) = value else {
                return Err(Error::generic(format!("Invalid parameter type for '{name}', expected: string")));
            };
            match model.backend {
                Some(backend) if backend.property() == name => properties.backend = Some(text),
                _ if name == "addr" && matches!(model.kind, Kind::Pci { .. }) => properties.slot = Some(slot(&text)?),
                _ => return Err(Error::generic(format!("Property '{}.{name}' not found", model.name))),
            }
        }
        Ok(properties)
    }
}

/// A slot of the PCI bus, in hexadecimal digits.
fn slot(text: &str) -> Result<u8> {
    let slot = u8::from_str_radix(text, 16).ok().filter(|slot| *slot < SLOTS);
    slot.ok_or_else(|| Error::generic(format!("Property 'addr' doesn't take value '{text}'")))
}

impl State {
    fn plug(&mut self, model: &'static Model, id: Option<String>, properties: Properties) -> Result<()> {
        if let Some(id) = id.as_deref().filter(|id| self.devices.find(id).is_some()) {
            return Err(Error::generic(format!("Duplicate device ID '{id}'")));
        }
        if let Some(backend) = model.backend {
            self.check_backend(backend, properties.backend.as_deref())?;
        }
        let slot = match model.kind {
            Kind::Pci { .. } => Some(self.devices.free_slot(model, properties.slot)?),
            Kind::Mouse { .. } => None,
        };
        if let (Some(Backend::Drive), Some(node)) = (model.backend, &properties.backend) {
            self.block.drives.push(Drive::disk("", id.as_deref().unwrap_or_default(), node));
        }
        self.devices.0.push(Device { id, model, slot, backend: properties.backend, link_up: true });
        Ok(())
    }

    /// Checks that the backend exists and is not in use. A network card needs none.
    fn check_backend(&self, backend: Backend, name: Option<&str>) -> Result<()> {
        let property = backend.property();
        let Some(name) = name else {
            let optional = backend == Backend::Netdev;
            return optional.then_some(()).ok_or_else(|| Error::generic(format!("{property} property not set")));
        };
        let (exists, used) = match backend {
            Backend::Drive => (self.block.graph.get(name).is_ok(), self.block.is_used(name)),
            Backend::Netdev => (self.netdevs.contains_key(name), self.devices.uses(backend, name)),
            Backend::Chardev => (self.chardevs.contains_key(name), self.devices.uses(backend, name)),
        };
        match (exists, used) {
            (false, _) => Err(Error::generic(format!("Property '{property}' can't find value '{name}'"))),
            (true, true) => {
                Err(Error::generic(format!("Property '{property}' can't take value '{name}', it's in use")))
            }
            (true, false) => Ok(()),
        }
    }

    fn unplug(&mut self, id: &str) -> Result<()> {
        let index = self.devices.find(id).ok_or_else(|| Error::device_not_found(id))?;
        let device = self.devices.0.remove(index);
        if device.model.backend == Some(Backend::Drive) {
            self.block.drives.retain(|drive| drive.medium != device.backend);
        }
        Ok(())
    }
}

impl Devices {
    /// The built-in devices.
    pub(super) fn new() -> Self {
        let device = |(slot, model): (u8, &'static Model)| Device {
            id: None,
            model,
            slot: matches!(model.kind, Kind::Pci { .. }).then_some(slot),
            backend: None,
            link_up: false,
        };
        Self((0..).zip(&BUILT_IN).map(device).collect())
    }

    /// The character backends of the serial ports.
    pub(super) fn serial_ports(&self) -> impl Iterator<Item = &String> {
        let ports = self.0.iter().filter(|device| device.model.backend == Some(Backend::Chardev));
        ports.filter_map(|device| device.backend.as_ref())
    }

    /// Returns whether a device uses this backend.
    pub(super) fn uses(&self, backend: Backend, name: &str) -> bool {
        self.0.iter().any(|device| device.model.backend == Some(backend) && device.backend.as_deref() == Some(name))
    }

    /// The link of a network card.
    pub(super) fn link_mut(&mut self, id: &str) -> Option<&mut bool> {
        let device = self.find(id).map(|index| &mut self.0[index])?;
        (device.model.backend == Some(Backend::Netdev)).then_some(&mut device.link_up)
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|device| device.id.as_deref() == Some(id))
    }

    fn free_slot(&self, model: &Model, wanted: Option<u8>) -> Result<u8> {
        let is_free = |slot: &u8| self.0.iter().all(|device| device.slot != Some(*slot));
        match wanted {
            Some(slot) => Some(slot).filter(is_free).ok_or_else(|| {
                Error::generic(format!("PCI: slot {slot} function 0 not available for {}, in use", model.name))
            }),
            None => (0..SLOTS).find(is_free).ok_or_else(|| {
                Error::generic(format!("PCI: no slot/function available for {}, all in use or reserved", model.name))
            }),
        }
    }
}

impl Device {
    /// Describes the device for `query-pci`. Returns `None` if it is not on the PCI bus.
    fn pci_info(&self) -> Option<PciDeviceInfo> {
        let Kind::Pci { vendor, device, class, desc } = self.model.kind else { return None };
        let slot = i64::from(self.slot?);
        let class = PciDeviceClass { desc: Some(desc.to_owned()), class };
        let id = self.id.as_deref().unwrap_or_default();
        // The firmware maps each slot to a page of its own, below the top of the address space.
        let registers = PciMemoryRegion::new(0, "memory", 0xfeb0_0000 + slot * 0x1000, 0x1000);
        Some(PciDeviceInfo::new(0, slot, 0, class, PciDeviceId::new(device, vendor), 1, id, vec![registers]))
    }
}

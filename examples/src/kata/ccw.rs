//! The channel subsystem of s390x: device numbers.

use std::collections::BTreeMap;

/// The device numbers of one channel subsystem, each with the device that has it.
#[derive(Debug, Default)]
pub struct CcwBus {
    devices: BTreeMap<u16, String>,
}

impl CcwBus {
    /// Creates the bus of a machine that was started with these devices, in the order of their numbers.
    #[must_use]
    pub fn new<S: Into<String>>(devices: impl IntoIterator<Item = S>) -> Self {
        Self { devices: (0..).zip(devices.into_iter().map(Into::into)).collect() }
    }

    /// Gives a device the first free number, and returns its address.
    pub(super) fn add(&mut self, device: &str) -> Option<String> {
        let number = (0..=u16::MAX).find(|number| !self.devices.contains_key(number))?;
        self.devices.insert(number, device.to_owned());
        Some(format!("fe.0.{number:04x}"))
    }

    pub(super) fn remove(&mut self, device: &str) {
        self.devices.retain(|_, other| other != device);
    }
}

//! The models of devices that can be plugged in.

/// The backend that a device needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Backend {
    Drive,
    Netdev,
    Chardev,
}

/// A model of device.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) backend: Option<Backend>,
}

/// The bus of a device.
#[derive(Debug)]
pub(super) enum Kind {
    /// A PCI slot.
    Pci { vendor: i64, device: i64, class: i64, desc: &'static str },
    /// A pointer device.
    Mouse { title: &'static str, absolute: bool },
}

/// The built-in devices, in the order of their slots: the host bridge in slot 0, and so on.
pub(super) static BUILT_IN: [Model; 4] = [
    pci("i440FX", 0x8086, 0x1237, 0x0600, "Host bridge", None),
    pci("piix3-ide", 0x8086, 0x7010, 0x0101, "IDE controller", None),
    pci("VGA", 0x1234, 0x1111, 0x0300, "VGA controller", None),
    Model { name: "ps2-mouse", kind: Kind::Mouse { title: "PS/2 Mouse", absolute: false }, backend: None },
];

/// The models that `device_add` accepts.
static PLUGGABLE: [Model; 7] = [
    pci("virtio-blk-pci", 0x1af4, 0x1001, 0x0100, "SCSI controller", Some(Backend::Drive)),
    pci("virtio-net-pci", 0x1af4, 0x1000, 0x0200, "Ethernet controller", Some(Backend::Netdev)),
    pci("e1000", 0x8086, 0x100e, 0x0200, "Ethernet controller", Some(Backend::Netdev)),
    pci("pci-serial", 0x1b36, 0x0002, 0x0700, "Serial port", Some(Backend::Chardev)),
    pci("virtio-rng-pci", 0x1af4, 0x1005, 0x00ff, "RNG", None),
    Model { name: "usb-mouse", kind: Kind::Mouse { title: "USB Mouse", absolute: false }, backend: None },
    Model { name: "usb-tablet", kind: Kind::Mouse { title: "USB Tablet", absolute: true }, backend: None },
];

impl Model {
    /// Finds a model that `device_add` accepts.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        PLUGGABLE.iter().find(|model| model.name == name)
    }

    /// The bus that takes it.
    pub(super) fn bus(&self) -> &'static str {
        match self.kind {
            Kind::Pci { .. } => "pci.0",
            Kind::Mouse { .. } => "usb-bus.0",
        }
    }
}

impl Backend {
    /// The property that names the backend.
    pub(super) fn property(self) -> &'static str {
        match self {
            Self::Drive => "drive",
            Self::Netdev => "netdev",
            Self::Chardev => "chardev",
        }
    }
}

const fn pci(
    name: &'static str,
    vendor: i64,
    device: i64,
    class: i64,
    desc: &'static str,
    backend: Option<Backend>,
) -> Model {
    Model { name, kind: Kind::Pci { vendor, device, class, desc }, backend }
}

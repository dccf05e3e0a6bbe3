//! A running QEMU, and the monitor that the functions use.

use examples::kata::Monitor;
use test_support::{Generation, Server, TIME_LIMIT, within};

/// The bridge lets devices go at once that no guest has taken, as SHPC does and ACPI does not.
const OPTIONS: &str = "-M q35 -accel tcg -nodefaults -display none -smp 1,maxcpus=4 -m 256M,slots=4,maxmem=4G \
    -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off -device pcie-pci-bridge,id=pci-bridge-0 \
    -device pcie-root-port,id=port0,chassis=1 -device virtio-scsi-pci,id=scsi0 -object iothread,id=io0";

/// Runs a test against each generation of QEMU that is set up, after its firmware has configured the machine.
pub(crate) fn for_each(test: impl Fn(&Server, Monitor)) {
    for (qemu, monitor) in machines("") {
        within(TIME_LIMIT, || is_configured(&monitor).then_some(())).expect("the firmware gives the bridge a bus");
        test(&qemu, monitor);
    }
}

fn is_configured(monitor: &Monitor) -> bool {
    let buses = monitor.client().query_pci().unwrap();
    let mut bridges = buses.iter().flat_map(|bus| &bus.devices).filter(|device| device.qdev_id == "pci-bridge-0");
    bridges.any(|bridge| bridge.pci_bridge.as_ref().is_some_and(|bridge| bridge.bus.secondary != 0))
}

/// Starts a machine of each generation of QEMU that is set up, with further options.
pub(crate) fn machines(options: &str) -> impl Iterator<Item = (Server, Monitor)> {
    let options = format!("{OPTIONS} {options}").trim().to_owned();
    Generation::ALL.into_iter().filter_map(move |generation| {
        let qemu = Server::emulator(generation, &options)?;
        let mut monitor = Monitor::connect(qemu.socket()).unwrap();
        monitor.init_pci_bridges(1);
        Some((qemu, monitor))
    })
}

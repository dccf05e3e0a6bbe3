use std::fs::File;

use examples::kata::qmp::ClosefdArgs;
use examples::kata::{CcwBus, NetworkDevice};

use crate::machine::for_each;
use crate::tap;

fn card(fds: Vec<std::os::fd::OwnedFd>) -> NetworkDevice {
    NetworkDevice { id: "net0".into(), mac: "52:54:00:12:34:56".into(), queues: 1, fds, vhost_fds: Vec::new() }
}

#[test]
fn a_network_card_is_plugged_in_behind_an_open_interface() {
    for_each(|_, mut monitor| {
        let Some(tap) = tap::open() else { return };
        monitor.hotplug_network_device(&card(vec![tap])).unwrap();
        assert!(monitor.pci_path("frontend-net0").unwrap().ends_with("/01"));
    });
}

#[test]
fn what_is_no_interface_is_refused_and_closed() {
    for_each(|qemu, mut monitor| {
        let file = File::create(qemu.folder().join("file")).unwrap();
        let refused = monitor.hotplug_network_device(&card(vec![file.into()])).unwrap_err().to_string();
        assert!(refused.contains("TUNGETIFF"), "{refused}");
        assert!(monitor.client().closefd(ClosefdArgs::new("fd0")).is_err(), "QEMU has closed it");
        assert!(monitor.pci_path("frontend-net0").is_err());
    });
}

/// A machine of x86 has no channel subsystem: the number is given back.
#[test]
fn a_card_that_the_machine_has_no_bus_for_leaves_no_interface() {
    for_each(|_, mut monitor| {
        let Some(tap) = tap::open() else { return };
        monitor.set_ccw_bus(CcwBus::new(["console"]));
        let device = card(vec![tap]);
        let refused = monitor.hotplug_network_device(&device).unwrap_err().to_string();
        assert!(refused.contains("virtio-net-ccw"), "{refused}");
        assert!(monitor.client().netdev_del("net0").unwrap_err().is_device_not_found());
    });
}

use examples::qmp::{DeviceAddArgs, events};
use qmp_types::Result;

use crate::support::{Vm, assert_not_found, generic, happened};

fn add(vm: &Vm, driver: &str, id: &str, properties: &[(&str, &str)]) -> Result<()> {
    vm.device_add(DeviceAddArgs::new(driver).id(id).properties(properties.iter().copied()))
}

/// The names on the PCI bus, with their slots.
fn plugged(vm: &Vm) -> Vec<(String, i64)> {
    let devices = vm.query_pci().unwrap().remove(0).devices.into_iter();
    devices.filter(|device| !device.qdev_id.is_empty()).map(|device| (device.qdev_id, device.slot)).collect()
}

#[test]
fn device_add_then_query_pci_then_device_del() {
    let vm = Vm::start();
    assert_eq!(plugged(&vm), []);
    add(&vm, "virtio-rng-pci", "rng0", &[]).unwrap();
    add(&vm, "e1000", "nic0", &[("addr", "1f")]).unwrap();
    assert_eq!(plugged(&vm), [("rng0".to_owned(), 3), ("nic0".to_owned(), 31)]);

    let deleted = vm.expect::<events::DeviceDeleted>(|event| event.device.as_deref() == Some("rng0"));
    vm.device_del("rng0").unwrap();
    assert_eq!(happened(deleted).path, "/machine/peripheral/rng0");
    assert_eq!(plugged(&vm), [("nic0".to_owned(), 31)]);
    assert_not_found(vm.device_del("rng0"), "rng0");
    add(&vm, "virtio-rng-pci", "rng0", &[]).unwrap();
}

#[test]
fn a_device_says_what_it_does_not_know_or_lacks() {
    let vm = Vm::start();
    add(&vm, "e1000", "nic0", &[]).unwrap();
    let refused = |driver, id, properties: &[_]| generic(add(&vm, driver, id, properties));
    assert_eq!(refused("warp-drive", "w0", &[]), "'warp-drive' is not a valid device model name");
    assert_eq!(refused("e1000", "nic0", &[]), "Duplicate device ID 'nic0'");
    assert_eq!(refused("e1000", "nic1", &[("colour", "red")]), "Property 'e1000.colour' not found");
    assert_eq!(refused("e1000", "nic1", &[("addr", "20")]), "Property 'addr' doesn't take value '20'");
    assert_eq!(refused("e1000", "nic1", &[("addr", "3")]), "PCI: slot 3 function 0 not available for e1000, in use");
    assert_eq!(refused("virtio-blk-pci", "d0", &[]), "drive property not set");
    assert_eq!(refused("virtio-blk-pci", "d0", &[("drive", "x")]), "Property 'drive' can't find value 'x'");
    assert_eq!(
        refused("virtio-blk-pci", "d0", &[("drive", "disk0")]),
        "Property 'drive' can't take value 'disk0', it's in use"
    );
    let bus = DeviceAddArgs::new("e1000").bus("pci.7");
    assert_eq!(generic(vm.device_add(bus)), "Bus 'pci.7' not found");
}

#[test]
fn slots_run_out() {
    let vm = Vm::start();
    let refused = (0..40).find_map(|n| add(&vm, "virtio-rng-pci", &format!("rng{n}"), &[]).err());
    assert_eq!(plugged(&vm).len(), 29);
    let text = "PCI: no slot/function available for virtio-rng-pci, all in use or reserved";
    assert_eq!(refused.unwrap().desc(), Some(text));
}

#[test]
fn a_disk_can_be_plugged_in() {
    let vm = Vm::start();
    let mut raw = vm.raw();
    raw.ask(r#"{"execute":"blockdev-add","arguments":{"driver":"null-co","node-name":"data"}}"#);
    add(&vm, "virtio-blk-pci", "vd0", &[("drive", "data")]).unwrap();
    let disk = vm.query_block().unwrap().into_iter().find(|info| info.qdev.as_deref() == Some("vd0")).unwrap();
    assert_eq!(disk.inserted.unwrap().node_name.as_deref(), Some("data"));
    assert_eq!(generic(vm.blockdev_del("data")), "Node 'data' is in use");
    vm.device_del("vd0").unwrap();
    vm.blockdev_del("data").unwrap();
}

#[test]
fn a_pointer_can_be_plugged_in() {
    let vm = Vm::start();
    add(&vm, "usb-tablet", "tablet0", &[]).unwrap();
    let mice = vm.query_mice().unwrap();
    let current: Vec<_> = mice.iter().map(|mouse| (mouse.name.as_str(), mouse.current, mouse.absolute)).collect();
    assert_eq!(current, [("PS/2 Mouse", false, false), ("USB Tablet", true, true)]);
    vm.device_del("tablet0").unwrap();
    assert!(vm.query_mice().unwrap()[0].current);
}

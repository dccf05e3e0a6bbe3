use examples::qmp::{DeviceAddArgs, Netdev, NetdevHubPortOptions, NetdevType, NetdevUserOptions, SetLinkArgs};

use crate::support::{Vm, assert_not_found, generic};

fn user(id: &str) -> Netdev {
    Netdev::new(id, NetdevType::User(NetdevUserOptions::default()))
}

#[test]
fn a_backend_lives_as_long_as_a_card_uses_it() {
    let vm = Vm::start();
    vm.netdev_add(user("net0")).unwrap();
    assert_eq!(generic(vm.netdev_add(user("net0"))), "Duplicate ID 'net0' for netdev");
    vm.netdev_add(Netdev::new("hub0", NetdevHubPortOptions::new(1))).unwrap();

    vm.device_add(DeviceAddArgs::new("virtio-net-pci").id("nic0").property("netdev", "net0")).unwrap();
    assert_eq!(generic(vm.netdev_del("net0")), "Netdev 'net0' is in use");
    vm.device_del("nic0").unwrap();
    vm.netdev_del("net0").unwrap();
    assert_not_found(vm.netdev_del("net0"), "net0");
}

#[test]
fn set_link_pulls_a_cable() {
    let vm = Vm::start();
    vm.netdev_add(user("net0")).unwrap();
    vm.device_add(DeviceAddArgs::new("e1000").id("nic0")).unwrap();
    vm.device_add(DeviceAddArgs::new("virtio-rng-pci").id("rng0")).unwrap();
    for name in ["net0", "nic0"] {
        assert_eq!(vm.machine.link_is_up(name), Some(true));
        vm.set_link(SetLinkArgs::new(name, false)).unwrap();
        assert_eq!(vm.machine.link_is_up(name), Some(false));
    }
    assert_not_found(vm.set_link(SetLinkArgs::new("net9", true)), "net9");
    assert_not_found(vm.set_link(SetLinkArgs::new("rng0", true)), "rng0");
}

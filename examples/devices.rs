//! Adds devices whose properties the schema does not name, reads and sets properties, and removes a device again.
//!
//!     cargo run --example devices [SOCKET]
//!
//! To try it:
//!
//!     qemu-system-x86_64 -M q35 -display none -device pcie-root-port,id=port0,chassis=1 \
//!         -device pcie-root-port,id=port1,chassis=2 \
//!         -qmp unix:/tmp/qmp-example.sock,server=on,wait=off

use std::time::Duration;

use examples::kata::qmp::prelude::*;
use qmp_types::qemu::blocking::device_deleted;
use qmp_types::{Properties, Result};

fn main() -> Result<()> {
    let vm = blocking::Client::connect(examples::address())?;

    // An object has a type in the schema: its members are checked by the compiler.
    vm.object_add(ObjectOptions::iothread("io0", IothreadProperties::new().poll_max_ns(32_768)))?;
    vm.netdev_add(Netdev::user("net0", NetdevUserOptions::new().restrict(true)))?;

    // A device has not: booleans, numbers and strings stay what they are. `None` leaves a property out.
    let queue_size: Option<u16> = None;
    let card = DeviceAddArgs::new("virtio-net-pci")
        .id("card0")
        .bus("port0")
        .property("netdev", "net0")
        .property("mac", "52:54:00:12:34:56")
        .property("vectors", 4)
        .property("guest_csum", false)
        .property("tx_queue_size", queue_size);
    vm.device_add(card)?;

    // Properties that several devices share.
    let modern = Properties::new().property("disable-legacy", OnOffAuto::On).property("disable-modern", false);
    vm.device_add(DeviceAddArgs::new("virtio-rng-pci").id("rng0").bus("port1").properties(modern))?;

    for property in ["type", "mac", "vectors", "guest_csum"] {
        println!("card0 {property}: {}", vm.qom_get(QomGetArgs::new("/machine/peripheral/card0", property))?);
    }
    vm.qom_set(QomSetArgs::new("/objects/io0", "poll-max-ns", 0))?;
    println!("io0 poll-max-ns: {}", vm.qom_get(QomGetArgs::new("/objects/io0", "poll-max-ns"))?);

    // Armed before the command: the event cannot be missed.
    let deleted = device_deleted(&vm, "card0").timeout(Duration::from_secs(10));
    vm.device_del("card0")?;
    match deleted.wait() {
        Ok(()) => println!("card0 deleted"),
        Err(error) => println!("card0 remains: {error}"),
    }
    Ok(())
}

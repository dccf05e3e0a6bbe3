use std::fs;

use examples::qmp::{ChardevAddArgs, ChardevBackend, ChardevFile, ChardevRingbuf, DeviceAddArgs, RingbufReadArgs};

use crate::support::{Vm, generic};

fn file(path: String) -> ChardevBackend {
    ChardevBackend::file(ChardevFile::new(path))
}

fn ring(size: i64) -> ChardevBackend {
    ChardevBackend::ringbuf(ChardevRingbuf::new().size(size))
}

fn serial_port(vm: &Vm, id: &str, chardev: &str) {
    vm.device_add(DeviceAddArgs::new("pci-serial").id(id).property("chardev", chardev)).unwrap();
}

#[test]
fn what_a_serial_port_sends_arrives() {
    let vm = Vm::start();
    vm.chardev_add(ChardevAddArgs::new("log", file(vm.file("vm.log")))).unwrap();
    vm.chardev_add(ChardevAddArgs::new("ring", ring(16))).unwrap();
    serial_port(&vm, "com1", "log");
    serial_port(&vm, "com2", "ring");
    vm.system_reset().unwrap();
    vm.system_reset().unwrap();
    assert_eq!(fs::read_to_string(vm.path("vm.log")).unwrap(), "booting\r\nbooting\r\n");
    assert_eq!(vm.ringbuf_read(RingbufReadArgs::new("ring", 9)).unwrap(), "oting\r\nbo", "the newest 16 bytes");
    assert_eq!(vm.ringbuf_read(RingbufReadArgs::new("ring", 99)).unwrap(), "oting\r\n");
    assert_eq!(generic(vm.ringbuf_read(RingbufReadArgs::new("log", 1))), "log is not a ringbuf device");
}

#[test]
fn a_backend_is_listed_and_removed() {
    let vm = Vm::start();
    vm.chardev_add(ChardevAddArgs::new("ring", ring(64))).unwrap();
    serial_port(&vm, "com1", "ring");
    let info = vm.query_chardev().unwrap().remove(0);
    assert_eq!((info.label.as_str(), info.filename.as_str(), info.frontend_open), ("ring", "ringbuf", true));
    assert_eq!(generic(vm.chardev_remove("ring")), "Chardev 'ring' is busy");
    vm.device_del("com1").unwrap();
    assert!(!vm.query_chardev().unwrap()[0].frontend_open);
    vm.chardev_remove("ring").unwrap();
    assert!(vm.query_chardev().unwrap().is_empty());
}

#[test]
fn what_cannot_be_connected_is_refused() {
    let vm = Vm::start();
    assert_eq!(
        generic(vm.chardev_add(ChardevAddArgs::new("r", ring(10)))),
        "size of ringbuf chardev must be power of two"
    );
    let nowhere = ChardevAddArgs::new("f", file(vm.file("missing/vm.log")));
    assert!(generic(vm.chardev_add(nowhere)).starts_with("Could not open"));
    vm.chardev_add(ChardevAddArgs::new("r", ring(8))).unwrap();
    assert_eq!(generic(vm.chardev_add(ChardevAddArgs::new("r", ring(8)))), "Chardev with id 'r' already exists");
    assert_eq!(generic(vm.chardev_remove("f")), "Chardev 'f' not found");
}

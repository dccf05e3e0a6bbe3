//! The example clients against a real QEMU: the example schema's shapes are QEMU's, as far as they go.

use std::path::Path;
use std::time::Duration;

use ::examples::qmp::blocking::Client;
use ::examples::qmp::{BlockdevChangeMediumArgs, EjectArgs, QueryBlockstatsArgs, RunState, SysEmuTarget, events};
use test_support::{Generation, Server};

use crate::support::example;

fn output(name: &str, socket: &Path) -> String {
    let output = example(name).arg(socket).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn clients_drive_qemu() {
    for generation in Generation::ALL {
        let Some(qemu) = Server::emulator(generation, "-M none -nodefaults -display none") else { continue };
        clients_drive(&qemu.socket(), generation);
    }
}

fn clients_drive(socket: &Path, generation: Generation) {
    let client = output("client", socket);
    for line in [
        "status  running",
        "stopped paused",
        "resumed running",
        "refused `device_del`: DeviceNotFound: Device 'no-such-device' not found",
    ] {
        assert!(client.contains(line), "{line:?} is missing:\n{client}");
    }
    let introspection = output("introspect", socket);
    assert!(introspection.contains("command device_del(id: str) -> {}"), "{introspection}");
    assert!(introspection.contains("event DEVICE_TRAY_MOVED(device: str, id: str, tray-open: bool)"));

    // The example's schema gives migration a parameter that QEMU does not have.
    let output = example("compatible").arg(socket).output().unwrap();
    let (status, report) = (output.status.code(), String::from_utf8(output.stdout).unwrap());
    let breaking: Vec<&str> = report.lines().filter_map(|line| line.strip_prefix("breaking  ")).collect();
    let removed = "migrate-set-parameters arguments: optional member `x-chunk-size` removed, was unstable";
    match generation {
        // The suite moves on: later versions may break more.
        Generation::Sid => assert!(breaking.contains(&removed), "{report}"),
        _ => assert_eq!(breaking, [removed], "{report}"),
    }
    let count = format!(" {} of them would break this client\n", breaking.len());
    assert!(status == Some(1) && report.ends_with(&count), "{status:?}:\n{report}");
}

#[test]
fn replies_of_qemu_are_read_by_the_example_schema() {
    let machine = |generation| Server::emulator(generation, "-M pc -accel tcg -S -display none");
    for qemu in Generation::ALL.into_iter().filter_map(machine) {
        replies_are_read(&qemu);
    }
}

#[expect(deprecated, reason = "the machine's own drive has a name and no id")]
fn replies_are_read(qemu: &Server) {
    let vm = Client::connect_unix(qemu.socket()).unwrap();

    assert_eq!(vm.query_status().unwrap().status, RunState::Prelaunch);
    assert_eq!(vm.query_cpus_fast().unwrap()[0].target, SysEmuTarget::X86_64);
    assert!(vm.query_pci().unwrap()[0].devices.iter().any(|device| device.class_info.class == 0x0600));
    assert!(!vm.query_mice().unwrap().is_empty() && !vm.query_chardev().unwrap().is_empty());
    assert!(!vm.query_blockstats(QueryBlockstatsArgs::default()).unwrap().is_empty());
    assert_eq!(vm.query_migrate().unwrap().status, None);
    assert!(!vm.query_kvm().unwrap().enabled && !vm.query_vnc().unwrap().enabled);
    assert!(vm.query_migrate_parameters().unwrap().max_bandwidth.is_some());
    assert_eq!(vm.query_uuid().unwrap().uuid.len(), 36);

    let disc = qemu.folder().join("disc.iso");
    std::fs::write(&disc, [0; 4096]).unwrap();
    let disc = disc.to_str().unwrap().to_owned();
    let device = Some("ide1-cd0".to_owned());
    let change = BlockdevChangeMediumArgs::new(disc.as_str()).device(device.clone());
    vm.blockdev_change_medium(change).unwrap();
    let drive = || vm.query_block().unwrap().into_iter().find(|info| info.device == "ide1-cd0").unwrap();
    let inserted = drive().inserted.unwrap();
    assert_eq!((inserted.file, inserted.ro, inserted.image.virtual_size), (disc, true, 4096));
    let moved = vm.expect::<events::DeviceTrayMoved>(|event| event.tray_open);
    vm.eject(EjectArgs::new().device(device)).unwrap();
    assert_eq!(moved.timeout(Duration::from_secs(10)).wait().unwrap().device, "ide1-cd0");
    assert_eq!(drive().inserted, None);
    vm.quit().unwrap();
}

//! The example clients against a real QEMU: the example schema's shapes are QEMU's, as far as they go.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ::examples::qmp::blocking::Client;
use ::examples::qmp::{BlockdevChangeMediumArgs, EjectArgs, QueryBlockstatsArgs, RunState, SysEmuTarget, events};

use crate::support::{example, installed, within};

/// A machine of QEMU's.
struct Qemu(Child);

impl Qemu {
    fn start(mut qemu: Command, machine: &[&str], socket: &Path) -> Self {
        let monitor = format!("unix:{},server=on,wait=off", socket.display());
        let qemu = qemu.args(machine).args(["-display", "none", "-qmp", &monitor]);
        let qemu = Self(qemu.stdout(Stdio::null()).spawn().unwrap());
        assert!(within(Duration::from_secs(20), || socket.exists().then_some(())).is_some(), "QEMU does not listen");
        qemu
    }
}

impl Drop for Qemu {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn output(name: &str, socket: &Path) -> String {
    let output = example(name).arg(socket).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn clients_drive_qemu() {
    let Some(qemu) = installed("qemu-system-x86_64") else { return };
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("qemu.sock");
    let _qemu = Qemu::start(qemu, &["-M", "none", "-nodefaults"], &socket);

    let client = output("client", &socket);
    for line in [
        "status  running",
        "stopped paused",
        "resumed running",
        "refused DeviceNotFound: Device 'no-such-device' not found",
    ] {
        assert!(client.contains(line), "{line:?} is missing:\n{client}");
    }
    let introspection = output("introspect", &socket);
    assert!(introspection.contains("command device_del(id: str) -> {}"), "{introspection}");
    assert!(introspection.contains("event DEVICE_TRAY_MOVED(device: str, id: str, tray-open: bool)"));

    // The example's schema gives migration a parameter that QEMU does not have.
    let told = example("compatible").arg(&socket).output().unwrap();
    let (status, told) = (told.status.code(), String::from_utf8(told.stdout).unwrap());
    let removed =
        "breaking  migrate-set-parameters arguments: optional member `x-chunk-size` removed, unstable before\n";
    assert!(
        status == Some(1) && told.contains(removed) && told.contains(" 1 of them would break"),
        "{status:?}:\n{told}"
    );
}

#[test]
fn replies_of_qemu_are_read_by_the_example_schema() {
    let Some(qemu) = installed("qemu-system-x86_64") else { return };
    let dir = tempfile::tempdir().unwrap();
    let socket = dir.path().join("qemu.sock");
    let _qemu = Qemu::start(qemu, &["-M", "pc", "-accel", "tcg", "-S"], &socket);
    let vm = Client::connect_unix(&socket).unwrap();

    assert_eq!(vm.query_status().unwrap().status, RunState::Prelaunch);
    assert_eq!(vm.query_cpus_fast().unwrap()[0].target, SysEmuTarget::X86_64);
    assert!(vm.query_pci().unwrap()[0].devices.iter().any(|device| device.class_info.class == 0x0600));
    assert!(!vm.query_mice().unwrap().is_empty() && !vm.query_chardev().unwrap().is_empty());
    assert!(!vm.query_blockstats(QueryBlockstatsArgs::default()).unwrap().is_empty());
    assert_eq!(vm.query_migrate().unwrap().status, None);
    assert!(!vm.query_kvm().unwrap().enabled && !vm.query_vnc().unwrap().enabled);
    assert!(vm.query_migrate_parameters().unwrap().max_bandwidth.is_some());
    assert_eq!(vm.query_uuid().unwrap().uuid.len(), 36);

    std::fs::write(dir.path().join("disc.iso"), [0; 4096]).unwrap();
    let disc = dir.path().join("disc.iso").to_str().unwrap().to_owned();
    let device = Some("ide1-cd0".to_owned());
    let change = BlockdevChangeMediumArgs { device: device.clone(), ..BlockdevChangeMediumArgs::new(disc.as_str()) };
    vm.blockdev_change_medium(change).unwrap();
    let drive = || vm.query_block().unwrap().into_iter().find(|info| info.device == "ide1-cd0").unwrap();
    let inserted = drive().inserted.unwrap();
    assert_eq!((inserted.file, inserted.ro, inserted.image.virtual_size), (disc, true, 4096));
    let moved = vm.expect::<events::DeviceTrayMoved>(|event| event.tray_open);
    vm.eject(EjectArgs { device, ..EjectArgs::default() }).unwrap();
    assert_eq!(moved.timeout(Duration::from_secs(10)).wait().unwrap().device, "ide1-cd0");
    assert_eq!(drive().inserted, None);
    vm.quit().unwrap();
}

//! The example clients against a real QEMU: the example schema's shapes are QEMU's, as far as they go.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{example, installed, within};

/// A machine of QEMU's, without anything in it.
struct Qemu(Child);

impl Qemu {
    fn start(mut qemu: Command, socket: &Path) -> Self {
        let monitor = format!("unix:{},server=on,wait=off", socket.display());
        let qemu = qemu.args(["-M", "none", "-nodefaults", "-display", "none", "-qmp", &monitor]);
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
    let _qemu = Qemu::start(qemu, &socket);

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
}

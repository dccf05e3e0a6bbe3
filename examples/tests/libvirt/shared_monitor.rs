//! libvirt manages a domain of the real QEMU, behind the example `shared_monitor`: others share the monitor with libvirt.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use qmp_types::blocking::Client;
use qmp_types::{OtherEvent, Value};
use rustix::process::{Signal, kill_process};
use serde_json::json;
use test_support::{Generation, TIME_LIMIT, within};

use crate::daemon::{Libvirt, example};
use crate::{DOMAIN, is_off, qmp, state};

#[test]
fn libvirt_9_0_and_qemu_7_2() {
    shares(Generation::Bookworm);
}

#[test]
fn libvirt_11_3_and_qemu_10_0() {
    shares(Generation::Trixie);
}

#[test]
fn the_newest_libvirt_and_qemu() {
    shares(Generation::Sid);
}

fn shares(generation: Generation) {
    let Some(qemu) = generation.program("qemu-system-x86_64") else { return };
    let Some(mut libvirt) = Libvirt::start(generation) else { return };
    let emulator = emulator(libvirt.folder(), Path::new(qemu.get_program()));
    libvirt.define(&domain(&emulator)).unwrap();
    libvirt.virsh(&["start", DOMAIN]);
    assert_eq!(state(&libvirt), "running (booted)");
    assert_eq!(qmp(&libvirt, r#"{"execute": "query-name"}"#)["return"]["name"], DOMAIN);

    let shared = Client::connect_unix(shared(&libvirt)).unwrap().timeout(TIME_LIMIT);
    let mut events = shared.events::<OtherEvent>();
    libvirt.virsh(&["suspend", DOMAIN]);
    assert_eq!(events.next().unwrap().unwrap().event.name, "STOP");
    assert_eq!(state(&libvirt), "paused (user)");
    assert_eq!(shared.call_raw("query-status", &json!({})).unwrap()["status"], "paused");
    libvirt.virsh(&["resume", DOMAIN]);
    assert_eq!(events.next().unwrap().unwrap().event.name, "RESUME");
    // libvirt notices what others do.
    shared.call_raw("stop", &json!({})).unwrap();
    assert!(
        within(TIME_LIMIT, || state(&libvirt).starts_with("paused").then_some(())).is_some(),
        "{}",
        state(&libvirt)
    );
    shared.call_raw("cont", &json!({})).unwrap();
    assert!(
        within(TIME_LIMIT, || state(&libvirt).starts_with("running").then_some(())).is_some(),
        "{}",
        state(&libvirt)
    );

    // A daemon that starts connects to the monitor once more. QEMU alone would serve it, too, but not beside others.
    libvirt.restart();
    assert!(state(&libvirt).starts_with("running"), "{}", state(&libvirt));
    assert!(matches!(shared.call_raw("query-uuid", &json!({})).unwrap(), Value::Object(_)));

    libvirt.virsh(&["destroy", DOMAIN]);
    is_off(&libvirt, "shut off (destroyed)");
    assert!(within(TIME_LIMIT, || shared.call_raw("query-status", &json!({})).is_err().then_some(())).is_some());

    // Without the event, the domain would have crashed.
    libvirt.virsh(&["start", DOMAIN]);
    kill_process(libvirt.pid(DOMAIN), Signal::TERM).unwrap();
    is_off(&libvirt, "shut off (shutdown)");
    libvirt.virsh(&["undefine", DOMAIN]);
}

fn domain(emulator: &Path) -> String {
    format!(
        "<domain type='qemu'>
           <name>{DOMAIN}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
           <os><type arch='x86_64' machine='pc'>hvm</type></os>
           <devices>
             <emulator>{}</emulator>
             <controller type='usb' model='none'/><memballoon model='none'/>
           </devices>
         </domain>",
        emulator.display()
    )
}

/// The socket at which others share the monitor.
fn shared(libvirt: &Libvirt) -> PathBuf {
    libvirt.folder().join("shared")
}

/// Writes the script that `<emulator>` names: the example in front of QEMU.
///
/// QEMU of `.cache` is started by its own loader, whose name would be that of the process. A copy of the loader gives it the name
/// by which the test finds emulators.
fn emulator(folder: &Path, starter: &Path) -> PathBuf {
    let loader = folder.join("emulator");
    let text = fs::read_to_string(starter).unwrap();
    let root = text.lines().find_map(|line| line.strip_prefix("root=${self%/bin/*}")).unwrap();
    let root = format!("{}{root}", fs::canonicalize(starter).unwrap().ancestors().nth(2).unwrap().display());
    fs::copy(format!("{root}/usr/bin/.loader"), &loader).unwrap();
    let text = text.replace("\"$root/usr/bin/.loader\"", &format!("\"{}\"", loader.display()));
    let lines = text.lines().filter(|line| !line.starts_with("self="));
    let lines = lines.map(|line| if line.starts_with("root=") { format!("root={root}") } else { line.into() });
    let qemu = script(folder.join("qemu"), &lines.collect::<Vec<_>>().join("\n"));
    let (example, share) = (example("shared_monitor"), folder.join("shared"));
    let line = format!("exec {} --share {} {} \"$@\"", example.display(), share.display(), qemu.display());
    script(folder.join("script"), &format!("#!/bin/sh\n{line}\n"))
}

fn script(path: PathBuf, text: &str) -> PathBuf {
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
    path
}

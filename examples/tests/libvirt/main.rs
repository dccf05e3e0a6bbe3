//! libvirt of three generations manages a domain whose emulator is the example `emulator`.
//!
//! libvirt's daemon runs as an ordinary user's (`qemu:///session`), also if the tests run as root, with all its files in a folder of
//! its own: see `daemon`.

mod daemon;
mod orphans;
mod shared_monitor;

use std::process::{Child, Stdio};

use rustix::process::{Signal, kill_process};
use serde_json::Value;
use test_support::{Generation, TIME_LIMIT, within};

use crate::daemon::Libvirt;

/// The domain that is managed.
const DOMAIN: &str = "example";

#[test]
fn libvirt_9_0() {
    manages(Generation::Bookworm);
}

#[test]
fn libvirt_11_3() {
    manages(Generation::Trixie);
}

#[test]
fn the_newest_libvirt() {
    manages(Generation::Sid);
}

fn manages(generation: Generation) {
    let Some(mut libvirt) = Libvirt::start(generation) else { return };
    define(&libvirt);
    run_state(&libvirt);
    monitor(&libvirt);
    events(&libvirt);
    restart_of_the_daemon(&mut libvirt);
    ends(&libvirt);
    libvirt.virsh(&["undefine", DOMAIN]);
    assert_eq!(libvirt.virsh(&["list", "--all", "--name"]).trim(), "");
}

/// At a definition, libvirt probes the emulator for its capabilities and machine types.
fn define(libvirt: &Libvirt) {
    let emulator = libvirt.emulator();
    let domain = |machine: &str| {
        format!(
            "<domain type='qemu'>
               <name>{DOMAIN}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
               <os><type arch='x86_64' machine='{machine}'>hvm</type></os>
               <devices>
                 <emulator>{}</emulator>
                 <controller type='usb' model='none'/><memballoon model='none'/>
               </devices>
             </domain>",
            emulator.display()
        )
    };
    let refusal = libvirt.define(&domain("no-such-machine")).unwrap_err();
    assert!(refusal.contains("no-such-machine"), "{refusal}");
    libvirt.define(&domain("isapc")).unwrap();
    let capabilities = libvirt.virsh(&["domcapabilities", "--emulatorbin", emulator.to_str().unwrap()]);
    assert!(capabilities.contains("<machine>isapc</machine>"), "{capabilities}");
}

fn run_state(libvirt: &Libvirt) {
    libvirt.virsh(&["start", DOMAIN]);
    assert_eq!(state(libvirt), "running (booted)");
    let info = libvirt.virsh(&["dominfo", DOMAIN]);
    assert!(info.contains("running") && info.contains("65536 KiB"), "{info}");
    libvirt.virsh(&["suspend", DOMAIN]);
    assert_eq!(state(libvirt), "paused (user)");
    libvirt.virsh(&["resume", DOMAIN]);
    assert_eq!(state(libvirt), "running (unpaused)");
    libvirt.virsh(&["reset", DOMAIN]);
    assert_eq!(state(libvirt), "running (unpaused)");
}

fn monitor(libvirt: &Libvirt) {
    let reply = qmp(libvirt, r#"{"execute": "query-name"}"#);
    assert_eq!(reply["return"]["name"], DOMAIN);
    let reply = qmp(libvirt, r#"{"execute": "blockdev-add", "arguments": {"driver": "null-co", "size": "large"}}"#);
    assert_eq!(reply["error"]["desc"], "Invalid parameter type for 'size', expected: integer");
    let reply = qmp(libvirt, r#"{"execute": "no-such-command"}"#);
    assert_eq!(reply["error"]["class"], "CommandNotFound");
    let printed = libvirt.virsh(&["qemu-monitor-command", DOMAIN, "--hmp", "info status"]);
    assert_eq!(printed.trim(), "VM status: running");
}

fn events(libvirt: &Libvirt) {
    let waits = |arguments: &[&str]| libvirt.virsh_command(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut raw = waits(&["qemu-monitor-event", DOMAIN, "--event", "STOP"]);
    let mut cooked = waits(&["event", DOMAIN, "--event", "lifecycle"]);
    // Nothing says when they have begun to wait.
    let both = within(TIME_LIMIT, || {
        libvirt.virsh(&["suspend", DOMAIN]);
        libvirt.virsh(&["resume", DOMAIN]);
        (raw.try_wait().unwrap().is_some() && cooked.try_wait().unwrap().is_some()).then_some(())
    });
    assert!(both.is_some(), "no event in time");
    let (raw, cooked) = (output(raw), output(cooked));
    assert!(raw.contains("event STOP at ") && raw.contains("events received: 1"), "{raw}");
    assert!(cooked.contains("event 'lifecycle'") && cooked.contains("events received: 1"), "{cooked}");
}

/// A daemon that starts finds the emulators that run, and connects to their monitors once more.
fn restart_of_the_daemon(libvirt: &mut Libvirt) {
    let pid = libvirt.pid(DOMAIN);
    libvirt.virsh(&["suspend", DOMAIN]);
    libvirt.restart();
    assert!(state(libvirt).starts_with("paused"), "{}", state(libvirt));
    assert_eq!(libvirt.pid(DOMAIN), pid);
    libvirt.virsh(&["resume", DOMAIN]);
    assert!(state(libvirt).starts_with("running"), "{}", state(libvirt));
    assert_eq!(qmp(libvirt, r#"{"execute": "query-status"}"#)["return"]["status"], "running");
}

/// All ways to an end. The emulator is always gone afterwards.
fn ends(libvirt: &Libvirt) {
    libvirt.virsh(&["shutdown", DOMAIN]);
    is_off(libvirt, "shut off (shutdown)");

    libvirt.virsh(&["start", DOMAIN]);
    libvirt.virsh(&["destroy", DOMAIN]);
    is_off(libvirt, "shut off (destroyed)");

    libvirt.virsh(&["start", DOMAIN]);
    qmp(libvirt, r#"{"execute": "quit"}"#);
    is_off(libvirt, "shut off (shutdown)");

    // The emulator ends by itself. It says so: without the event, the domain would have crashed.
    libvirt.virsh(&["start", DOMAIN]);
    kill_process(libvirt.pid(DOMAIN), Signal::TERM).unwrap();
    is_off(libvirt, "shut off (shutdown)");
}

fn is_off(libvirt: &Libvirt, expected: &str) {
    let off = within(TIME_LIMIT, || (state(libvirt) == expected).then_some(()));
    assert!(off.is_some(), "{} instead of {expected}", state(libvirt));
    let gone = within(TIME_LIMIT, || orphans::named("emulator").next().is_none().then_some(()));
    assert!(gone.is_some(), "{expected}, and the emulator still runs");
}

/// The state of the domain, with the reason for it.
fn state(libvirt: &Libvirt) -> String {
    libvirt.virsh(&["domstate", DOMAIN, "--reason"]).trim().to_owned()
}

/// The reply of the emulator to a request.
fn qmp(libvirt: &Libvirt, request: &str) -> Value {
    serde_json::from_str(&libvirt.virsh(&["qemu-monitor-command", DOMAIN, request])).unwrap()
}

fn output(child: Child) -> String {
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

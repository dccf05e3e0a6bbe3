//! The examples of clients against real servers of three generations.

use std::path::Path;

use test_support::{Generation, Server};

use crate::support::example;

/// What an example prints, if it succeeds.
#[track_caller]
fn output(name: &str, socket: &Path, arguments: &[&Path]) -> String {
    let output = example(name).arg(socket).args(arguments).output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn emulators(options: &str) -> impl Iterator<Item = Server> {
    Generation::ALL.into_iter().filter_map(move |generation| Server::emulator(generation, options))
}

#[test]
fn devices() {
    let machine = "-M q35 -accel tcg -nodefaults -display none -S -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off \
        -device pcie-root-port,id=port0,chassis=1 -device pcie-root-port,id=port1,chassis=2";
    for qemu in emulators(machine) {
        let expected = "card0 type: \"virtio-net-pci\"\ncard0 mac: \"52:54:00:12:34:56\"\ncard0 vectors: 4\n\
            card0 guest_csum: false\nio0 poll-max-ns: 0\ncard0 deleted\n";
        assert_eq!(output("devices", &qemu.socket(), &[]), expected);
    }
}

#[test]
fn descriptors() {
    for qemu in emulators("-M none -nodefaults -display none") {
        let text = output("descriptors", &qemu.socket(), &[]);
        assert!(text.starts_with("disk0 is /dev/fdset/0, which has 1 descriptors\n"), "{text}");
        assert!(text.contains("the state begins with \"QEVM\""), "{text}");
    }
}

#[test]
fn out_of_band() {
    for qemu in emulators("-M none -nodefaults -display none") {
        let text = output("out_of_band", &qemu.socket(), &[]);
        let expected = "in band:     no reply\nout of band: 1 connections that can be broken\nin band:     running\n";
        assert_eq!(text, expected);
    }
}

#[test]
fn agent() {
    for agent in Generation::ALL.into_iter().filter_map(Server::guest_agent) {
        let text = output("agent", &agent.socket(), &[]);
        assert!(text.contains("frozen   thawed\n") && text.contains(" enabled, "), "{text}");
    }
}

#[test]
fn kata() {
    let machine = "-M q35 -accel tcg -nodefaults -display none -smp 1,maxcpus=4 -m 256M,slots=4,maxmem=2G \
        -device pcie-pci-bridge,id=pci-bridge-0";
    for qemu in emulators(machine) {
        let expected = "status      running\nprocessors  1 plugged in\nthreads     2\nmemory      128 MiB plugged in\n";
        assert_eq!(output("kata", &qemu.socket(), &[]), expected);
    }
}

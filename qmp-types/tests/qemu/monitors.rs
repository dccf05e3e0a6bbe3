//! Monitors of a program's own.

use qmp_types::blocking::Client;
use qmp_types::qemu::blocking::{open_monitor, open_monitor_with};
use qmp_types::{ClientOptions, OtherEvent};
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT, within};

use crate::waits::{call, connect};

/// Returns the number of monitors and character devices.
fn monitors(vm: &Client) -> (usize, usize) {
    let objects = call(vm, "qom-list", json!({ "path": "/objects" }));
    let is_monitor = |object: &&serde_json::Value| object["type"] == "child<monitor-qmp>";
    let monitors = objects.as_array().unwrap().iter().filter(is_monitor).count();
    (monitors, call(vm, "query-chardev", json!({})).as_array().unwrap().len())
}

#[test]
fn a_monitor_of_ones_own() {
    let Some(qemu) = Server::bare_emulator(Generation::Sid) else { return };
    let vm = connect(&qemu);
    let before = monitors(&vm);
    let one = open_monitor(&vm).unwrap();
    let other = open_monitor_with(&vm, &ClientOptions::new().enable_oob()).unwrap();
    assert_eq!(monitors(&vm), (before.0 + 2, before.1 + 2));
    assert_eq!(one.greeting().unwrap().version, vm.greeting().unwrap().version);

    // Each has its own events, and is independent of the first.
    let events = [&vm, &one, &other].map(|client| client.events::<OtherEvent>());
    call(&one, "cont", json!({}));
    for mut events in events {
        assert_eq!(events.next().unwrap().unwrap().name, "RESUME");
    }
    // A monitor gives another one, and takes descriptors.
    let third = open_monitor(&one).unwrap();
    vm.close();
    call(&third, "query-status", json!({}));

    one.close();
    drop(other);
    let vm = connect(&qemu);
    let removed = within(TIME_LIMIT, || (monitors(&vm) == (before.0 + 1, before.1 + 1)).then_some(()));
    assert!(removed.is_some(), "{:?}", monitors(&vm));
    call(&third, "query-status", json!({}));
    drop(third);
    assert!(within(TIME_LIMIT, || (monitors(&vm) == before).then_some(())).is_some());
}

#[test]
fn an_older_qemu() {
    for generation in [Generation::Bookworm, Generation::Trixie] {
        let Some(qemu) = Server::bare_emulator(generation) else { continue };
        let vm = connect(&qemu);
        let error = open_monitor(&vm).unwrap_err().to_string();
        let expected = "expected a server that opens monitors at run time, QEMU 11.1 or newer, found ";
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(call(&vm, "query-chardev", json!({})).as_array().unwrap().len(), 1);
    }
}

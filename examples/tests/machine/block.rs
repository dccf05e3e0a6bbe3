use std::fs;

use examples::qmp::{
    BlockInfo, BlockdevChangeMediumArgs, BlockdevChangeReadOnlyMode, BlockdevOptions, BlockdevOptionsDriver,
    BlockdevOptionsFile, BlockdevOptionsNull, BlockdevOptionsRaw, BlockdevRef, EjectArgs, QueryBlockstatsArgs, events,
};
use qmp_types::Result;

use crate::support::{Vm, assert_not_found, generic, happened};

fn null(name: &str, size: u64) -> BlockdevOptions {
    let driver = BlockdevOptionsDriver::NullCo(BlockdevOptionsNull { size: Some(size) });
    BlockdevOptions::new(driver).node_name(name)
}

fn raw(name: &str, file: impl Into<BlockdevRef>) -> BlockdevOptions {
    let driver = BlockdevOptionsDriver::Raw(BlockdevOptionsRaw::new(file.into()));
    BlockdevOptions::new(driver).node_name(name)
}

fn drive(vm: &Vm, name: &str) -> BlockInfo {
    vm.query_block().unwrap().into_iter().find(|info| info.device == name).unwrap()
}

/// The entry of a node in query-block.
fn node(vm: &Vm, name: &str) -> Option<BlockInfo> {
    let is_node =
        |info: &BlockInfo| info.inserted.as_ref().is_some_and(|inserted| inserted.node_name.as_deref() == Some(name));
    vm.query_block().unwrap().into_iter().find(is_node)
}

fn eject(vm: &Vm, id: &str) -> Result<()> {
    vm.eject(EjectArgs::new().id(id))
}

#[test]
fn blockdev_add_then_query_block() {
    let vm = Vm::start();
    vm.blockdev_add(null("data", 1 << 20)).unwrap();
    let inserted = node(&vm, "data").unwrap().inserted.unwrap();
    assert_eq!((inserted.drv.as_str(), inserted.image.virtual_size), ("null-co", 1 << 20));
    assert_eq!(generic(vm.blockdev_add(null("data", 1))), "Duplicate nodes with node-name='data'");

    vm.blockdev_del("data").unwrap();
    assert_eq!(node(&vm, "data"), None);
    assert_eq!(generic(vm.blockdev_del("data")), "Failed to find node with node-name='data'");
}

#[test]
fn a_node_can_be_made_of_others() {
    let vm = Vm::start();
    fs::write(vm.path("image"), [7; 4096]).unwrap();
    let file = BlockdevOptions::new(BlockdevOptionsFile::new(vm.file("image")));
    vm.blockdev_add(raw("whole", file)).unwrap();
    let window = BlockdevOptionsRaw::new("whole").offset(1024);
    vm.blockdev_add(BlockdevOptions::new(window).node_name("part")).unwrap();

    let part = node(&vm, "part").unwrap().inserted.unwrap();
    assert_eq!((part.file, part.image.virtual_size), (vm.file("image"), 3072));
    assert_eq!(generic(vm.blockdev_del("whole")), "Node 'whole' is in use");
    vm.blockdev_del("part").unwrap();
    vm.blockdev_del("whole").unwrap();
    let left = vm.query_blockstats(QueryBlockstatsArgs { query_nodes: Some(true) }).unwrap();
    assert_eq!(left.len(), 2, "the node of the file went with the one it was made for: {left:?}");
}

#[test]
fn what_cannot_be_opened_leaves_nothing_behind() {
    let vm = Vm::start();
    let unnamed = BlockdevOptions { node_name: None, ..null("", 1) };
    assert_eq!(generic(vm.blockdev_add(unnamed)), "'node-name' must be specified for the root node");
    assert_eq!(generic(vm.blockdev_add(null("0#", 1))), "Invalid node-name: '0#'");
    assert_eq!(generic(vm.blockdev_add(raw("top", "missing"))), "Failed to find node with node-name='missing'");

    let missing = BlockdevOptions::new(BlockdevOptionsFile::new(vm.file("missing")));
    assert!(generic(vm.blockdev_add(raw("top", missing))).starts_with("Could not open"));
    let window = BlockdevOptionsRaw::new(null("below", 10)).size(11);
    let window = BlockdevOptions::new(window).node_name("top");
    assert_eq!(generic(vm.blockdev_add(window)), "The window is larger than what is below it");
    assert_eq!(node(&vm, "below"), None);
    assert!(generic(vm.blockdev_add(null("huge", u64::MAX))).starts_with("Node 'huge' is too large"));
}

#[test]
fn eject_then_the_medium_is_gone_and_change_brings_it_back() {
    let vm = Vm::start();
    assert!(drive(&vm, "ide1-cd0").inserted.is_some());

    let moved = vm.expect::<events::DeviceTrayMoved>(|event| event.id == "ide1-cd0");
    eject(&vm, "ide1-cd0").unwrap();
    let open = events::DeviceTrayMoved::new("ide1-cd0", "ide1-cd0", true);
    assert_eq!(happened(moved), open);
    let empty = drive(&vm, "ide1-cd0");
    assert_eq!((empty.inserted, empty.tray_open), (None, Some(true)));

    fs::write(vm.path("disc.iso"), [0; 2048]).unwrap();
    let closed = vm.expect::<events::DeviceTrayMoved>(|event| !event.tray_open);
    let change = BlockdevChangeMediumArgs::new(vm.file("disc.iso")).id("ide1-cd0");
    vm.blockdev_change_medium(change.clone()).unwrap();
    happened(closed);
    let full = drive(&vm, "ide1-cd0");
    let inserted = full.inserted.unwrap();
    assert_eq!((inserted.file, inserted.ro, full.tray_open), (vm.file("disc.iso"), true, Some(false)));

    let read_only_mode = Some(BlockdevChangeReadOnlyMode::ReadWrite);
    vm.blockdev_change_medium(BlockdevChangeMediumArgs { read_only_mode, ..change }).unwrap();
    assert!(!drive(&vm, "ide1-cd0").inserted.unwrap().ro);
}

#[test]
fn a_change_that_fails_leaves_the_medium_in() {
    let vm = Vm::start();
    let before = drive(&vm, "ide1-cd0");
    let change = BlockdevChangeMediumArgs::new(vm.file("missing.iso")).id("ide1-cd0");
    assert!(generic(vm.blockdev_change_medium(change)).starts_with("Could not open"));
    assert_eq!(drive(&vm, "ide1-cd0"), before);
}

#[test]
fn eject_needs_a_drive_that_takes_media() {
    let vm = Vm::start();
    assert_not_found(eject(&vm, "ide9-cd9"), "ide9-cd9");
    assert_eq!(generic(eject(&vm, "ide0-hd0")), "Device 'ide0-hd0' is not removable");
    assert_eq!(generic(vm.eject(EjectArgs::default())), "Need exactly one of 'device' and 'id'");
    assert_eq!(vm.raw().ask(r#"{"execute":"eject","arguments":{"device":"ide1-cd0"}}"#)["event"], "DEVICE_TRAY_MOVED");
}

#[test]
fn blockstats_count_what_the_firmware_reads() {
    let vm = Vm::start();
    let reads = || -> Vec<i64> {
        let stats = vm.query_blockstats(QueryBlockstatsArgs::default()).unwrap();
        stats.iter().map(|entry| entry.stats.rd_bytes).collect()
    };
    assert_eq!(reads(), [512, 512]);
    eject(&vm, "ide1-cd0").unwrap();
    vm.system_reset().unwrap();
    assert_eq!(reads(), [1024]);
}

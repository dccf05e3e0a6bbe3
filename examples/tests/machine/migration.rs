use std::fs;
use std::io::Read;
use std::os::unix::net::UnixListener;

use examples::Config;
use examples::qmp::{MigrateSetParameters, MigrationStatus, RunState, StrOrNull, events};

use crate::support::{Vm, generic, happened};

/// The statuses that a connection is sent, in order, up to one of these final ones.
fn statuses(raw: &mut crate::support::Raw) -> Vec<String> {
    let mut told = Vec::new();
    loop {
        let message = raw.read();
        if message["event"] == "MIGRATION" {
            told.push(message["data"]["status"].as_str().unwrap().to_owned());
            if ["completed", "failed", "cancelled"].contains(&told.last().unwrap().as_str()) {
                return told;
            }
        }
    }
}

#[test]
fn a_migration_sends_the_memory_and_ends_in_postmigrate() {
    let vm = Vm::with(Config { memory: 2 << 20, ..Config::default() });
    assert_eq!(vm.query_migrate().unwrap().status, None);
    let mut raw = vm.raw();
    vm.migrate(format!("file:{}", vm.file("memory"))).unwrap();
    assert_eq!(statuses(&mut raw), ["setup", "active", "completed"]);

    let info = vm.query_migrate().unwrap();
    let ram = info.ram.unwrap();
    assert_eq!(info.status, Some(MigrationStatus::Completed));
    assert_eq!((ram.transferred, ram.remaining, ram.total), (2 << 20, 0, 2 << 20));
    assert_eq!(vm.query_status().unwrap().status, RunState::Postmigrate);

    vm.pmemsave(examples::qmp::PmemsaveArgs::new(0, 2 << 20, vm.file("saved"))).unwrap();
    assert!(fs::read(vm.path("memory")).unwrap() == fs::read(vm.path("saved")).unwrap(), "what arrived is the memory");
}

#[test]
fn a_migration_can_be_cancelled() {
    let vm = Vm::start();
    let slow = MigrateSetParameters { max_bandwidth: Some(4 << 20), x_chunk_size: Some(4096), ..Default::default() };
    vm.migrate_set_parameters(slow).unwrap();
    let mut raw = vm.raw();
    let active = vm.expect::<events::Migration>(|event| event.status == MigrationStatus::Active);
    vm.migrate(format!("file:{}", vm.file("memory"))).unwrap();
    happened(active);
    assert_eq!(vm.query_migrate().unwrap().status, Some(MigrationStatus::Active));
    assert_eq!(generic(vm.migrate("tcp:localhost:1")), "There's a migration process in progress");

    vm.migrate_cancel().unwrap();
    assert_eq!(vm.query_migrate().unwrap().status, Some(MigrationStatus::Cancelled));
    assert_eq!(statuses(&mut raw), ["setup", "active", "cancelling", "cancelled"]);
    assert!(vm.query_status().unwrap().running);
    vm.migrate_cancel().unwrap();
}

#[test]
fn a_socket_receives_the_memory_as_it_is_sent() {
    let vm = Vm::with(Config { memory: 1 << 20, ..Config::default() });
    let listener = UnixListener::bind(vm.path("there")).unwrap();
    vm.migrate(format!("unix:{}", vm.file("there"))).unwrap();
    let mut received = Vec::new();
    listener.accept().unwrap().0.read_to_end(&mut received).unwrap();
    assert_eq!(received.len(), 1 << 20);
}

#[test]
fn a_migration_to_nowhere_fails() {
    let vm = Vm::start();
    let failed = vm.expect::<events::Migration>(|event| event.status == MigrationStatus::Failed);
    vm.migrate(format!("unix:{}", vm.file("missing"))).unwrap();
    happened(failed);
    assert!(vm.query_migrate().unwrap().error_desc.is_some());
    assert_eq!(generic(vm.migrate("pigeon:home")), "unknown migration protocol: pigeon:home");
    assert!(vm.query_status().unwrap().running);
}

#[test]
fn parameters_that_are_left_out_stay() {
    let vm = Vm::start();
    let before = vm.query_migrate_parameters().unwrap();
    let name = MigrateSetParameters { tls_hostname: Some(StrOrNull::from("there")), ..Default::default() };
    vm.migrate_set_parameters(name).unwrap();
    let after = vm.query_migrate_parameters().unwrap();
    assert_eq!((after.max_bandwidth, after.tls_hostname.as_deref()), (before.max_bandwidth, Some("there")));

    // Null is a value, and not the same as nothing.
    let mut raw = vm.raw();
    raw.ask(r#"{"execute":"migrate-set-parameters","arguments":{"tls-hostname":null,"max-bandwidth":0}}"#);
    let after = vm.query_migrate_parameters().unwrap();
    assert_eq!((after.max_bandwidth, after.tls_hostname.as_deref()), (Some(0), Some("")));
    let zero = MigrateSetParameters { x_chunk_size: Some(0), max_bandwidth: Some(1), ..Default::default() };
    assert_eq!(generic(vm.migrate_set_parameters(zero)), "Parameter 'x-chunk-size' expects a positive number");
    assert_eq!(vm.query_migrate_parameters().unwrap(), after, "all or nothing");
}

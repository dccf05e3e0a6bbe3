//! Migration between two QEMUs.

use std::time::Duration;

use qmp_types::blocking::Client;
use qmp_types::qemu::blocking::migration_finished;
use serde_json::json;
use test_support::{Generation, Server, TIME_LIMIT, within};

use crate::waits::{call, connect};

const SOURCE: &str = "-M pc -nodefaults -nographic -S -m 32";
const TARGET: &str = "-M pc -nodefaults -nographic -S -m 32 -incoming unix:@/incoming";

fn pairs() -> impl Iterator<Item = (Server, Server)> {
    let start = |generation| Some((Server::emulator(generation, SOURCE)?, Server::emulator(generation, TARGET)?));
    Generation::ALL.into_iter().filter_map(start)
}

fn enable_events(vm: &Client) {
    let events = json!({ "capability": "events", "state": true });
    call(vm, "migrate-set-capabilities", json!({ "capabilities": [events] }));
}

/// Returns where the target listens, once it does.
pub(crate) fn incoming(target: &Server) -> String {
    let path = target.folder().join("incoming");
    within(TIME_LIMIT, || path.exists().then_some(())).expect("the target listens");
    format!("unix:{}", path.display())
}

fn migrate(vm: &Client, target: &Server) {
    call(vm, "migrate", json!({ "uri": incoming(target) }));
}

#[test]
fn by_events_and_by_polling() {
    for events_at_source in [true, false] {
        for (source, target) in pairs() {
            let (vm, other) = (connect(&source), connect(&target));
            enable_events(if events_at_source { &vm } else { &other });
            let (sent, received) = (migration_finished(&vm), migration_finished(&other));
            migrate(&vm, &target);
            sent.wait().unwrap();
            received.wait().unwrap();
            let status = |vm: &Client| call(vm, "query-status", json!({}))["status"].clone();
            within(TIME_LIMIT, || (status(&vm) == "postmigrate").then_some(())).expect("it has migrated");
            call(&other, "cont", json!({}));
            assert_eq!(status(&other), "running");
        }
    }
}

#[test]
fn a_migration_that_is_cancelled() {
    for (source, target) in pairs() {
        let vm = connect(&source);
        enable_events(&vm);
        call(&vm, "migrate-set-parameters", json!({ "max-bandwidth": 10_000 }));
        let finished = migration_finished(&vm);
        migrate(&vm, &target);
        let error = migration_finished(&vm).timeout(Duration::from_millis(50)).wait().unwrap_err();
        let expected = "timed out waiting for the end of the migration: not within 50ms; ";
        assert!(error.to_string().starts_with(expected), "{error}");
        call(&vm, "migrate_cancel", json!({}));
        assert_eq!(finished.wait().unwrap_err().to_string(), "the migration was cancelled");
    }
}

#[test]
fn a_migration_that_fails() {
    for by_events in [true, false] {
        for (source, target) in pairs() {
            let vm = connect(&source);
            if by_events {
                enable_events(&vm);
            }
            call(&vm, "migrate-set-parameters", json!({ "max-bandwidth": 10_000 }));
            let finished = migration_finished(&vm);
            migrate(&vm, &target);
            let is_active = || call(&vm, "query-migrate", json!({}))["status"] == "active";
            within(TIME_LIMIT, || is_active().then_some(())).expect("it begins");
            drop(target);
            let error = finished.wait().unwrap_err().to_string();
            let known = call(&vm, "query-migrate", json!({}));
            let reason = known["error-desc"].as_str().unwrap_or("QEMU gives no reason");
            assert_eq!(error, format!("the migration has failed: {reason}"));
        }
    }
}

use examples::kata::qmp::MigrationStatus;
use qmp_types::qemu::blocking::migration_finished;
use test_support::TIME_LIMIT;

use crate::machine::{for_each, machines};

#[test]
fn a_machine_migrates_to_another() {
    for ((qemu, from), (_other, to)) in machines("-S").zip(machines("-incoming defer")) {
        let uri = format!("unix:{}", qemu.folder().join("migration").display());
        from.set_ignore_shared_memory_capability().unwrap();
        to.set_ignore_shared_memory_capability().unwrap();
        to.migrate_incoming(&uri).unwrap();
        let finished = migration_finished(from.client()).timeout(TIME_LIMIT);
        from.migrate(&uri).unwrap();
        finished.wait().unwrap();
        assert_eq!(from.query_migrate().unwrap().status, Some(MigrationStatus::Completed));
    }
}

#[test]
fn a_migration_to_nowhere_is_refused() {
    for_each(|_, monitor| {
        let refused = monitor.migrate("nowhere:1").unwrap_err().to_string();
        assert!(refused.contains("migrat"), "{refused}");
        assert!(monitor.migrate_incoming("unix:/x").is_err());
        assert_ne!(monitor.query_migrate().unwrap().status, Some(MigrationStatus::Completed));
    });
}

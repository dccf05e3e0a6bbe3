//! QEMU's own schemas load completely and without a warning.

use qmp_schema::{Docs, LoadOptions};
use test_support::schemas::{self, CompleteSchema};

/// Checks the numbers of types, commands and events.
fn check(schema: Option<CompleteSchema>, numbers: (usize, usize, usize)) {
    let Some(CompleteSchema { name, path }) = schema else { return };
    let loaded = qmp_schema::load(path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    assert!(loaded.warnings.is_empty(), "{name}: {}", loaded.warnings);
    let schema = loaded.schema;
    assert_eq!((schema.types.len(), schema.commands.len(), schema.events.len()), numbers, "{name}");
    assert_eq!(schema.interface.len(), schema.commands.len() + schema.events.len(), "{name}");
}

#[test]
fn published_schemas() {
    for (name, numbers) in [
        ("qemu_7_0", (838, 208, 49)),
        ("qemu_7_1", (888, 214, 50)),
        ("qemu_7_2", (919, 220, 52)),
        ("qemu_8_1", (961, 231, 52)),
        ("qemu_9_1", (1014, 238, 54)),
        ("guest_agent_7_0", (87, 40, 0)),
        ("guest_agent_7_1", (98, 42, 0)),
        ("guest_agent_9_1", (102, 43, 0)),
    ] {
        check(schemas::named(name), numbers);
    }
}

#[test]
fn shared_schemas() {
    for (name, numbers) in [
        ("guest_agent_7_2", (98, 42, 0)),
        ("storage_daemon_7_2", (472, 74, 13)),
        ("qemu_10_0", (1035, 240, 56)),
        ("guest_agent_10_0", (103, 44, 0)),
        ("storage_daemon_10_0", (500, 76, 13)),
    ] {
        check(schemas::shared_named(name), numbers);
    }
}

/// QEMU 10.0's schemas are valid by the documentation rules of QEMU 10.0.
fn check_documentation(schema: Option<CompleteSchema>, dialect: Docs) {
    let Some(CompleteSchema { name, path }) = schema else { return };
    let options = LoadOptions::default().docs(dialect);
    let loaded = qmp_schema::load(path, &options).unwrap_or_else(|report| panic!("{name}: {report}"));
    assert!(loaded.warnings.is_empty(), "{name}: {}", loaded.warnings);
}

#[test]
fn documentation_of_published_schemas() {
    for (name, dialect) in [
        ("qemu_8_1", Docs::Qemu8_2),
        ("guest_agent_7_1", Docs::Qemu8_2),
        ("qemu_9_1", Docs::Qemu10_0),
        ("guest_agent_9_1", Docs::Qemu10_0),
    ] {
        check_documentation(schemas::named(name), dialect);
    }
}

#[test]
fn documentation_of_shared_schemas() {
    for name in ["qemu_10_0", "guest_agent_10_0", "storage_daemon_10_0"] {
        check_documentation(schemas::shared_named(name), Docs::Qemu10_0);
    }
}

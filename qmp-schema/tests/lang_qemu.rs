//! QEMU's own schemas load. They are read from the folder `QMP_SHARED`, or `shared` beside the project's folder; where
//! that is missing the tests skip, and say so.

use std::path::{Path, PathBuf};

use qmp_schema::{Docs, LoadOptions, Loaded};

/// A schema file of the shared folder; none, with a line printed, if there is no such folder.
fn schema(entry: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let schemas = std::env::var_os("QMP_SHARED").map_or(beside, PathBuf::from).join("schemas");
    if !schemas.exists() {
        println!("skipped: {entry}: no folder {}", schemas.display());
        return None;
    }
    Some(schemas.join(entry))
}

fn load(entry: &str) -> Option<Loaded> {
    let loaded = qmp_schema::load(schema(entry)?, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    Some(loaded)
}

fn check(entry: &str, types: usize, commands: usize, events: usize) {
    let Some(Loaded { schema, .. }) = load(entry) else { return };
    assert_eq!((schema.types.len(), schema.commands.len(), schema.events.len()), (types, commands, events));
    assert_eq!(schema.interface.len(), commands + events);
}

#[test]
fn qemu_7_2() {
    check("qemu-7.2/qapi/qapi-schema.json", 919, 220, 52);
}

#[test]
fn qemu_7_2_guest_agent() {
    check("qemu-7.2/qga/qapi-schema.json", 98, 42, 0);
}

#[test]
fn qemu_7_2_storage_daemon() {
    check("qemu-7.2/storage-daemon/qapi/qapi-schema.json", 472, 74, 13);
}

#[test]
fn qemu_10_0() {
    check("qemu-10.0/qapi/qapi-schema.json", 1035, 240, 56);
}

#[test]
fn qemu_10_0_guest_agent() {
    check("qemu-10.0/qga/qapi-schema.json", 103, 44, 0);
}

#[test]
fn qemu_10_0_storage_daemon() {
    check("qemu-10.0/storage-daemon/qapi/qapi-schema.json", 500, 76, 13);
}

/// QEMU's schemas keep the rules of their own documentation.
#[test]
fn qemu_10_0_documentation() {
    for entry in ["qapi", "qga", "storage-daemon/qapi"] {
        let Some(path) = schema(&format!("qemu-10.0/{entry}/qapi-schema.json")) else { return };
        let options = LoadOptions::default().docs(Docs::Qemu10_0);
        let loaded = qmp_schema::load(path, &options).unwrap_or_else(|report| panic!("{report}"));
        assert!(loaded.warnings.is_empty());
    }
}

//! QEMU's complete schemas, of several versions.
//!
//! QEMU's schemas are GPL, and none is part of this project. `./run-tests` fetches crates.io's packages that carry some. The
//! folder `../shared/schemas` (or `$QMP_SHARED/schemas`) beside the project adds others where it exists.

use std::env;
use std::path::PathBuf;

use crate::project;

/// A complete schema.
#[derive(Debug, Clone)]
pub struct CompleteSchema {
    /// A Rust name for it: `qemu_9_1`, `guest_agent_7_2`, `storage_daemon_10_0`.
    pub name: &'static str,
    /// Its entry file.
    pub path: PathBuf,
}

/// The packages of crates.io: name of the schema, package, entry file.
const PACKAGES: [(&str, &str, &str); 8] = [
    ("qemu_7_0", "qapi-qmp-0.9.0", QMP),
    ("qemu_7_1", "qapi-qmp-0.10.1", QMP),
    ("qemu_7_2", "qapi-qmp-0.11.0", QMP),
    ("qemu_8_1", "qapi-qmp-0.14.0", QMP),
    ("qemu_9_1", "qapi-qmp-0.15.0", QMP),
    ("guest_agent_7_0", "qapi-qga-0.9.0", QGA),
    ("guest_agent_7_1", "qapi-qga-0.10.1", QGA),
    ("guest_agent_9_1", "qapi-qga-0.13.0", QGA),
];

const QMP: &str = "schema/qapi/qapi-schema.json";
const QGA: &str = "schema/qga/qapi-schema.json";

/// The shared folder's schemas: name, entry file.
const SHARED: [(&str, &str); 5] = [
    ("guest_agent_7_2", "qemu-7.2/qga/qapi-schema.json"),
    ("storage_daemon_7_2", "qemu-7.2/storage-daemon/qapi/qapi-schema.json"),
    ("qemu_10_0", "qemu-10.0/qapi/qapi-schema.json"),
    ("guest_agent_10_0", "qemu-10.0/qga/qapi-schema.json"),
    ("storage_daemon_10_0", "qemu-10.0/storage-daemon/qapi/qapi-schema.json"),
];

/// Returns the schemas that crates.io's packages carry, the oldest first. Prints a line for each one that is not set up.
pub fn published() -> Vec<CompleteSchema> {
    PACKAGES.into_iter().filter_map(|(name, ..)| named(name)).collect()
}

/// Returns one schema of [`published`].
///
/// # Panics
///
/// If no package carries a schema of this name.
pub fn named(name: &str) -> Option<CompleteSchema> {
    let package = PACKAGES.into_iter().find(|(known, ..)| *known == name);
    let (name, package, entry) = package.unwrap_or_else(|| panic!("no package carries {name}"));
    let path = project().join(".cache/crates").join(package).join(entry);
    if !path.exists() {
        println!("skipped: tests with the schema {name}: {package} is not set up (./run-tests sets it up)");
        return None;
    }
    println!("ran against: the schema {name} of {package}");
    Some(CompleteSchema { name, path })
}

/// Returns the schemas that the shared folder adds: none where there is no such folder.
pub fn shared() -> Vec<CompleteSchema> {
    SHARED.into_iter().filter_map(|(name, _)| shared_named(name)).collect()
}

/// Returns one schema of [`shared`], if it is there.
///
/// # Panics
///
/// If the shared folder never has a schema of this name.
pub fn shared_named(name: &str) -> Option<CompleteSchema> {
    let schema = SHARED.into_iter().find(|(known, _)| *known == name);
    let (name, entry) = schema.unwrap_or_else(|| panic!("the shared folder has no {name}"));
    let folder = env::var_os("QMP_SHARED").map_or_else(|| project().with_file_name("shared"), PathBuf::from);
    let path = folder.join("schemas").join(entry);
    if !path.exists() {
        return None;
    }
    println!("ran against: the schema {name} of {}", folder.display());
    Some(CompleteSchema { name, path })
}

//! The schemas that are measured with.

use std::path::PathBuf;

use qmp_schema::LoadOptions;
use qmp_schema::model::Schema;

/// QEMU's schema as the crates.io package `qapi-qmp` carries it.
pub fn qapi_qmp() -> PathBuf {
    PathBuf::from(env!("QAPI_QMP_SCHEMA"))
}

/// QEMU 10.0's schema where it lies beside the repository, else [`qapi_qmp`].
pub fn qemu() -> PathBuf {
    let beside =
        PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/schemas/qemu-10.0/qapi/qapi-schema.json"));
    if beside.exists() { beside } else { qapi_qmp() }
}

/// A schema, loaded.
pub fn load(path: &PathBuf) -> Schema {
    qmp_schema::load(path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

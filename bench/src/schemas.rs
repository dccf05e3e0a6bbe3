//! The schemas that are measured with.

use std::env;
use std::path::PathBuf;

use qmp_schema::LoadOptions;
use qmp_schema::model::Schema;

/// QEMU's schema as the crates.io package `qapi-qmp` carries it.
pub fn qapi_qmp() -> PathBuf {
    PathBuf::from(env!("QAPI_QMP_SCHEMA"))
}

/// QEMU 10.0's schema if the shared folder beside the project has it, else [`qapi_qmp`].
pub fn qemu() -> PathBuf {
    let beside = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into();
    let shared = PathBuf::from(env::var_os("QMP_SHARED").unwrap_or_else(beside));
    let schema = shared.join("schemas/qemu-10.0/qapi/qapi-schema.json");
    if schema.exists() { schema } else { qapi_qmp() }
}

/// A schema, loaded.
pub fn load(path: &PathBuf) -> Schema {
    qmp_schema::load(path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

//! The schemas that are measured with.

use std::path::PathBuf;

use qmp_schema::LoadOptions;
use qmp_schema::model::Schema;

/// QEMU's schema as the crates.io package `qapi-qmp` carries it.
pub fn qapi_qmp() -> PathBuf {
    PathBuf::from(env!("QAPI_QMP_SCHEMA"))
}

/// QEMU 10.0's schema if the shared folder beside the project has it, else [`qapi_qmp`].
pub fn qemu() -> PathBuf {
    test_support::schemas::shared_named("qemu_10_0").map_or_else(qapi_qmp, |schema| schema.path)
}

/// A schema, loaded.
pub fn load(path: &PathBuf) -> Schema {
    qmp_schema::load(path, &LoadOptions::default()).unwrap_or_else(|report| panic!("{report}")).schema
}

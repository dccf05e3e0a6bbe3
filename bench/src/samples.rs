//! Replies of QEMU, as they stand on the wire: real ones, made longer by more block devices of the same kind.

use qmp_schema::model::Conditions;
use qmp_schema::{TypeNames, introspect};

use crate::schemas;

/// `query-status`.
pub const STATUS: &str = r#"{"running": true, "status": "running"}"#;

/// `query-block` with 20 disks: 22 kB.
pub fn block() -> String {
    repeated(include_str!("samples/query-block.json"), 20)
}

/// `query-named-block-nodes` with 48 disks of four nodes each: 110 kB.
pub fn named_block_nodes() -> String {
    repeated(include_str!("samples/query-named-block-nodes.json"), 48)
}

/// `query-qmp-schema` of a QEMU with everything compiled in, as the schema of `qapi-qmp` says.
pub fn qmp_schema() -> String {
    introspect(&schemas::load(&schemas::qapi_qmp()), &Conditions::Everything, TypeNames::Masked)
}

/// A list with these items `times` over, each time with another disk's number.
fn repeated(items: &str, times: usize) -> String {
    let items: Vec<_> = (0..times).map(|index| items.trim_end().replace("DISK", &format!("disk{index}"))).collect();
    format!("[{}]", items.join(", "))
}

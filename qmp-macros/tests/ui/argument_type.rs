//! An argument has the type that the schema gives it.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use std::collections::BTreeMap;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn block_resize(&self, _device: String, _node_name: Option<String>, _size: u64) {}

    #[qmp_command]
    fn device_del(&self, _id: Option<String>) {}

    #[qmp_command]
    fn blockdev_add(&self, _options: BTreeMap<String, String>) {}

    #[qmp_command(whole)]
    fn device_add(&self, _arguments: qmp::DeviceDelArgs) {}
}

fn main() {}

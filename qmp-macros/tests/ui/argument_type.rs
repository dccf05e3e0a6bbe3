//! An argument has the type that the schema gives it.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use std::collections::BTreeMap;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn block_resize(&self, _device: String, _node_name: Option<String>, _size: u64) -> bool {
        true
    }

    #[qmp_command]
    fn device_del(&self, _id: Option<String>) {}

    #[qmp_command]
    fn blockdev_add(&self, _options: BTreeMap<String, (u8, Option<String>)>) {}

    #[qmp_command(whole)]
    fn device_add(&self, _arguments: qmp::DeviceDelArgs) {}
}

/// Types that only a generic impl block knows.
struct Machine<T>(T);

#[qmp_types::handlers(crate::qmp)]
impl<T: Send + Sync + 'static> Machine<T> {
    #[qmp_command]
    fn device_del(&self, _id: T) {}

    #[qmp_command]
    fn query_status(&self) -> Result<T, qmp_types::Error> {
        unimplemented!()
    }
}

fn main() {}

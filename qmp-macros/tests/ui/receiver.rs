//! Connections share the state of a handler.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use std::sync::Arc;

use qmp_types::qmp_command;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn device_del(self, _id: String) {}

    #[qmp_command]
    fn block_resize(self: Arc<Self>, _device: Option<String>, _node_name: Option<String>, _size: i64) {}

    #[qmp_command]
    fn blockdev_add(_options: qmp::BlockdevOptions) {}
}

struct Other;

#[qmp_command(crate::qmp)]
fn stop() {}

#[qmp_command(crate::qmp)]
fn device_del(_vm: Other, _id: String) {}

fn main() {}

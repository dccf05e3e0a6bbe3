//! A handler takes every argument of its command.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn block_resize(&self, _device: Option<String>, _node_name: Option<String>) {}

    #[qmp_command]
    fn device_add(&self, _drivr: String) {}

    #[qmp_command]
    async fn device_del(&self) {}
}

fn main() {}

//! A handler takes only the arguments of its command.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn block_resize(&self, _device: Option<String>, _nodename: Option<String>, _sise: i64, _speed: i64) {}

    #[qmp_command]
    fn device_add(&self, _drivr: String, _id: Option<String>) {}

    #[qmp_command]
    fn device_del(&self, _name: String) {}

    #[qmp_command]
    fn stop(&self, _force: bool) {}

    #[qmp_command]
    fn query_status(&self, _all: bool, _verbose: bool) -> qmp::StatusInfo {
        unimplemented!()
    }
}

fn main() {}

//! A command has one handler.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&self) {}

    #[qmp_command(name = stop)]
    fn pause(&self) {}

    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> qmp::StatusInfo {
        unimplemented!()
    }

    #[qmp_command]
    fn query_status(&self) -> qmp::StatusInfo {
        unimplemented!()
    }
}

#[qmp_types::qmp_command(crate::qmp)]
fn device_del(_: &Vm, _id: String) {}

fn main() {}

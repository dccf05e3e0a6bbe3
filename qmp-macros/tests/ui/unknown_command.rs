//! A handler has the name of a command.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_statu(&self) -> qmp::StatusInfo {
        unimplemented!()
    }

    #[qmp_command(name = device_ad)]
    fn plug(&self, _driver: String, _id: Option<String>, _extra: qmp_types::Map<String, qmp_types::Value>) {}
}

fn main() {}

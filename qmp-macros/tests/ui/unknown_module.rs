//! The module that the attributes name is the one with the generated code.

struct Vm;

#[qmp_types::handlers(crate::qpm)]
impl Vm {
    #[qmp_command]
    fn stop(&self) {}

    #[qmp_command]
    fn device_del(&self, _id: String) {}
}

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

fn main() {}

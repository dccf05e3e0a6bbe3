//! Who calls a deprecated command is told; who handles it is not.
#![deny(deprecated)]

#[path = "../../../qmp-schema/tests/codegen/commands.rs"]
#[allow(dead_code, unused_imports)]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn old(&self) {}
}

fn main() {
    let vm = qmp::blocking::Client::connect_unix("/run/vm.sock").unwrap();
    vm.old().unwrap();
}

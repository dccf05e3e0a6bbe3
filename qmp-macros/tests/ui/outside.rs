//! A method says of which schema its command is by the attribute on its impl block.

#[path = "../../../qmp-types/tests/sample/types_only.rs"]
mod qmp;

use qmp_types::qmp_command;

struct Vm;

impl Vm {
    #[qmp_command]
    fn stop(&self) {}

    #[qmp_command(crate::qmp)]
    fn device_del(&self, _id: String) {}
}

#[qmp_command]
fn query_status(_: &Vm) -> qmp::StatusInfo {
    unimplemented!()
}

#[qmp_command(crate::qmp)]
struct NotAFunction;

#[qmp_types::handlers(crate::qmp)]
fn not_an_impl() {}

fn main() {}

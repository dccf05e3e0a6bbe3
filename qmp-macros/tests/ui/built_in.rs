//! A command that qmp-types answers needs no handler; having one is an option of the schema.

#[path = "../support/second.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_version(&self) {}
}

fn main() {}

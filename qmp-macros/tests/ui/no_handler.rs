//! A server has a handler for every command of its schema.

#[path = "../support/served.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn query_status(&self) -> qmp::StatusInfo {
        unimplemented!()
    }
}

fn main() {
    qmp::server(Vm);
}

//! Handlers that take `&mut self` need a lock around the state, and an out-of-band command cannot wait for it.

use std::sync::Mutex;

#[allow(unused_imports)]
#[path = "../../../qmp-schema/tests/codegen/out-of-band.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp)]
impl Vm {
    #[qmp_command]
    fn stop(&mut self) {}

    #[qmp_command]
    fn migrate_pause(&self) {}
}

struct Other;

#[qmp_types::handlers(crate::qmp)]
impl Other {
    #[qmp_command]
    fn stop(&mut self) {}

    #[qmp_command]
    fn migrate_pause(&mut self) {}
}

fn main() {
    qmp::server(Vm);
    qmp::server(Mutex::new(Vm));
}

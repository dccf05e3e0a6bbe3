//! A state that stays on one thread: its server has no thread to serve on, and needs every handler.

#[allow(unused_imports)]
#[path = "../../../qmp-schema/tests/codegen/out-of-band.rs"]
mod qmp;

struct Vm;

#[qmp_types::handlers(crate::qmp, local)]
impl Vm {
    #[qmp_command]
    fn stop(&mut self) {}

    #[qmp_command]
    fn migrate_pause(&mut self) {}
}

struct Other;

fn main() {
    qmp::local_server::<Vm>().serve_unix("/run/vm.sock");
    qmp::local_server::<Other>();
}

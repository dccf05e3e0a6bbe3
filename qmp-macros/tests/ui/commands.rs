//! Commands that a client cannot call so: unstable ones without an import, and others out of band.

#[path = "../../../qmp-schema/tests/codegen/client-traits.rs"]
#[allow(dead_code, unused_imports)]
mod qmp;

use qmp::{OobCommands, commands};

fn unstable(vm: &qmp::blocking::Client) {
    let _ = vm.x_query_irq();
}

fn unstable_of_all(vm: &impl qmp::Commands) {
    let _ = vm.x_query_irq();
}

fn out_of_band(vm: &qmp::blocking::Client) {
    let _ = vm.oob().migrate_pause();
    let _ = vm.oob().query_status();
    let _ = vm.call_oob::<commands::MigratePause>(());
    let _ = vm.call_oob::<commands::QueryStatus>(());
}

fn sequence(vm: &impl qmp::Commands) -> qmp_types::Result<()> {
    vm.stop()?;
    Ok(())
}

struct NoExecutor;

fn main() {
    let _ = qmp::TypedClient::from(NoExecutor);
    let _ = qmp::Commands::stop(&NoExecutor);
}

//! Reports what a client of `schema/vm.json` would meet at a server, before it causes a failure. The server may be QEMU of
//! any version, or the `server` example.
//!
//!     cargo run --example compatible [ADDRESS]

use std::process::ExitCode;

use examples::qmp::blocking::Client;
use qmp_types::Result;
use qmp_types::compat::Impact;

fn main() -> Result<ExitCode> {
    let vm = Client::connect(examples::address())?;
    let changes = vm.schema_changes()?;
    for change in changes.iter().filter(|change| change.client != Impact::Fine) {
        println!("{:<9} {change}", change.client.id());
    }
    let breaking = changes.iter().filter(|change| change.client == Impact::Breaking).count();
    println!("{} differences, {breaking} of them would break this client", changes.len());
    Ok(if breaking == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

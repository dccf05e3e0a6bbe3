//! What a feature of the runtime would add, used without the feature.

#[path = "../../../qmp-schema/tests/codegen/docs.rs"]
#[allow(dead_code, unused_imports)]
mod qmp;

async fn asynchronous() -> qmp_types::Result<()> {
    let vm = qmp::Client::connect_unix("/run/vm.sock").await?;
    vm.query_mode().await?;
    Ok(())
}

fn changes() -> qmp_types::Result<()> {
    let vm = qmp::blocking::Client::connect("/run/vm.sock")?;
    for change in vm.schema_changes()? {
        println!("{change}");
    }
    Ok(())
}

fn main() {}

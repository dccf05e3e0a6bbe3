//! Runs a server and a client as tasks of one tokio runtime. The blocking twins' methods have the same names.
//!
//!     cargo run --example asynchronous

use std::time::Duration;

use examples::Machine;
use examples::qmp::{self, Client, MigrateSetParameters, MigrationStatus, events};
use qmp_types::Result;
use qmp_types::transport::Stream;

#[tokio::main]
async fn main() -> Result<()> {
    // A socket pair connects the two, so no path is needed.
    let (ours, theirs) = Stream::pair()?;
    let server = qmp::server(Machine::default()).tokio();
    let server = tokio::spawn(server.serve_stream(theirs));
    let vm = Client::from_stream(ours).await?;

    // Calls may be in flight together.
    let (status, cpus, drives) = tokio::try_join!(vm.query_status(), vm.query_cpus_fast(), vm.query_block())?;
    println!("{}, with {} processors and {} drives", status.status, cpus.len(), drives.len());

    // Slow enough to be cancelled.
    let slow = MigrateSetParameters { max_bandwidth: Some(1 << 20), ..Default::default() };
    vm.migrate_set_parameters(slow).await?;
    let active = vm.expect::<events::Migration>(|event| event.status == MigrationStatus::Active);
    vm.migrate("file:/dev/null").await?;
    println!("migration: {}", active.timeout(Duration::from_secs(5)).await?.status);

    // Its handler is asynchronous: it returns when the migration has ended and blocks no thread until then.
    vm.timeout(Duration::from_secs(5)).migrate_cancel().await?;
    println!("migration: {}", vm.query_migrate().await?.status.unwrap_or(MigrationStatus::None));

    vm.quit().await?;
    server.await.expect("a server does not panic")
}

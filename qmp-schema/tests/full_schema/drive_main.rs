//! Drives a real QEMU through the client that was generated from a complete schema, its own or the nearest.
use std::time::Duration;

use BINDINGS::qmp::{Client, DeviceAddArgs, blocking, commands, events};
use qmp_types::Result;

fn main() -> Result<()> {
    let path = std::env::args().nth(1).expect("the path of a socket");
    let vm = blocking::Client::connect_unix(&path)?.timeout(Duration::from_secs(30));

    let version = vm.query_version()?;
    println!("QEMU {}.{}.{}", version.qemu.major, version.qemu.minor, version.qemu.micro);
    assert_eq!(vm.query_status()?.status.as_str(), "prelaunch");

    let resumed = vm.expect::<events::Resume>(|_| true);
    vm.cont()?;
    resumed.wait()?;
    assert!(vm.query_status()?.running);
    let stopped = vm.expect::<events::Stop>(|_| true);
    vm.stop()?;
    stopped.wait()?;
    assert_eq!(vm.query_status()?.status.as_str(), "paused");

    // QEMU 11.1's takes arguments, and always names the node.
    let disks = vm.call::<commands::QueryBlock>(Default::default())?;
    let nodes: Vec<Option<String>> =
        disks.into_iter().filter_map(|disk| Some(disk.inserted?.node_name.into())).collect();
    assert_eq!(nodes, [Some("disk0".to_owned())]);

    assert!(vm.query_qmp_schema()?.len() > 1000);

    let device = DeviceAddArgs { id: Some("nic0".into()), ..DeviceAddArgs::new("no-such-device") };
    let refused = vm.device_add(device).unwrap_err();
    assert!(refused.desc().is_some_and(|desc| desc.contains("no-such-device")), "{refused}");
    assert!(vm.device_del("nic0").unwrap_err().is_device_not_found());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    drop(vm);
    runtime.block_on(asynchronous(&path))
}

async fn asynchronous(path: &str) -> Result<()> {
    let vm = Client::connect_unix(path).await?.timeout(Duration::from_secs(30));
    let (status, blocks) = tokio::join!(vm.query_status(), vm.call::<commands::QueryBlock>(Default::default()));
    assert!(!status?.running && blocks?.len() == 1);
    let shutdown = vm.expect::<events::Shutdown>(|event| !event.guest);
    vm.quit().await?;
    shutdown.await?;
    Ok(())
}

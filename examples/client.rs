//! Asks a running machine (QEMU, or the `server` example) for its status, stops it for a moment, and lets it continue.
//!
//!     cargo run --example client [ADDRESS]
//!
//! To try it on QEMU: `qemu-system-x86_64 -nographic -qmp unix:/tmp/vm.sock,server=on,wait=off`

use std::time::Duration;

use examples::qmp::blocking::Client;
use examples::qmp::{BlockInfo, events};
use qmp_types::Result;

fn main() -> Result<()> {
    let vm = Client::connect(examples::address())?;

    let version = vm.query_version()?;
    println!("version {}.{}.{}", version.qemu.major, version.qemu.minor, version.qemu.micro);
    println!("name    {}", vm.query_name()?.name.as_deref().unwrap_or("(none)"));
    println!("status  {}", vm.query_status()?.status);
    println!("cpus    {}", vm.query_cpus_fast()?.len());
    for drive in vm.query_block()? {
        println!("drive   {}", describe(&drive));
    }

    // Armed before the command: the event cannot be missed.
    let stopped = vm.expect::<events::Stop>(|_| true);
    vm.stop()?;
    stopped.timeout(Duration::from_secs(5)).wait()?;
    println!("stopped {}", vm.query_status()?.status);
    vm.cont()?;
    println!("resumed {}", vm.query_status()?.status);

    // An error has a class: no text has to be searched.
    match vm.device_del("no-such-device") {
        Err(error) if error.is_device_not_found() => println!("refused {error}"),
        other => other?,
    }
    Ok(())
}

fn describe(drive: &BlockInfo) -> String {
    let medium = drive.inserted.as_ref().map(|medium| format!("{} ({})", medium.file, medium.drv));
    format!("{}: {}", drive.device, medium.as_deref().unwrap_or("empty"))
}

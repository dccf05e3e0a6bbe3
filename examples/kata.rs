//! Plugs processors, memory and a disk into a running QEMU, and the disk out again: a tour of `examples::kata`.
//!
//!     cargo run --example kata [SOCKET [IMAGE]]
//!
//! To try it:
//!
//!     truncate -s 64M /tmp/disk.img
//!     qemu-system-x86_64 -M q35 -display none -smp 1,maxcpus=4 -m 256M,slots=4,maxmem=2G \
//!         -device pcie-pci-bridge,id=pci-bridge-0 -qmp unix:/tmp/qmp-example.sock,server=on,wait=off
//!     cargo run --example kata /tmp/qmp-example.sock /tmp/disk.img

use std::path::Path;

use examples::kata::qmp::BlockdevAioOptions;
use examples::kata::{BlockDevice, BlockFormat, Monitor, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let socket = arguments.next().unwrap_or_else(|| "/tmp/qmp-example.sock".into());
    let image = arguments.next();

    let mut machine = Monitor::connect(socket)?;
    machine.init_pci_bridges(1);
    println!("status      {}", machine.status()?);
    println!("processors  {} plugged in", machine.hotplug_vcpus(1)?);
    println!("threads     {}", machine.vcpu_thread_ids()?.len());
    machine.hotplug_memory(128 << 20)?;
    println!("memory      {} MiB plugged in", machine.hotplugged_memory_size()? >> 20);
    if let Some(image) = &image {
        println!("disk        {:?}", machine.hotplug_block_device(&disk(Path::new(image)))?);
        match machine.hotunplug_block_device(0) {
            Ok(()) => println!("disk        released by the guest"),
            Err(error) => println!("disk        still there: {error}"),
        }
    }
    Ok(())
}

fn disk(path: &Path) -> BlockDevice<'_> {
    BlockDevice {
        index: 0,
        path,
        format: BlockFormat::Raw,
        scsi: false,
        read_only: false,
        aio: BlockdevAioOptions::Threads,
        direct: None,
        drop_cache: None,
        discard: false,
        block_sizes: None,
        iothread: None,
    }
}

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use examples::kata::qmp::BlockdevAioOptions;
use examples::kata::{BlockDevice, BlockFormat, GuestAddress, Monitor};

use crate::machine::for_each;

fn disk(index: u16, path: &Path) -> BlockDevice<'_> {
    BlockDevice {
        index,
        path,
        format: BlockFormat::Raw,
        scsi: false,
        read_only: false,
        aio: BlockdevAioOptions::Threads,
        direct: Some(false),
        drop_cache: Some(true),
        discard: true,
        block_sizes: Some((512, 4096)),
        iothread: Some("io0"),
    }
}

/// The nodes of the machine, by name.
fn nodes(monitor: &Monitor) -> Vec<String> {
    let nodes = monitor.client().call_raw("query-named-block-nodes", &serde_json::json!({ "flat": true })).unwrap();
    let names = nodes.as_array().unwrap().iter().map(|node| node["node-name"].as_str().unwrap().to_owned());
    names.filter(|name| !name.starts_with('#')).collect()
}

#[test]
fn disks_are_plugged_in_and_out() {
    for_each(|qemu, mut monitor| {
        let image = qemu.folder().join("disk.img");
        fs::write(&image, vec![0; 1 << 20]).unwrap();
        // The bridge is at slot 1 of the root or so; the first slot behind it is free.
        let address = monitor.hotplug_block_device(&disk(0, &image)).unwrap();
        assert!(matches!(&address, GuestAddress::Pci(path) if path.ends_with("/01")), "{address:?}");
        let scsi = BlockDevice { scsi: true, read_only: true, ..disk(0x0102, &image) };
        assert_eq!(monitor.hotplug_block_device(&scsi).unwrap(), GuestAddress::Scsi("1:2".into()));
        assert_eq!(nodes(&monitor), ["drive-258", "drive-0"]);

        let again = monitor.hotplug_block_device(&disk(0, &image)).unwrap_err().to_string();
        assert_eq!(again, "there is a disk drive-0 already");
        monitor.hotunplug_block_device(0).unwrap();
        monitor.hotunplug_block_device(0x0102).unwrap();
        assert_eq!(nodes(&monitor), [""; 0]);
        monitor.verify_block_fdsets(&HashMap::new()).unwrap();
        assert!(monitor.hotunplug_block_device(0).unwrap_err().to_string().contains("not found"));
    });
}

#[test]
fn a_new_monitor_finds_the_descriptors_of_disks() {
    for_each(|qemu, mut monitor| {
        let image = qemu.folder().join("disk.img");
        fs::write(&image, vec![0; 1 << 20]).unwrap();
        monitor.hotplug_block_device(&disk(7, &image)).unwrap();
        let set = monitor.client().query_fdsets().unwrap()[0].fdset_id;
        drop(monitor);
        let monitor = Monitor::connect(qemu.socket()).unwrap();
        monitor.verify_block_fdsets(&HashMap::from([("drive-7".to_owned(), vec![set])])).unwrap();
        assert!(monitor.verify_block_fdsets(&HashMap::new()).is_err());
    });
}

#[test]
fn failed_steps_are_undone() {
    for_each(|qemu, mut monitor| {
        let image = qemu.folder().join("disk.img");
        fs::write(&image, vec![0; 1 << 20]).unwrap();
        let no_image = BlockDevice { format: BlockFormat::Vmdk, read_only: true, ..disk(0, &image) };
        let no_thread = BlockDevice { iothread: Some("io9"), ..disk(0, &image) };
        for (disk, expected) in [(no_image, "VMDK"), (no_thread, "io9")] {
            let refused = monitor.hotplug_block_device(&disk).unwrap_err().to_string();
            assert!(refused.contains(expected), "{refused}");
            assert_eq!(nodes(&monitor), [""; 0]);
            assert_eq!(monitor.client().query_fdsets().unwrap(), []);
        }
        let missing = monitor.hotplug_block_device(&disk(0, Path::new("/missing"))).unwrap_err().to_string();
        assert!(missing.contains("No such file"), "{missing}");
        // The slots of the failed ones are free again.
        let address = monitor.hotplug_block_device(&disk(0, &image)).unwrap();
        assert!(matches!(&address, GuestAddress::Pci(path) if path.ends_with("/01")), "{address:?}");
    });
}

#[test]
fn a_device_of_the_host_that_is_not_there_is_refused() {
    for_each(|_, monitor| {
        let refused = monitor.hotplug_vfio_pci_device("gpu0", "vfio-pci", "ff:1f.7", "port0").unwrap_err().to_string();
        assert!(refused.contains("0000:ff:1f.7"), "{refused}");
        let refused = monitor.hotplug_vfio_ap_device("ap0", "/sys/devices/vfio_ap/matrix/0").unwrap_err().to_string();
        assert!(refused.contains("vfio-ap"), "{refused}");
    });
}

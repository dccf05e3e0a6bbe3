use crate::machine::for_each;

const MIB: u64 = 1 << 20;

#[test]
fn modules_are_plugged_in() {
    for_each(|_, mut monitor| {
        monitor.set_guest_memory_block_size(128 * MIB);
        let block = monitor.guest_memory_block_size();
        monitor.hotplug_memory(block).unwrap();
        monitor.hotplug_memory(2 * block).unwrap();
        assert_eq!(monitor.hotplugged_memory_size().unwrap(), 3 * block);
        // QEMU says why, and the backend is gone again.
        let refused = monitor.hotplug_memory(64 << 30).unwrap_err().to_string();
        assert!(refused.contains("not enough space"), "{refused}");
        let objects = monitor.client().qom_get(examples::kata::qmp::QomGetArgs::new("/objects/hotplugged-2", "size"));
        assert!(objects.unwrap_err().is_device_not_found());
        assert!(monitor.hotunplug_memory(MIB).unwrap_err().to_string().contains("no memory module of this size"));
    });
}

#[test]
fn a_virtio_mem_device_is_resized() {
    for_each(|_, mut monitor| {
        monitor.setup_virtio_mem(0, true).unwrap();
        assert_eq!(monitor.hotplugged_memory_size().unwrap(), 0, "there is no device");
        for share in [false, true] {
            let mut refused = |size| monitor.setup_virtio_mem(size, share).unwrap_err().to_string();
            assert!(refused(64 << 30).contains("memory"), "{share}");
        }
        monitor.setup_virtio_mem(512 * MIB + 1, true).unwrap();
        monitor.hotplug_memory(256 * MIB).unwrap();
        monitor.hotplug_memory(128 * MIB).unwrap();
        monitor.hotunplug_memory(64 * MIB).unwrap();
        assert_eq!(monitor.hotplugged_memory_size().unwrap(), 320 * MIB);
        assert!(monitor.resize_virtio_mem(1 << 40).is_err(), "it is larger than the device");
    });
}

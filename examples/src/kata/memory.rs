//! Memory: devices of the type `virtio-mem`, which can be resized, or else modules.

use super::qmp::{
    DeviceAddArgs, MemoryBackendFileProperties, MemoryDeviceInfo, MemoryDeviceInfoType, ObjectOptions,
    PCDIMMDeviceInfo, QomSetArgs, VirtioMEMDeviceInfo,
};
use super::{Monitor, Result};

const VIRTIO_MEM: &str = "virtiomem0";
const VIRTIO_MEM_BACKEND: &str = "virtiomem";
const SHARED_MEMORY: &str = "/dev/shm";
const MIB: u64 = 1 << 20;

impl Monitor {
    /// Sets the size of the blocks in which the guest takes memory.
    pub fn set_guest_memory_block_size(&mut self, size: u64) {
        self.guest_memory_block_size = size;
    }

    /// Returns the size of the blocks in which the guest takes memory.
    #[must_use]
    pub fn guest_memory_block_size(&self) -> u64 {
        self.guest_memory_block_size
    }

    /// Returns how many bytes were plugged in.
    ///
    /// # Errors
    /// As for any call.
    pub fn hotplugged_memory_size(&self) -> Result<u64> {
        let devices = self.vm.query_memory_devices()?;
        let modules: u64 = devices.iter().filter_map(module).map(|module| module.size as u64).sum();
        Ok(modules + devices.iter().filter_map(virtio_mem).map(|device| device.requested_size).sum::<u64>())
    }

    /// Plugs in memory: enlarges the `virtio-mem` device if there is one, or else adds a module.
    ///
    /// # Errors
    /// If QEMU cannot allocate the memory, or has no slot for a module.
    pub fn hotplug_memory(&self, size: u64) -> Result<()> {
        let devices = self.vm.query_memory_devices()?;
        match devices.iter().find_map(virtio_mem) {
            Some(device) => self.resize_virtio_mem(device.requested_size + size),
            None => self.hotplug_module(devices.iter().filter_map(module).count(), size),
        }
    }

    /// Takes memory away: shrinks the `virtio-mem` device if there is one, or else removes a module of this size.
    ///
    /// # Errors
    /// If there is no such module.
    pub fn hotunplug_memory(&self, size: u64) -> Result<()> {
        let devices = self.vm.query_memory_devices()?;
        if let Some(device) = devices.iter().find_map(virtio_mem) {
            return self.resize_virtio_mem(device.requested_size.saturating_sub(size));
        }
        let ids = devices.iter().filter_map(module).filter(|module| module.size as u64 == size);
        let mut ids = ids.filter_map(|module| module.id.as_deref());
        let module = ids.find_map(|id| Some((id, id.strip_prefix("frontend-to-")?)));
        let (frontend, backend) = module.ok_or("there is no memory module of this size")?;
        self.unplug(frontend)?;
        Ok(self.vm.object_del(backend)?)
    }

    /// Resizes the `virtio-mem` device, as far as the guest follows.
    ///
    /// # Errors
    /// If there is no such device, or it cannot have this size.
    pub fn resize_virtio_mem(&self, size: u64) -> Result<()> {
        Ok(self.vm.qom_set(QomSetArgs::new(VIRTIO_MEM, "requested-size", size))?)
    }

    /// Adds an empty `virtio-mem` device that can grow up to this size, shared with other processes on request.
    ///
    /// # Errors
    /// If QEMU cannot allocate the memory, or there is no slot left.
    pub fn setup_virtio_mem(&mut self, size: u64, share: bool) -> Result<()> {
        let size = size & !(4 * MIB - 1);
        if size == 0 {
            return Ok(());
        }
        let backend = match share {
            true => memory_file(VIRTIO_MEM_BACKEND, size),
            false => ObjectOptions::memory_backend_ram(VIRTIO_MEM_BACKEND, size),
        };
        self.vm.object_add(backend).map_err(|error| match error.desc() {
            Some(text) if text.contains("Cannot allocate memory") => {
                format!("cannot allocate {} MiB: {error}; try 'echo 1 > /proc/sys/vm/overcommit_memory'", size / MIB)
            }
            _ => error.to_string(),
        })?;
        let device =
            DeviceAddArgs::new(self.driver("virtio-mem")).id(VIRTIO_MEM).property("memdev", VIRTIO_MEM_BACKEND);
        self.plug(device).inspect_err(|_| {
            let _ = self.vm.object_del(VIRTIO_MEM_BACKEND);
        })?;
        Ok(())
    }

    fn hotplug_module(&self, index: usize, size: u64) -> Result<()> {
        let backend = format!("hotplugged-{index}");
        self.vm.object_add(memory_file(&backend, size))?;
        let module = DeviceAddArgs::new("pc-dimm").id(format!("frontend-to-{backend}")).property("memdev", &backend);
        self.vm.device_add(module).inspect_err(|_| {
            let _ = self.vm.object_del(&*backend);
        })?;
        Ok(())
    }
}

/// Memory that other processes of the host can share.
fn memory_file(id: &str, size: u64) -> ObjectOptions {
    ObjectOptions::memory_backend_file(id, MemoryBackendFileProperties::new(size, SHARED_MEMORY).share(true))
}

fn module(device: &MemoryDeviceInfo) -> Option<&PCDIMMDeviceInfo> {
    match &device.type_ {
        MemoryDeviceInfoType::Dimm(module) if module.hotplugged && module.hotpluggable => Some(module),
        _ => None,
    }
}

fn virtio_mem(device: &MemoryDeviceInfo) -> Option<&VirtioMEMDeviceInfo> {
    match &device.type_ {
        MemoryDeviceInfoType::VirtioMem(device) => Some(device),
        _ => None,
    }
}

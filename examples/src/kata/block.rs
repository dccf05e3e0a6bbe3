//! Disks.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileTypeExt;
use std::path::Path;
use std::time::Duration;

use qmp_types::qemu::blocking::device_deleted;

use super::pci::Place;
use super::qmp::{
    AddFdArgs, BlockdevAioOptions, BlockdevCacheOptions, BlockdevDiscardOptions, BlockdevOptions, BlockdevOptionsFile,
    BlockdevOptionsGenericCOWFormat, BlockdevOptionsRaw, DeviceAddArgs, FdsetInfo, RemoveFdArgs,
};
use super::{Monitor, Result};

/// The start of the description of descriptors that belong to disks.
const OPAQUE: &str = "kata-block:";
/// How long the guest may take to release a device.
const UNPLUG_LIMIT: Duration = Duration::from_secs(10);

/// A disk.
#[derive(Debug, Clone)]
pub struct BlockDevice<'a> {
    /// The disk's number. Its node and its device are called `drive-NUMBER`.
    pub index: u16,
    /// The image, or a block device of the host.
    pub path: &'a Path,
    /// The format of the image.
    pub format: BlockFormat,
    /// Whether the disk hangs on the SCSI bus `scsi0.0`, instead of being a device of its own.
    pub scsi: bool,
    /// Whether the guest cannot write to it.
    pub read_only: bool,
    /// How QEMU accesses the image.
    pub aio: BlockdevAioOptions,
    /// Whether the host's page cache is bypassed. Default: QEMU's.
    pub direct: Option<bool>,
    /// Whether QEMU drops the cache before a migration. Default: QEMU's.
    pub drop_cache: Option<bool>,
    /// Whether discarded sectors are released.
    pub discard: bool,
    /// The size of logical and of physical blocks. Default: QEMU's.
    pub block_sizes: Option<(u32, u32)>,
    /// The thread that serves the device. Default: QEMU's main loop.
    pub iothread: Option<&'a str>,
}

/// The format of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockFormat {
    /// The bytes of the disk.
    Raw,
    /// VMware's format.
    Vmdk,
}

/// Where the guest finds a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestAddress {
    /// The slots from the root of the PCI buses.
    Pci(String),
    /// Target and unit.
    Scsi(String),
    /// The device number in the channel subsystem.
    Ccw(String),
}

impl Monitor {
    /// Plugs in a disk. QEMU gets the image as an open file, so that it need not be able to open it itself.
    ///
    /// # Errors
    /// If the image cannot be opened, or there is no slot left. QEMU has neither a node nor the open file then.
    pub fn hotplug_block_device(&mut self, disk: &BlockDevice<'_>) -> Result<GuestAddress> {
        let node = node_name(disk.index);
        if self.block_fdsets.contains_key(&node) {
            return Err(format!("there is a disk {node} already").into());
        }
        let image = self.image(disk, &node)?;
        let added = self.vm.blockdev_add(format_node(disk, image).node_name(&node));
        added.inspect_err(|_| self.remove_block_fdsets(&node))?;
        self.plug_disk(disk, &node).inspect_err(|_| {
            if self.vm.blockdev_del(&node).is_ok() {
                self.remove_block_fdsets(&node);
            }
        })
    }

    /// Removes a disk: waits until the guest has released it, and closes the image.
    ///
    /// # Errors
    /// If there is no such disk, or the guest does not release it in time.
    pub fn hotunplug_block_device(&mut self, index: u16) -> Result<()> {
        let node = node_name(index);
        self.unplug(&node)?;
        self.release(&node);
        self.vm.blockdev_del(&node)?;
        self.remove_block_fdsets(&node);
        Ok(())
    }

    /// Removes a device, and waits until the guest has released it.
    pub(super) fn unplug(&self, device: &str) -> Result<()> {
        let deleted = device_deleted(&self.vm, device).timeout(UNPLUG_LIMIT);
        self.vm.device_del(device)?;
        Ok(deleted.wait()?)
    }

    /// Fails unless QEMU has exactly these sets of descriptors for its disks.
    ///
    /// # Errors
    /// If it has others.
    pub fn verify_block_fdsets(&self, expected: &HashMap<String, Vec<i64>>) -> Result<()> {
        match self.block_fdsets == *expected {
            true => Ok(()),
            false => Err("QEMU's descriptors of disks are not those that it was given".into()),
        }
    }

    /// Finds out which disks QEMU has descriptors for.
    pub(super) fn refresh_block_fdsets(&mut self) -> Result<()> {
        self.block_fdsets = block_fdsets(&self.vm.query_fdsets()?);
        Ok(())
    }

    /// Returns the node that reads and writes the image.
    fn image(&mut self, disk: &BlockDevice<'_>, node: &str) -> Result<BlockdevOptions> {
        let file = File::options().read(true).write(!disk.read_only).open(disk.path)?;
        let is_device = file.metadata()?.file_type().is_block_device();
        let opaque = AddFdArgs::new().opaque(format!("{OPAQUE}{node}"));
        let set = self.vm.add_fd(opaque, &file)?.fdset_id;
        self.block_fdsets.entry(node.to_owned()).or_default().push(set);

        let options = BlockdevOptionsFile::new(format!("/dev/fdset/{set}")).aio(disk.aio.clone());
        let options = options.drop_cache(disk.drop_cache);
        let image = if is_device { BlockdevOptions::host_device(options) } else { BlockdevOptions::file(options) };
        let cache = disk.direct.map(|direct| BlockdevCacheOptions::new().direct(direct));
        Ok(image.read_only(disk.read_only).discard(discard(disk)).cache(cache))
    }

    fn plug_disk(&mut self, disk: &BlockDevice<'_>, node: &str) -> Result<GuestAddress> {
        let driver = if disk.scsi { "scsi-hd".to_owned() } else { self.driver("virtio-blk") };
        let device = DeviceAddArgs::new(driver)
            .id(node)
            .property("drive", node)
            .property("share-rw", (!disk.read_only).then_some(true))
            .property("logical_block_size", disk.block_sizes.map(|(logical, _)| logical))
            .property("physical_block_size", disk.block_sizes.map(|(_, physical)| physical));
        if disk.scsi {
            let [target, unit] = disk.index.to_be_bytes();
            self.vm.device_add(device.bus("scsi0.0").property("scsi-id", target).property("lun", unit))?;
            return Ok(GuestAddress::Scsi(format!("{target}:{unit}")));
        }
        let device = device.property("discard", disk.discard.then_some(true)).property("iothread", disk.iothread);
        match self.plug(device)? {
            Place::Ccw { devno } => Ok(GuestAddress::Ccw(devno)),
            Place::Pci { .. } => Ok(GuestAddress::Pci(self.pci_path(node)?)),
        }
    }

    fn remove_block_fdsets(&mut self, node: &str) {
        let sets = self.block_fdsets.remove(node).unwrap_or_default();
        let kept: Vec<i64> =
            sets.into_iter().filter(|set| self.vm.remove_fd(RemoveFdArgs::new(*set)).is_err()).collect();
        if !kept.is_empty() {
            self.block_fdsets.insert(node.to_owned(), kept);
        }
    }
}

/// Returns the node that the guest sees, above the one of the image.
fn format_node(disk: &BlockDevice<'_>, image: BlockdevOptions) -> BlockdevOptions {
    let node = match disk.format {
        BlockFormat::Raw => BlockdevOptions::raw(BlockdevOptionsRaw::new(image)),
        BlockFormat::Vmdk => BlockdevOptions::vmdk(BlockdevOptionsGenericCOWFormat::new(image)),
    };
    node.read_only(disk.read_only).discard(discard(disk)).force_share(disk.read_only.then_some(true))
}

fn discard(disk: &BlockDevice<'_>) -> Option<BlockdevDiscardOptions> {
    disk.discard.then_some(BlockdevDiscardOptions::Unmap)
}

fn node_name(index: u16) -> String {
    format!("drive-{index}")
}

fn block_fdsets(sets: &[FdsetInfo]) -> HashMap<String, Vec<i64>> {
    let mut disks: HashMap<String, Vec<i64>> = HashMap::new();
    for set in sets {
        let mut nodes: Vec<&str> = set.fds.iter().filter_map(|fd| fd.opaque.as_deref()?.strip_prefix(OPAQUE)).collect();
        nodes.dedup();
        nodes.into_iter().for_each(|node| disks.entry(node.to_owned()).or_default().push(set.fdset_id));
    }
    disks
}

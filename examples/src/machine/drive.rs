//! Drives and their trays: taking media out and putting them in.

use qmp_types::{Context, Error, Result};

use super::Machine;
use super::block::Block;
use crate::qmp::{
    BlockdevChangeReadOnlyMode, BlockdevOptions, BlockdevOptionsDriver, BlockdevOptionsFile, BlockdevOptionsQcow2,
    BlockdevOptionsRaw, BlockdevRef, events,
};

/// A drive, as the guest sees it.
#[derive(Debug)]
pub(super) struct Drive {
    /// The name of the drive; empty if `device_add` added it.
    pub(super) device: String,
    /// The name of the device.
    pub(super) id: String,
    pub(super) removable: bool,
    pub(super) tray_open: bool,
    /// The node of the medium in it.
    pub(super) medium: Option<String>,
    read_only: bool,
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn eject(&self, device: Option<String>, id: Option<String>, force: Option<bool>, cx: &Context) -> Result<()> {
        let block = &mut self.lock().block;
        let index = block.find_removable(device, id, force == Some(true))?;
        block.drives[index].move_tray(true, cx);
        block.take_out(index);
        Ok(())
    }

    #[qmp_command(whole)]
    #[expect(deprecated, reason = "clients may still name a drive by `device`")]
    fn blockdev_change_medium(&self, args: crate::qmp::BlockdevChangeMediumArgs, cx: &Context) -> Result<()> {
        let block = &mut self.lock().block;
        let index = block.find_removable(args.device, args.id, args.force == Some(true))?;
        let drive = &block.drives[index];
        let read_only = match args.read_only_mode.unwrap_or(BlockdevChangeReadOnlyMode::Retain) {
            BlockdevChangeReadOnlyMode::ReadOnly => true,
            BlockdevChangeReadOnlyMode::ReadWrite => false,
            _ => drive.read_only,
        };
        let medium = block.graph.add(medium(args.filename, args.format.as_deref(), read_only)?)?;
        block.drives[index].move_tray(true, cx);
        block.take_out(index);
        let drive = &mut block.drives[index];
        (drive.medium, drive.read_only) = (Some(medium), read_only);
        drive.move_tray(false, cx);
        Ok(())
    }
}

/// Describes the node for a file in this format.
fn medium(filename: String, format: Option<&str>, read_only: bool) -> Result<BlockdevOptions> {
    let file = BlockdevOptionsDriver::File(BlockdevOptionsFile::new(filename));
    let file = BlockdevRef::from(BlockdevOptions::new(file).read_only(read_only));
    let driver = match format.unwrap_or("raw") {
        "raw" => BlockdevOptionsDriver::Raw(BlockdevOptionsRaw::new(file)),
        "qcow2" => BlockdevOptionsDriver::Qcow2(BlockdevOptionsQcow2::new(file)),
        other => return Err(Error::generic(format!("Invalid block format '{other}'"))),
    };
    Ok(BlockdevOptions::new(driver).read_only(read_only))
}

impl Drive {
    /// A hard disk of this node.
    pub(super) fn disk(device: &str, id: &str, node: &str) -> Self {
        let (device, id, medium) = (device.to_owned(), id.to_owned(), Some(node.to_owned()));
        Self { device, id, medium, removable: false, tray_open: false, read_only: false }
    }

    /// A CD-ROM drive with a disc in it.
    pub(super) fn cdrom(name: &str, node: &str) -> Self {
        Self { removable: true, read_only: true, ..Self::disk(name, name, node) }
    }

    fn move_tray(&mut self, open: bool, cx: &Context) {
        if self.tray_open != open {
            self.tray_open = open;
            cx.emit(events::DeviceTrayMoved::new(&self.device, &self.id, open));
        }
    }
}

impl Block {
    /// Returns the drive that a client names, if its medium can be removed. `force` ends the job that keeps the tray locked.
    fn find_removable(&mut self, device: Option<String>, id: Option<String>, force: bool) -> Result<usize> {
        let ((Some(name), None) | (None, Some(name))) = (device, id) else {
            return Err(Error::generic("Need exactly one of 'device' and 'id'"));
        };
        let index = self.drives.iter().position(|drive| drive.device == name || drive.id == name);
        let index = index.ok_or_else(|| Error::device_not_found(&name))?;
        if !self.drives[index].removable {
            return Err(Error::generic(format!("Device '{name}' is not removable")));
        }
        if let Some(medium) = self.drives[index].medium.clone().filter(|medium| self.is_busy(medium)) {
            if !force {
                return Err(Error::generic(format!(
                    "Device '{name}' is locked and force was not specified, wait for tray to open and try again"
                )));
            }
            self.cancel_job_on(&medium);
        }
        Ok(index)
    }

    /// Removes the medium, and its node if that was made for the drive.
    fn take_out(&mut self, index: usize) {
        if let Some(medium) = self.drives[index].medium.take() {
            self.graph.release(&medium);
        }
    }
}

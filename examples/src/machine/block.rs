//! Block nodes and drives: adding and removing nodes, and queries.

use std::collections::BTreeMap;

use qmp_types::server::FdStore;
use qmp_types::{Error, Result};

use super::Machine;
use super::block_job::Job;
use super::drive::Drive;
use super::node::{Graph, Node};
use crate::qmp::{BlockInfo, BlockStats, BlockdevOptions, BlockdevOptionsDriver, BlockdevOptionsNull};

/// Nodes, the drives that use them, and the jobs that work on them.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) graph: Graph,
    pub(super) drives: Vec<Drive>,
    pub(super) jobs: BTreeMap<String, Job>,
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn blockdev_add(&self, options: BlockdevOptions) -> Result<()> {
        match options.node_name.as_deref() {
            None => return Err(Error::generic("'node-name' must be specified for the root node")),
            Some(name) if !is_valid(name) => return Err(Error::generic(format!("Invalid node-name: '{name}'"))),
            Some(_) => {}
        }
        self.lock().block.graph.add(options).map(drop)
    }

    #[qmp_command]
    fn blockdev_del(&self, node_name: String) -> Result<()> {
        let block = &mut self.lock().block;
        block.graph.get(&node_name)?;
        if block.is_used(&node_name) || block.graph.is_below(&node_name) {
            return Err(Error::generic(format!("Node '{node_name}' is in use")));
        }
        block.graph.remove(&node_name);
        Ok(())
    }

    #[qmp_command]
    fn query_block(&self) -> Result<Vec<BlockInfo>> {
        let block = &self.lock().block;
        let drives = block.drives.iter().map(|drive| block.drive_info(drive));
        drives.chain(block.waiting().map(|node| block.node_info(node))).collect()
    }

    #[qmp_command]
    fn query_blockstats(&self, query_nodes: Option<bool>) -> Vec<BlockStats> {
        let block = &self.lock().block;
        if query_nodes == Some(true) {
            return block.graph.iter().map(|(name, node)| block.node_stats(name, node)).collect();
        }
        block.drives.iter().filter_map(|drive| block.drive_stats(drive)).collect()
    }
}

impl Block {
    /// The initial devices: a hard disk, and a CD-ROM drive with a disc in it.
    pub(super) fn new(fds: FdStore) -> Self {
        let mut graph = Graph::new(fds);
        for (name, size, read_only) in [("disk0", 64 << 20, false), ("disc0", 4 << 20, true)] {
            let driver = BlockdevOptionsDriver::NullCo(BlockdevOptionsNull { size: Some(size) });
            let (node_name, read_only) = (Some(name.to_owned()), Some(read_only));
            // Adding a leaf under an unused name cannot fail.
            let _ = graph.add(BlockdevOptions { driver, node_name, read_only });
        }
        let drives = vec![Drive::disk("ide0-hd0", "ide0-hd0", "disk0"), Drive::cdrom("ide1-cd0", "disc0")];
        Self { graph, drives, jobs: BTreeMap::new() }
    }

    /// Reads the boot disk, as the firmware does.
    pub(super) fn read_boot_sectors(&mut self) {
        for medium in self.drives.iter().filter_map(|drive| drive.medium.as_deref()) {
            if let Ok(node) = self.graph.get_mut(medium) {
                node.stats.rd_operations += 1;
                node.stats.rd_bytes += node.size.min(512) as i64;
            }
        }
    }

    /// Returns whether a drive or a job uses this node.
    pub(super) fn is_used(&self, node: &str) -> bool {
        self.drives.iter().any(|drive| drive.medium.as_deref() == Some(node)) || self.is_busy(node)
    }

    /// Named nodes that nothing uses.
    fn waiting(&self) -> impl Iterator<Item = &String> {
        let names = self.graph.iter().map(|(name, _)| name);
        names.filter(|name| !self.is_used(name) && !self.graph.is_below(name))
    }

    fn drive_info(&self, drive: &Drive) -> Result<BlockInfo> {
        let locked = drive.medium.as_deref().is_some_and(|medium| self.is_busy(medium));
        Ok(BlockInfo {
            qdev: Some(drive.id.clone()),
            inserted: drive.medium.as_deref().map(|medium| self.graph.info(medium)).transpose()?,
            tray_open: drive.removable.then_some(drive.tray_open),
            ..BlockInfo::new(&drive.device, "unknown", drive.removable, drive.removable && locked)
        })
    }

    fn node_info(&self, name: &str) -> Result<BlockInfo> {
        let inserted = Some(self.graph.info(name)?);
        Ok(BlockInfo::new("", "unknown", false, false).inserted(inserted))
    }

    fn drive_stats(&self, drive: &Drive) -> Option<BlockStats> {
        let medium = drive.medium.as_deref()?;
        let stats = self.node_stats(medium, self.graph.get(medium).ok()?);
        Some(BlockStats { device: Some(drive.device.clone()), qdev: Some(drive.id.clone()), ..stats })
    }

    fn node_stats(&self, name: &str, node: &Node) -> BlockStats {
        let backing = node.backing.as_deref().and_then(|name| Some(self.node_stats(name, self.graph.get(name).ok()?)));
        BlockStats {
            node_name: Some(name.to_owned()),
            backing: backing.map(Box::new),
            ..BlockStats::new(node.stats.clone())
        }
    }
}

/// Returns whether this is a valid name for a node.
fn is_valid(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c))
}

//! The block graph: nodes that have a name and no data.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};

use qmp_types::{Error, Result};

use crate::qmp::{BlockInfo, BlockNodeInfo, BlockdevDriver, BlockdevOptions, BlockdevOptionsDriver, BlockdevRef};

/// The nodes, by name. No handler holds the lock while it reads a file, so none delays another.
#[derive(Default)]
pub(crate) struct Nodes(Mutex<BTreeMap<String, BlockdevDriver>>);

impl Nodes {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, BlockdevDriver>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a node, after those below it.
    fn add(&self, options: BlockdevOptions) -> Result<()> {
        let driver = match options.driver {
            BlockdevOptionsDriver::Blkdebug(blkdebug) => {
                if let Some(config) = blkdebug.config {
                    let read = fs::read_to_string(&config);
                    read.map_err(|error| Error::generic(format!("Could not open '{config}': {error}")))?;
                }
                match blkdebug.image {
                    BlockdevRef::Definition(image) => self.add(*image)?,
                    BlockdevRef::Reference(name) if self.lock().contains_key(&name) => {}
                    BlockdevRef::Reference(name) => return Err(not_found(&name)),
                }
                BlockdevDriver::Blkdebug
            }
            BlockdevOptionsDriver::NullCo(_) => BlockdevDriver::NullCo,
        };
        if let Some(name) = options.node_name
            && self.lock().insert(name.clone(), driver).is_some()
        {
            return Err(Error::generic(format!("Duplicate nodes with node-name='{name}'")));
        }
        Ok(())
    }
}

fn not_found(name: &str) -> Error {
    Error::generic(format!("Failed to find node with node-name='{name}'"))
}

#[qmp_types::handlers(crate::qmp, part_of = crate::Emulator.nodes)]
impl Nodes {
    /// Reads a file, which may take long.
    #[qmp_command(blocking)]
    fn blockdev_add(&self, options: BlockdevOptions) -> Result<()> {
        self.add(options)
    }

    #[qmp_command]
    fn blockdev_del(&self, node_name: String) -> Result<()> {
        self.lock().remove(&node_name).map(drop).ok_or_else(|| not_found(&node_name))
    }

    #[qmp_command]
    fn query_named_block_nodes(&self, _flat: Option<bool>) -> Vec<BlockNodeInfo> {
        self.lock().iter().map(|(name, driver)| BlockNodeInfo::new(name, *driver)).collect()
    }

    #[qmp_command]
    fn query_block(&self) -> Vec<BlockInfo> {
        Vec::new()
    }
}

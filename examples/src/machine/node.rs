//! Block nodes: the graph that disks and media are made of.

use std::collections::BTreeMap;

use qmp_types::server::{Access, FdStore, OpenFile};
use qmp_types::{Error, Result};

use super::qcow2::Header;
use crate::qmp::{
    BlockDeviceInfo, BlockDeviceStats, BlockdevOptions, BlockdevOptionsDriver, BlockdevOptionsFile,
    BlockdevOptionsQcow2, BlockdevOptionsRaw, BlockdevRef, BlockdevRefOrNull, ImageInfo,
};

/// A block node.
#[derive(Debug)]
pub(super) struct Node {
    /// The driver's name.
    driver: &'static str,
    /// The host file, or the scheme of a driver without one.
    filename: String,
    /// The host file, open.
    image: Option<OpenFile>,
    pub(super) size: u64,
    pub(super) read_only: bool,
    /// The node below.
    file: Option<String>,
    pub(super) backing: Option<String>,
    /// Whether a client named it. Only a client removes such a node.
    named: bool,
    pub(super) stats: BlockDeviceStats,
}

/// All nodes, by name.
#[derive(Debug)]
pub(super) struct Graph {
    /// Opens host files, also those that a client has opened for the machine.
    fds: FdStore,
    nodes: BTreeMap<String, Node>,
    /// How many names were generated.
    made_up: usize,
}

impl Graph {
    pub(super) fn new(fds: FdStore) -> Self {
        Self { fds, nodes: BTreeMap::new(), made_up: 0 }
    }

    /// Opens a node and the nodes below it: all of them, or none.
    pub(super) fn add(&mut self, options: BlockdevOptions) -> Result<String> {
        let mut opening = Opening { made_up: self.made_up, graph: self, new: BTreeMap::new() };
        let name = opening.open(options)?;
        let Opening { made_up, new, .. } = opening;
        self.made_up = made_up;
        self.nodes.extend(new);
        Ok(name)
    }

    /// Finds a node by name.
    pub(super) fn get(&self, name: &str) -> Result<&Node> {
        self.nodes.get(name).ok_or_else(|| not_found(name))
    }

    /// Finds a node by name, for changes.
    pub(super) fn get_mut(&mut self, name: &str) -> Result<&mut Node> {
        self.nodes.get_mut(name).ok_or_else(|| not_found(name))
    }

    /// All names, with their nodes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Node)> {
        self.nodes.iter()
    }

    /// Returns whether another node uses this one.
    pub(super) fn is_below(&self, name: &str) -> bool {
        self.nodes.values().any(|node| node.below().any(|below| below == name))
    }

    /// Removes a node, and the nodes below it that nothing else uses.
    pub(super) fn remove(&mut self, name: &str) {
        let Some(node) = self.nodes.remove(name) else { return };
        for below in node.below() {
            self.release(below);
        }
    }

    /// Removes a node that nothing uses any more.
    pub(super) fn release(&mut self, name: &str) {
        let held = self.nodes.get(name).is_none_or(|node| node.named) || self.is_below(name);
        if !held {
            self.remove(name);
        }
    }

    /// Describes a node for `query-named-block-nodes` and `query-block`.
    pub(super) fn info(&self, name: &str) -> Result<BlockDeviceInfo> {
        let node = self.get(name)?;
        let depth = std::iter::successors(Some(node), |node| self.get(node.backing.as_deref()?).ok()).count() - 1;
        let image = ImageInfo::new(&node.filename, node.driver, node.size as i64);
        let backing_file = node.backing.as_ref().and_then(|backing| Some(self.get(backing).ok()?.filename.clone()));
        Ok(BlockDeviceInfo {
            node_name: Some(name.to_owned()),
            backing_file,
            ..BlockDeviceInfo::new(&node.filename, node.read_only, node.driver, depth as i64, false, image)
        })
    }
}

impl Node {
    /// The names of the nodes below it.
    fn below(&self) -> impl Iterator<Item = &str> {
        self.file.as_deref().into_iter().chain(self.backing.as_deref())
    }
}

/// Nodes that are being opened and not in the graph yet.
struct Opening<'a> {
    graph: &'a Graph,
    made_up: usize,
    new: BTreeMap<String, Node>,
}

impl Opening<'_> {
    fn open(&mut self, options: BlockdevOptions) -> Result<String> {
        let BlockdevOptions { driver, node_name, read_only } = options;
        let named = node_name.is_some();
        let name = node_name.unwrap_or_else(|| self.make_up_name());
        if self.find(&name).is_ok() {
            return Err(Error::generic(format!("Duplicate nodes with node-name='{name}'")));
        }
        let read_only = read_only.unwrap_or(false);
        let node = match driver {
            BlockdevOptionsDriver::File(file) => Node::file(&self.graph.fds, file.filename, read_only)?,
            BlockdevOptionsDriver::NullCo(null) => {
                Node::leaf("null-co", "null-co://".to_owned(), null.size.unwrap_or(1 << 30))
            }
            BlockdevOptionsDriver::Qcow2(qcow2) => self.qcow2(qcow2)?,
            BlockdevOptionsDriver::Raw(raw) => self.raw(raw)?,
            BlockdevOptionsDriver::Unknown(other) => {
                return Err(Error::generic(format!("Unknown driver '{}'", other.value)));
            }
        };
        if i64::try_from(node.size).is_err() {
            return Err(Error::generic(format!("Node '{name}' is too large: no reply could tell its size")));
        }
        self.new.insert(name.clone(), Node { read_only, named, ..node });
        Ok(name)
    }

    fn qcow2(&mut self, options: BlockdevOptionsQcow2) -> Result<Node> {
        let file = self.resolve(options.file)?;
        let below = self.find(&file)?;
        let filename = below.filename.clone();
        let header = below.image.as_ref().and_then(|image| Header::read(image, &filename));
        let header = header.ok_or_else(|| Error::generic("Image is not in qcow2 format"))?;
        let backing = match options.backing {
            Some(BlockdevRefOrNull::Definition(definition)) => Some(self.open(*definition)?),
            Some(BlockdevRefOrNull::Reference(name)) => Some(self.find(&name).map(|_| name)?),
            Some(_) => None,
            None => header.backing_file.map(|name| self.open(read_only_file(name))).transpose()?,
        };
        Ok(Node { file: Some(file), backing, ..Node::leaf("qcow2", filename, header.size) })
    }

    fn raw(&mut self, options: BlockdevOptionsRaw) -> Result<Node> {
        let file = self.resolve(options.file)?;
        let below = self.find(&file)?;
        let offset = options.offset.unwrap_or(0);
        let rest = below.size.checked_sub(offset).ok_or_else(|| Error::generic("The offset is behind the end"))?;
        let size = options.size.unwrap_or(rest);
        if size > rest {
            return Err(Error::generic("The window is larger than what is below it"));
        }
        let leaf = Node::leaf("raw", below.filename.clone(), size);
        Ok(Node { file: Some(file), ..leaf })
    }

    fn resolve(&mut self, reference: BlockdevRef) -> Result<String> {
        match reference {
            BlockdevRef::Definition(definition) => self.open(*definition),
            BlockdevRef::Reference(name) => self.find(&name).map(|_| name),
            BlockdevRef::Unknown(value) => Err(Error::generic(format!("{value} is not a node"))),
        }
    }

    fn find(&self, name: &str) -> Result<&Node> {
        self.new.get(name).map_or_else(|| self.graph.get(name), Ok)
    }

    /// Generated names cannot clash: a client's node name has no `#`.
    fn make_up_name(&mut self) -> String {
        self.made_up += 1;
        format!("#block{}", self.made_up)
    }
}

impl Node {
    fn file(fds: &FdStore, filename: String, read_only: bool) -> Result<Self> {
        let image = fds.open(&filename, if read_only { Access::ReadOnly } else { Access::ReadWrite })?;
        let size = image.metadata()?.len();
        Ok(Self { image: Some(image), ..Self::leaf("file", filename, size) })
    }

    fn leaf(driver: &'static str, filename: String, size: u64) -> Self {
        let stats = BlockDeviceStats::new(0, 0, 0, 0, 0);
        let (image, file, backing) = (None, None, None);
        Self { driver, filename, image, size, read_only: false, file, backing, named: false, stats }
    }
}

/// A backing file is opened read-only.
fn read_only_file(filename: String) -> BlockdevOptions {
    let driver = BlockdevOptionsDriver::File(BlockdevOptionsFile::new(filename));
    BlockdevOptions::new(driver).read_only(true)
}

fn not_found(name: &str) -> Error {
    Error::generic(format!("Failed to find node with node-name='{name}'"))
}

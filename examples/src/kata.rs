//! What the QMP module of Kata Containers does, function by function, on a generated client: plugs processors, memory,
//! disks, network cards and host devices into a running QEMU, and migrates it.
//!
//! `guides/kata.md` compares the two. The program `kata` calls the functions; the tests run them against QEMU of three
//! generations.

mod block;
mod ccw;
mod cpus;
mod memory;
mod migration;
mod network;
mod pci;
mod vfio;

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use qmp_types::ClientOptions;

pub use block::{BlockDevice, BlockFormat, GuestAddress};
pub use ccw::CcwBus;
pub use network::NetworkDevice;
use pci::PciBridges;
use qmp::RunState;
use qmp::blocking::Client;

/// The bindings, of the part of QEMU's interface that is used here.
pub mod qmp {
    qmp_types::schema!("schema/qemu.json", side = client, fd_commands = ["getfd", "add-fd"]);
}

/// The errors of QMP, and those of this module.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// The results of this module.
pub type Result<T> = std::result::Result<T, Error>;

/// How long QEMU may take to start.
const CONNECT_LIMIT: Duration = Duration::from_secs(50);
/// How long a command may take.
const CALL_LIMIT: Duration = Duration::from_secs(5);

/// The monitor of a running machine, and what was plugged into the machine.
#[derive(Debug)]
pub struct Monitor {
    vm: Client,
    ccw: Option<CcwBus>,
    bridges: PciBridges,
    /// The descriptor sets of each disk, by the name of its node.
    block_fdsets: HashMap<String, Vec<i64>>,
    guest_memory_block_size: u64,
}

impl Monitor {
    /// Connects to a machine that may still be starting, and finds out which disks it has descriptors for.
    ///
    /// # Errors
    /// If QEMU does not answer in time.
    pub fn connect(socket: impl AsRef<Path>) -> Result<Self> {
        let options = ClientOptions::new().connect_timeout(CONNECT_LIMIT);
        let vm = Client::connect_unix_with(socket, &options)?.timeout(CALL_LIMIT);
        let (bridges, block_fdsets) = (PciBridges::default(), HashMap::new());
        let mut monitor = Self { vm, ccw: None, bridges, block_fdsets, guest_memory_block_size: 0 };
        monitor.refresh_block_fdsets()?;
        Ok(monitor)
    }

    /// Returns the client, for commands that have no function here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.vm
    }

    /// Has devices plugged into the channel subsystem, as machines of s390x have it. Default: into PCI bridges.
    pub fn set_ccw_bus(&mut self, bus: CcwBus) {
        self.ccw = Some(bus);
    }

    /// Declares the bridges `pci-bridge-0` and so on, which the machine was started with.
    pub fn init_pci_bridges(&mut self, count: u32) {
        self.bridges = PciBridges::new(count);
    }

    /// Stops the machine.
    ///
    /// # Errors
    /// As for any call.
    pub fn stop(&self) -> Result<()> {
        Ok(self.vm.stop()?)
    }

    /// Lets the machine continue.
    ///
    /// # Errors
    /// As for any call.
    pub fn cont(&self) -> Result<()> {
        Ok(self.vm.cont()?)
    }

    /// Returns what the machine is doing.
    ///
    /// # Errors
    /// As for any call.
    pub fn status(&self) -> Result<RunState> {
        Ok(self.vm.query_status()?.status)
    }
}

//! The machine: one state behind one lock. The handlers of its commands stand by topic in the modules below.

mod block;
mod block_job;
mod character;
mod control;
mod device;
mod drive;
mod fd;
mod memory;
mod migration;
mod model;
mod net;
mod node;
mod qcow2;
mod run_state;
mod screen;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use qmp_types::server::FdStore;

use crate::qmp::RunState;

/// The configuration of a machine.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name, if it has one.
    pub name: Option<String>,
    /// The UUID, as text.
    pub uuid: String,
    /// The size of the memory in bytes; at least 1 MiB.
    pub memory: usize,
    /// The number of processors.
    pub cpus: u32,
    /// Whether the server stops when the guest has shut the machine down.
    pub stop_after_shutdown: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            name: Some("example".to_owned()),
            uuid: "00000000-0000-0000-0000-000000000000".to_owned(),
            memory: 16 << 20,
            cpus: 2,
            stop_after_shutdown: false,
        }
    }
}

/// A running machine. A clone is another handle on the same machine.
#[derive(Debug, Clone)]
pub struct Machine(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    config: Config,
    state: Mutex<State>,
    migration: migration::Progress,
    fds: FdStore,
}

/// The state that commands change.
#[derive(Debug)]
struct State {
    run: RunState,
    memory: memory::Memory,
    block: block::Block,
    devices: device::Devices,
    netdevs: BTreeMap<String, net::Netdev>,
    chardevs: BTreeMap<String, character::Chardev>,
}

impl Machine {
    /// Starts a machine with a hard disk, a CD-ROM drive with a disc in it, a screen and a mouse.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let fds = FdStore::new();
        let mut state = State {
            run: RunState::Running,
            memory: memory::Memory::new(config.memory),
            block: block::Block::new(fds.clone()),
            devices: device::Devices::new(),
            netdevs: BTreeMap::new(),
            chardevs: BTreeMap::new(),
        };
        state.boot();
        let migration = migration::Progress::default();
        Self(Arc::new(Shared { config, state: Mutex::new(state), migration, fds }))
    }

    /// The configuration of the machine.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Locks the state. A handler that panicked leaves it usable: a panic costs its command, not the machine.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Machine {
    fn default() -> Self {
        Self::new(Config::default())
    }
}

impl State {
    /// Does what the firmware does at start: paints the screen, reads the disks, writes a greeting to the serial ports.
    fn boot(&mut self) {
        screen::paint(&mut self.memory);
        self.block.read_boot_sectors();
        for chardev in self.devices.serial_ports() {
            if let Some(chardev) = self.chardevs.get_mut(chardev) {
                chardev.write(b"booting\r\n");
            }
        }
    }
}

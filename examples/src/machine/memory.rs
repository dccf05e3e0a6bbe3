//! Memory and processors.

use qmp_types::{Context, Error, Result};

use super::Machine;
use crate::qmp::{BalloonInfo, CpuInfoFast, SysEmuTarget, events};

/// The machine's memory. A physical address is an index; virtual addresses equal physical ones.
#[derive(Debug)]
pub(super) struct Memory {
    ram: Vec<u8>,
    /// The bytes that the balloon leaves to the guest.
    guest_has: i64,
}

impl Memory {
    pub(super) fn new(size: usize) -> Self {
        let size = size.max(1 << 20);
        Self { ram: vec![0; size], guest_has: size as i64 }
    }

    pub(super) fn size(&self) -> usize {
        self.ram.len()
    }

    pub(super) fn slice(&self, start: u64, size: u64) -> Result<&[u8]> {
        let end = start.checked_add(size).and_then(|end| usize::try_from(end).ok());
        end.and_then(|end| self.ram.get(start as usize..end))
            .ok_or_else(|| Error::generic(format!("Invalid addr {start:#018x}/size {size} specified")))
    }

    /// A part of the memory, for writing.
    pub(super) fn slice_mut(&mut self, start: usize, size: usize) -> &mut [u8] {
        &mut self.ram[start..start + size]
    }
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn balloon(&self, value: i64, cx: &Context) -> Result<()> {
        if value <= 0 {
            return Err(Error::generic("Parameter 'value' expects a size"));
        }
        let memory = &mut self.lock().memory;
        let actual = value.min(memory.size() as i64);
        if actual != memory.guest_has {
            memory.guest_has = actual;
            cx.emit(events::BalloonChange::new(actual));
        }
        Ok(())
    }

    #[qmp_command]
    fn query_balloon(&self) -> BalloonInfo {
        BalloonInfo::new(self.lock().memory.guest_has)
    }

    #[qmp_command(blocking)]
    fn memsave(&self, val: u64, size: u64, filename: String, cpu_index: Option<i64>) -> Result<()> {
        if !(0..i64::from(self.config().cpus)).contains(&cpu_index.unwrap_or(0)) {
            return Err(Error::generic("Parameter 'cpu-index' expects a CPU number"));
        }
        self.save(val, size, &filename)
    }

    #[qmp_command(blocking)]
    fn pmemsave(&self, val: u64, size: u64, filename: String) -> Result<()> {
        self.save(val, size, &filename)
    }

    #[qmp_command]
    fn query_cpus_fast(&self) -> Vec<CpuInfoFast> {
        // The processors of this machine have no threads.
        let thread = i64::from(std::process::id());
        (0..i64::from(self.config().cpus))
            .map(|index| CpuInfoFast::new(index, format!("/machine/cpu[{index}]"), thread, SysEmuTarget::X86_64))
            .collect()
    }
}

impl Machine {
    fn save(&self, start: u64, size: u64, filename: &str) -> Result<()> {
        // A copy, so that a slow disk does not stop the machine.
        let bytes = self.lock().memory.slice(start, size)?.to_vec();
        write_file(filename, &bytes)
    }
}

/// Creates or replaces a file.
pub(super) fn write_file(filename: &str, bytes: &[u8]) -> Result<()> {
    std::fs::write(filename, bytes).map_err(|error| Error::generic(format!("Could not open '{filename}': {error}")))
}

//! Character backends.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::Write;

use qmp_types::{Error, Result};

use super::Machine;
use super::model::Backend;
use crate::qmp::{ChardevBackend, ChardevBackendType, ChardevInfo, ChardevReturn, ChardevRingbuf};

/// A character backend.
#[derive(Debug)]
pub(super) struct Chardev {
    sink: Sink,
    log: Option<File>,
}

/// The destination of the bytes.
#[derive(Debug)]
enum Sink {
    File(File),
    Nowhere,
    Ring { bytes: VecDeque<u8>, capacity: usize },
}

#[qmp_types::handlers(crate::qmp)]
impl Machine {
    #[qmp_command]
    fn query_chardev(&self) -> Vec<ChardevInfo> {
        let state = self.lock();
        let info = |(label, chardev): (&String, &Chardev)| {
            ChardevInfo::new(label, chardev.sink.name(), state.devices.uses(Backend::Chardev, label))
        };
        state.chardevs.iter().map(info).collect()
    }

    #[qmp_command]
    fn chardev_add(&self, id: String, backend: ChardevBackend) -> Result<ChardevReturn> {
        let mut state = self.lock();
        if state.chardevs.contains_key(&id) {
            return Err(Error::generic(format!("Chardev with id '{id}' already exists")));
        }
        state.chardevs.insert(id, Chardev::open(backend)?);
        Ok(ChardevReturn::default())
    }

    #[qmp_command]
    fn chardev_remove(&self, id: String) -> Result<()> {
        let mut state = self.lock();
        if state.devices.uses(Backend::Chardev, &id) {
            return Err(Error::generic(format!("Chardev '{id}' is busy")));
        }
        state.chardevs.remove(&id).map(drop).ok_or_else(|| not_found(&id))
    }

    #[qmp_command]
    fn ringbuf_read(&self, device: String, size: i64) -> Result<String> {
        let mut state = self.lock();
        let chardev = state.chardevs.get_mut(&device).ok_or_else(|| not_found(&device))?;
        let Sink::Ring { bytes, .. } = &mut chardev.sink else {
            return Err(Error::generic(format!("{device} is not a ringbuf device")));
        };
        let size = usize::try_from(size).map_err(|_| Error::generic("size must be greater than zero"))?;
        let taken: Vec<u8> = bytes.drain(..size.min(bytes.len())).collect();
        Ok(String::from_utf8_lossy(&taken).into_owned())
    }
}

impl Chardev {
    #[expect(deprecated, reason = "clients may still write `memory` for `ringbuf`")]
    fn open(backend: ChardevBackend) -> Result<Self> {
        let (sink, log, append) = match backend.type_ {
            ChardevBackendType::File(file) => {
                let file = file.data;
                (Sink::File(create(&file.out, file.append)?), file.logfile, file.logappend)
            }
            ChardevBackendType::Null(null) => (Sink::Nowhere, null.data.logfile, null.data.logappend),
            ChardevBackendType::Ringbuf(ring) | ChardevBackendType::Memory(ring) => {
                (Sink::ring(&ring.data)?, ring.data.logfile, ring.data.logappend)
            }
            ChardevBackendType::Unknown(other) => {
                return Err(Error::generic(format!("chardev: '{}' is not available", other.value)));
            }
        };
        let log = log.map(|log| create(&log, append)).transpose()?;
        Ok(Self { sink, log })
    }

    /// Writes what a serial port sends. If the host file fails, the bytes are lost, as on a serial line.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if let Some(log) = &mut self.log {
            let _ = log.write_all(bytes);
        }
        match &mut self.sink {
            Sink::File(file) => drop(file.write_all(bytes)),
            Sink::Nowhere => {}
            Sink::Ring { bytes: ring, capacity } => {
                ring.extend(bytes);
                ring.drain(..ring.len().saturating_sub(*capacity));
            }
        }
    }
}

impl Sink {
    fn ring(options: &ChardevRingbuf) -> Result<Self> {
        let capacity = usize::try_from(options.size.unwrap_or(65536)).unwrap_or(0);
        if !capacity.is_power_of_two() {
            return Err(Error::generic("size of ringbuf chardev must be power of two"));
        }
        Ok(Self::Ring { bytes: VecDeque::new(), capacity })
    }

    fn name(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Nowhere => "null",
            Self::Ring { .. } => "ringbuf",
        }
    }
}

fn create(path: &str, append: Option<bool>) -> Result<File> {
    let append = append.unwrap_or(false);
    let file = OpenOptions::new().create(true).append(append).write(true).truncate(!append).open(path);
    file.map_err(|error| Error::generic(format!("Could not open '{path}': {error}")))
}

fn not_found(id: &str) -> Error {
    Error::generic(format!("Chardev '{id}' not found"))
}
